"""What a job of this layer may use; the job process hands in its own (:class:`jobs.context.TaskContext`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from genre_desktop.core.errors import Cancelled
from genre_desktop.core.messages import Message, message
from genre_desktop.core.paths import Home


class JobContext(Protocol):
    """The home, the wish to stop, and where to tell how far things are."""

    @property
    def home(self) -> Home:
        """Where the user's data lives."""
        ...

    @property
    def cancelled(self) -> Callable[[], bool]:
        """True once the person wants it to stop."""
        ...

    @property
    def progress(self) -> Callable[[float | None, Message], None]:
        """``progress(fraction | None, message)`` with fraction 0 to 1."""
        ...

    @property
    def log(self) -> Callable[[str], None]:
        """One line for the log that the person can read."""
        ...


def check_cancelled(context: JobContext) -> None:
    """Raise :class:`Cancelled` once the person wants it to stop."""
    if context.cancelled():
        raise Cancelled


def time_left(seconds: float) -> Message:
    """``about 3 min left``: rounded, because nobody knows better."""
    if seconds < 60:
        return message("less than a minute left") if seconds < 50 else message("about a minute left")
    if seconds < 5400:
        return message("about {minutes} min left", minutes=round(seconds / 60))
    return message("about {hours:.1f} h left", hours=seconds / 3600)
