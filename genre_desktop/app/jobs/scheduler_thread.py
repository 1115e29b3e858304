"""Keeps the schedule's clock for the window, in a thread of its own: opening it means SQL and imports."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home

if TYPE_CHECKING:
    from genre_desktop.jobs.schedule.scheduler import JobScheduler, Start

RETRY_S = 60.0
"""While another instance of the program holds the clock, it is asked for this often."""

log = logging.getLogger(__name__)


class SchedulerThread:
    """The schedule, running in the background from :meth:`start` to :meth:`close`.

    Parameters
    ----------
    home, start, is_live:
        As :class:`genre_desktop.jobs.schedule.scheduler.JobScheduler`; ``start`` is called in another thread.
    """

    def __init__(
        self, home: Home, start: Start, is_live: Callable[[], bool] = lambda: False, **options: Any
    ) -> None:
        self._home, self._job_start, self._is_live, self._options = home, start, is_live, options
        self._stop, self._wake = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
        self.opened = threading.Event()
        """Set once this program holds the clock."""

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def refresh(self) -> None:
        """Settings changed: take them over soon."""
        self._wake.set()

    def close(self) -> None:
        """Stop the clock and wait for its thread."""
        self._stop.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            from genre_desktop.jobs.schedule.scheduler import JobScheduler

            schedule = JobScheduler(self._home, self._job_start, is_live=self._is_live, **self._options)
        except (AppError, OSError, sqlite3.Error):
            log.exception("the schedule could not be opened")
            return
        try:
            self._keep(schedule)
        finally:
            schedule.close()

    def _keep(self, schedule: JobScheduler) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                if schedule.open():
                    self.opened.set()
                    schedule.refresh()
            except Exception:  # whatever it was, the window goes on; the next turn tries again
                log.exception("the schedule could not be started")
            if not self._stop.is_set():
                self._wake.wait(None if self.opened.is_set() else RETRY_S)
