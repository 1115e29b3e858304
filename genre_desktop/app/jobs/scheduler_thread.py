"""Runs the window's scheduler in its own thread, since opening it takes SQL and imports."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError, concerns_home, disk_full
from genre_desktop.core.paths import Home

if TYPE_CHECKING:
    from genre_desktop.jobs.schedule.scheduler import JobScheduler, Start

RETRY_S = 60.0
"""Seconds between attempts while another instance of the program runs the schedule, or its disk is full."""

log = logging.getLogger(__name__)


class SchedulerThread:
    """Runs a :class:`genre_desktop.jobs.schedule.scheduler.JobScheduler` from :meth:`start` to :meth:`close`."""

    def __init__(self, home: Home, start: Start, is_live: Callable[[], bool] = lambda: False) -> None:
        self._home, self._start_job, self._is_live = home, start, is_live
        self._stop, self._wake = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="scheduler", daemon=True)
        self.opened = threading.Event()
        """Set once this program runs the schedule."""

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def refresh(self) -> None:
        """Apply changed settings soon."""
        self._wake.set()

    def close(self) -> None:
        """Stop the scheduler and wait for its thread."""
        self._stop.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                from genre_desktop.jobs.schedule.scheduler import JobScheduler

                scheduler = JobScheduler(self._home, self._start_job, is_live=self._is_live)
            except (AppError, OSError, sqlite3.Error) as error:
                if not (disk_full(error, self._home.root) or concerns_home(error)):
                    log.exception("the schedule could not be opened")
                    return
                log.info("the schedule cannot be opened: %s", error)
                self._wake.wait(RETRY_S)
                self._wake.clear()
                continue
            with closing(scheduler):
                self._keep_open(scheduler)
            return

    def _keep_open(self, scheduler: JobScheduler) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                if scheduler.open():
                    self.opened.set()
                    scheduler.refresh()
            except Exception as error:  # retried in the next round
                if concerns_home(error):
                    log.info("the schedule cannot be started: %s", error)
                else:
                    log.exception("the schedule could not be started")
            if not self._stop.is_set():
                self._wake.wait(None if self.opened.is_set() else RETRY_S)
