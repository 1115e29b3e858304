"""The texts of all alerts that the app raises."""

from __future__ import annotations

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message, message
from genre_desktop.core.monitoring.alert_service import (
    OPEN_JOBS,
    OPEN_REPORT,
    RESTORE_ANSWERS,
    RESTORE_STARTERS,
    ROLL_BACK,
)
from genre_desktop.core.store.alerts import AlertMessage

SHARED_MODEL_SKIPPED = "shared-model-skipped"
"""Code of :func:`shared_model_skipped`, for resolving it."""
METRICS_FAILED = "metrics-failed"
"""Code of :func:`metrics_failed`, for resolving it."""

ANSWERS_DELETED = "answers-deleted"
"""Code of :func:`answers_deleted`, for resolving it."""
CLOCK_JUMPED = "clock-jumped"
"""Code of :func:`clock_jumped`, for resolving it."""

_WHICH_MODEL = {
    "champion": message("The champion goes on answering."),
    "fallback": message("The fallback model answers instead."),
    "none": message("No model can answer until you act."),
}


def drift(reason: Message, active: str) -> AlertMessage:
    """Return the alert for music that has drifted from the champion's reference."""
    return AlertMessage(
        "drift",
        "warning",
        message("Your music differs from what the model learned"),
        reason,
        _WHICH_MODEL[active],
        message(
            "Look at the report; if your music really is different, confirm or correct some answers and retrain."
        ),
        OPEN_REPORT,
    )


def codec_changed(reason: Message) -> AlertMessage:
    """Return the alert for music that fits but is encoded or recorded differently, which changes few answers."""
    return AlertMessage(
        "recoded",
        "info",
        message("Your recordings are coded or made in another way"),
        reason,
        message(
            "The champion goes on answering: a strongly compressed file costs about one answer in twenty."
        ),
        message(
            "Nothing needs to be done. A retrain on clips that you confirmed or corrected makes your recordings usual."
        ),
        OPEN_REPORT,
    )


def champion_fault(code: str, reason: Message, active: str) -> AlertMessage:
    """Return the alert for a champion with a fault."""
    return AlertMessage(
        "champion-fault",
        "error",
        message("The champion model does not work"),
        reason,
        _WHICH_MODEL[active],
        message("Roll back to the model before, retrain, or restore the starter models."),
        ROLL_BACK,
        details=message("Fault: {code}", code=code),
    )


def fallback_fault(code: str, reason: Message) -> AlertMessage:
    """Return the alert for a fallback with a fault."""
    return AlertMessage(
        "fallback-fault",
        "warning",
        message("The fallback model does not work"),
        reason,
        message("It will not be asked until it works again."),
        message("Restore the starter models, so that a working fallback is available."),
        RESTORE_STARTERS,
        details=message("Fault: {code}", code=code),
    )


def no_model(reason: Message) -> AlertMessage:
    """Return the alert for faults of both models."""
    return AlertMessage(
        "no-model",
        "error",
        message("No model can answer"),
        reason,
        message("Files are not classified until a model works; nothing of yours is lost."),
        message("Restore the starter models. Models that you trained stay in the registry."),
        RESTORE_STARTERS,
    )


def worker_restarted(reason: Message) -> AlertMessage:
    """Return the alert for an inference process that was restarted after a crash or a hang."""
    return AlertMessage(
        "worker-restarted",
        "warning",
        message("The analysis process had to be restarted"),
        reason,
        message("A new process was started and the file was tried once more."),
        message("If one file does this again and again, leave it out and send us the diagnostics."),
    )


def metrics_failed(problem: Problem) -> AlertMessage:
    """Return the alert for a Prometheus endpoint that could not be started."""
    return AlertMessage(
        METRICS_FAILED,
        "warning",
        problem.title,
        problem.reason,
        message("Other programs cannot read the statistics; the Monitor page still shows them."),
        problem.hint,
        details=message("Fault: {code}", code=problem.code),
    )


def job_failed(name: str, title: Message, reason: Message, *, scheduled: bool = True) -> AlertMessage:
    """Return the alert for a job that ended with a problem; ``scheduled`` if it is ever started automatically."""
    return AlertMessage(
        f"job-failed:{name}",
        "warning",
        message("{title} did not finish", title=title),
        reason,
        message("It will run again at its next time.")
        if scheduled
        else message("It does not run again by itself."),
        message("Read its log on the Schedule page, or run it now."),
        OPEN_JOBS,
    )


def job_died(name: str, title: Message, reason: Message, *, scheduled: bool = True) -> AlertMessage:
    """Return the alert for a job whose process crashed; ``scheduled`` as for :func:`job_failed`."""
    return AlertMessage(
        f"job-died:{name}",
        "error",
        message("{title} stopped unexpectedly", title=title),
        reason,
        message("Nothing was changed by it, and it is scheduled again.")
        if scheduled
        else message("It does not run again by itself."),
        message("Read its log on the Schedule page, or run it now."),
        OPEN_JOBS,
    )


def shared_model_skipped(version: str, reason: Message) -> AlertMessage:
    """Return the alert for a model of the shared registry that was not used."""
    return AlertMessage(
        SHARED_MODEL_SKIPPED,
        "warning",
        message("A model of the shared registry was not used"),
        message("Version {version} there: {reason}", version=version, reason=reason),
        message("The models of this computer go on answering."),
        message("Publish the model again, or promote another version on the shared registry."),
        OPEN_JOBS,
    )


def answers_deleted(n: int, days: int) -> AlertMessage:
    """Return the alert for many answers that were too old and can be had back for a week."""
    return AlertMessage(
        ANSWERS_DELETED,
        "info",
        message("{n} old answers were deleted", n=n),
        message("They were older than the {days} days for which you keep answers.", days=days),
        message("They are kept apart for a week; corrected answers stay anyway."),
        message(
            "To have them back, raise Preferences › Privacy › Keep answers first, and then restore them."
        ),
        RESTORE_ANSWERS,
    )


def clock_jumped(days: int) -> AlertMessage:
    """Return the alert for a clock that went on by more than is plausible since the last maintenance."""
    return AlertMessage(
        CLOCK_JUMPED,
        "info",
        message("Old answers are deleted later than usual"),
        message("The clock is {days} days ahead of when the program was last used.", days=days),
        message("In case it is wrong, hardly anything is deleted until it has gone on steadily for a week."),
        message("Set the clock of the computer if it is wrong; otherwise nothing needs to be done."),
    )


def promoted(version: str, reason: Message) -> AlertMessage:
    """Return the alert for a new champion after training."""
    return AlertMessage(
        "promoted",
        "info",
        message("Version {version} is the new champion", version=version),
        reason,
        message("It answers from now on; the one before became the fallback."),
        message("Roll back if you liked the old answers better."),
        ROLL_BACK,
    )
