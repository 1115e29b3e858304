"""Actions on the models: starts jobs such as drift check, retraining and rollback, and reports their results."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog


class ModelActions(QObject):
    """Starts jobs for the user, each once at a time, and reports how they ended."""

    report_ready = Signal(object)
    """The :class:`Path` of a report to open."""

    changed = Signal()
    """A job started or ended."""

    finished = Signal(object)
    """The :class:`.JobText` about a job of the user that succeeded."""

    failed = Signal(object)
    """The :class:`Problem` of a job of the user."""

    def __init__(
        self, jobs: JobManager, database: Callable[[], Database], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._database = jobs, database
        self._requested: set[str] = set()
        self._report_requested = False
        jobs.started.connect(lambda _job: self.changed.emit())
        jobs.ended.connect(self._ended)

    def busy(self, name: str) -> bool:
        """Return True while a job of that name is starting or running."""
        return name in self._requested or bool(self._jobs.running(name))

    def run(self, name: str, params: dict[str, Any] | None = None) -> None:
        """Start a job by name, unless it is running."""
        if self.busy(name):
            return
        self._requested.add(name)
        self.changed.emit()
        try:
            self._jobs.start(name, {"why": "user"} | (params or {}))
        except (AppError, OSError) as error:
            self._requested.discard(name)
            self.failed.emit(
                error.problem if isinstance(error, AppError) else Problem("job-not-started", error=str(error))
            )
            self.changed.emit()

    def open_report(self) -> None:
        """Emit ``report_ready``: at once if the last check has a report, else after writing one."""
        path = self.last_report()
        if path is not None:
            self.report_ready.emit(path)
            return
        self._report_requested = True
        self.run("drift", {"html": True})

    def last_report(self) -> Path | None:
        """Return the path of the newest report, or None if no counted check has one."""
        try:
            checks = DriftLog(self._database()).recent(20)
        except (AppError, sqlite3.Error):
            return None
        for check in checks:
            if check.html_path and Path(check.html_path).is_file():
                return Path(check.html_path)
            if check.counted:  # newer than any report
                return None
        return None

    def _ended(self, job: Job) -> None:
        requested = job.name in self._requested
        self._requested.discard(job.name)
        self.changed.emit()
        if job.ended is None or not requested:
            return
        if job.ended.problem is not None:
            self._report_requested = self._report_requested and job.name != "drift"
            self.failed.emit(job.ended.problem)
        elif job.ended.status == "succeeded":
            self._succeeded(job.name, job.ended.result or {})

    def _succeeded(self, name: str, result: dict[str, Any]) -> None:
        if name == "drift" and self._report_requested:
            self._report_requested = False
            path = result.get("html_path")
            if path:
                self.report_ready.emit(Path(path))
                return
        self.finished.emit(job_text.succeeded(name, result))
