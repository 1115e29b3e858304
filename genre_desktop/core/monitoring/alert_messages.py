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
    "champion": message("The champion remains in use."),
    "fallback": message("The fallback model is used instead."),
    "none": message("No model is available until this is fixed."),
}


def drift(reason: Message, active: str) -> AlertMessage:
    """Return the alert for music that has drifted from the champion's reference."""
    return AlertMessage(
        "drift",
        "warning",
        message("Your music differs from the training music"),
        reason,
        _WHICH_MODEL[active],
        message(
            "Open the report; if your music really is different, confirm or correct some answers and retrain."
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
        message("Roll back to the previous model, retrain, or restore the starter models."),
        ROLL_BACK,
        details=message("Error code: {code}", code=code),
    )


def fallback_fault(code: str, reason: Message) -> AlertMessage:
    """Return the alert for a fallback with a fault."""
    return AlertMessage(
        "fallback-fault",
        "warning",
        message("The fallback model does not work"),
        reason,
        message("It is not used until it works again."),
        message("Restore the starter models to have a working fallback."),
        RESTORE_STARTERS,
        details=message("Error code: {code}", code=code),
    )


def no_model(reason: Message) -> AlertMessage:
    """Return the alert for faults of both models."""
    return AlertMessage(
        "no-model",
        "error",
        message("No model works"),
        reason,
        message("Files are not classified until a model works; none of your data is lost."),
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
        message(
            "If the same file causes this repeatedly, remove it from the list and report the problem "
            "with Help › Copy diagnostics."
        ),
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
        details=message("Error code: {code}", code=problem.code),
    )


def job_failed(name: str, title: Message, reason: Message, *, scheduled: bool = True) -> AlertMessage:
    """Return the alert for a job that ended with a problem; ``scheduled`` if it is ever started automatically."""
    return AlertMessage(
        f"job-failed:{name}",
        "warning",
        message("{title} did not finish", title=title),
        reason,
        message("It runs again at its next scheduled time.")
        if scheduled
        else message("It does not run again automatically."),
        message("Open its log on the Schedule page, or run it now."),
        OPEN_JOBS,
    )


def job_died(name: str, title: Message, reason: Message, *, scheduled: bool = True) -> AlertMessage:
    """Return the alert for a job whose process crashed; ``scheduled`` as for :func:`job_failed`."""
    return AlertMessage(
        f"job-died:{name}",
        "error",
        message("{title} stopped unexpectedly", title=title),
        reason,
        message("It changed nothing and is scheduled again.")
        if scheduled
        else message("It does not run again automatically."),
        message("Open its log on the Schedule page, or run it now."),
        OPEN_JOBS,
    )


def shared_model_skipped(version: str, reason: Message) -> AlertMessage:
    """Return the alert for a model of the shared registry that was not used."""
    return AlertMessage(
        SHARED_MODEL_SKIPPED,
        "warning",
        message("A model of the shared registry was not used"),
        message("Version {version} on the server: {reason}", version=version, reason=reason),
        message("The models on this computer remain in use."),
        message("Publish the model again, or promote another version on the shared registry."),
        OPEN_JOBS,
    )


def answers_deleted(n: int, days: int) -> AlertMessage:
    """Return the alert for many answers that were too old and can be had back for a week."""
    return AlertMessage(
        ANSWERS_DELETED,
        "info",
        message("{n} old answers were deleted", n=n),
        message("They were older than {days} days, the limit set in Preferences › Privacy.", days=days),
        message("A copy is kept for a week; corrected answers are not deleted."),
        message(
            "To restore them, first increase Preferences › Privacy › Keep answers for, then restore them."
        ),
        RESTORE_ANSWERS,
    )


def clock_jumped(days: int) -> AlertMessage:
    """Return the alert for a clock that went on by more than is plausible since the last maintenance."""
    return AlertMessage(
        CLOCK_JUMPED,
        "info",
        message("Old answers are deleted later than usual"),
        message("The computer’s clock is {days} days ahead of the program’s last use.", days=days),
        message(
            "In case the clock is wrong, almost nothing is deleted until it has run consistently for a week."
        ),
        message("If the clock is wrong, set it; otherwise no action is needed."),
    )


def promoted(version: str, reason: Message) -> AlertMessage:
    """Return the alert for a new champion after training."""
    return AlertMessage(
        "promoted",
        "info",
        message("Version {version} is the new champion", version=version),
        reason,
        message("It is in use from now on; the previous champion is now the fallback."),
        message("Roll back if you prefer the previous answers."),
        ROLL_BACK,
    )
