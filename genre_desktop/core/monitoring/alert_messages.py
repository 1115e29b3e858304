"""The words of every alert the app raises by itself, in one place."""

from __future__ import annotations

from genre_desktop.core.errors import Problem
from genre_desktop.core.monitoring.alert_service import OPEN_JOBS, OPEN_REPORT, RESTORE_STARTERS, ROLL_BACK
from genre_desktop.core.store.alerts import AlertMessage

METRICS_FAILED = "metrics-failed"
"""The code of :func:`metrics_failed`, by which it is resolved."""

_WHO = {
    "champion": "The champion goes on answering.",
    "fallback": "The fallback model answers instead.",
    "none": "No model can answer until you act.",
}


def drift(reason: str, active: str) -> AlertMessage:
    """The music has departed from the champion's reference."""
    return AlertMessage(
        "drift",
        "warning",
        "Your music differs from what the model learned",
        reason,
        _WHO[active],
        "Look at the report; if your music really is different, confirm or correct some answers and retrain.",
        OPEN_REPORT,
    )


def codec_changed(reason: str) -> AlertMessage:
    """The music fits, its recordings are coded or made in another way; little changes, so nobody is alarmed."""
    return AlertMessage(
        "recoded",
        "info",
        "Your recordings are coded or made in another way",
        reason,
        "The champion goes on answering: a strongly compressed file costs about one answer in twenty.",
        "Nothing needs to be done. A retrain on clips that you confirmed or corrected makes your recordings usual.",
        OPEN_REPORT,
    )


def champion_fault(code: str, reason: str, active: str) -> AlertMessage:
    """The champion cannot be trusted to answer."""
    return AlertMessage(
        "champion-fault",
        "error",
        "The champion model does not work",
        reason,
        _WHO[active],
        "Roll back to the model before, retrain, or restore the starter models.",
        ROLL_BACK,
        details=f"Fault: {code}",
    )


def fallback_fault(code: str, reason: str) -> AlertMessage:
    """The understudy is broken; nobody notices until it is needed."""
    return AlertMessage(
        "fallback-fault",
        "warning",
        "The fallback model does not work",
        reason,
        "It will not be asked until it works again.",
        "Restore the starter models, so that somebody can step in for the champion.",
        RESTORE_STARTERS,
        details=f"Fault: {code}",
    )


def no_model(reason: str) -> AlertMessage:
    """Both are broken."""
    return AlertMessage(
        "no-model",
        "error",
        "No model can answer",
        reason,
        "Files are not classified until a model works; nothing of yours is lost.",
        "Restore the starter models. Models that you trained stay in the registry.",
        RESTORE_STARTERS,
    )


def worker_restarted(reason: str) -> AlertMessage:
    """The inference process died or hung and was started again."""
    return AlertMessage(
        "worker-restarted",
        "warning",
        "The analysis process had to be restarted",
        reason,
        "A new process was started and the file was tried once more.",
        "If one file does this again and again, leave it out and send us the diagnostics.",
    )


def metrics_failed(problem: Problem) -> AlertMessage:
    """The Prometheus endpoint is wanted and cannot be had."""
    return AlertMessage(
        METRICS_FAILED,
        "warning",
        problem.title,
        problem.reason,
        "Nobody can read the figures from outside; the Monitor page shows them all the same.",
        problem.hint,
        details=f"Fault: {problem.code}",
    )


def job_failed(name: str, title: str, reason: str) -> AlertMessage:
    """A job ended with a problem it could name."""
    return AlertMessage(
        f"job-failed:{name}",
        "warning",
        f"{title} did not finish",
        reason,
        "It will run again at its next time.",
        "Read its log on the Schedule page, or run it now.",
        OPEN_JOBS,
    )


def job_died(name: str, title: str, reason: str) -> AlertMessage:
    """A job's process ended without a word."""
    return AlertMessage(
        f"job-died:{name}",
        "error",
        f"{title} stopped unexpectedly",
        reason,
        "Nothing was changed by it, and it is scheduled again.",
        "Read its log on the Schedule page, or run it now.",
        OPEN_JOBS,
    )


def promoted(version: str, reason: str) -> AlertMessage:
    """A retrain gave a better champion."""
    return AlertMessage(
        "promoted",
        "info",
        f"Version {version} is the new champion",
        reason,
        "It answers from now on; the one before became the fallback.",
        "Roll back if you liked the old answers better.",
        ROLL_BACK,
    )
