"""Protocol of the task context, and what tasks of this layer share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import Message, message
from genre_desktop.core.paths import Home


class JobContext(Protocol):
    """What a task receives from the job process (:class:`jobs.context.TaskContext`)."""

    @property
    def home(self) -> Home:
        """The user's data folder."""

    @property
    def cancelled(self) -> Callable[[], bool]:
        """Returns True once the user cancels."""

    @property
    def progress(self) -> Callable[[float | None, Message], None]:
        """``progress(fraction | None, message)`` with fraction 0 to 1."""

    @property
    def log(self) -> Callable[[str], None]:
        """Writes one line to the task's log, which the user can read."""


def check_cancelled(context: JobContext) -> None:
    """Raise :class:`Cancelled` once the user cancels."""
    if context.cancelled():
        raise Cancelled


def time_left(seconds: float) -> Message:
    """Return a rounded estimate, such as ``about 3 min left``."""
    if seconds < 60:
        return message("less than a minute left") if seconds < 50 else message("about a minute left")
    if seconds < 5400:
        return message("about {minutes} min left", minutes=round(seconds / 60))
    return message("about {hours:.1f} h left", hours=seconds / 3600)
