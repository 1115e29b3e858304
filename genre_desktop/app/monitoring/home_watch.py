"""Alerts about the home itself, which no store can hold: its disk is full, or it was deleted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from genre_desktop.core.disk import space
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import message
from genre_desktop.core.paths import Home
from genre_desktop.core.store.alerts import Alert, AlertMessage

FULL_MB = 0.5
"""Megabytes below which the disk counts as full."""
_SPACE_MB = 2.0
"""Megabytes from which it no longer does: SQLite frees and takes some while it works."""


class HomeWatch:
    """Keeps the alert about a home in memory; its id is negative, so it is none of the store's."""

    def __init__(self, home: Home, clock: Callable[[], float] = time.time) -> None:
        self._home, self._clock = home, clock
        self._ids = 0
        self._existed = home.root.is_dir()  # a full disk may have had no space for it
        self.alert: Alert | None = None

    def look(self, problem: Problem | None = None) -> Alert | None:
        """Look at the home; return the alert if it is new.

        ``problem`` is why the store could not be read or written.
        """
        notice = self._notice(problem)
        if notice is None:
            self.alert = None
        elif self.alert is None or self.alert.notice.code != notice.code:
            self._ids -= 1
            self.alert = Alert(self._ids, self._clock(), notice)
            return self.alert
        return None

    def unread(self) -> list[Alert]:
        """Return the alert if it needs attention."""
        return [self.alert] if self.alert is not None and self.alert.unread(self._clock()) else []

    def acknowledge(self) -> None:
        """Mark the alert as read."""
        if self.alert is not None:
            self.alert = replace(self.alert, acknowledged=self._clock())

    def snooze(self, seconds: float) -> None:
        """Hide the alert for a while."""
        if self.alert is not None:
            self.alert = replace(self.alert, snoozed_until=self._clock() + seconds)

    def _notice(self, problem: Problem | None) -> AlertMessage | None:
        exists = self._home.root.is_dir()
        self._existed |= exists
        if (self._existed and not exists) or (problem is not None and problem.code == "home-gone"):
            return home_gone(self._home)
        free = space.free_mb(self._home.root)
        if problem is not None and problem.code == "no-space":
            return disk_full(problem)
        known = self.alert is not None and self.alert.notice.code == "disk-full"
        if free is not None and free < (_SPACE_MB if known else FULL_MB):
            path = str(self._home.root)
            return disk_full(Problem("no-space", path=path, free=free, needed=space.NEEDED_MB))
        return None


def disk_full(problem: Problem) -> AlertMessage:
    """Return the alert for a disk on which nothing can be stored."""
    return AlertMessage(
        "disk-full",
        "error",
        problem.title,
        problem.reason,
        message("Files are still analysed, but answers, corrections, models and settings cannot be saved."),
        message(
            "Delete or move files on that disk; saving then resumes automatically. Nothing needs to be "
            "restored."
        ),
    )


def home_gone(home: Home) -> AlertMessage:
    """Return the alert for a home that was deleted while the program runs."""
    return AlertMessage(
        "home-gone",
        "error",
        message("The folder with your data was removed"),
        message("{path} was deleted or moved while the program is running.", path=str(home.root)),
        message("Files are still analysed, but nothing is saved."),
        message("Put the folder back, or quit and start again to create a new one."),
    )
