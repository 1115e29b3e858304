"""What the person can do about the models: check for drift, read the report, retrain, go back."""

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
    """Starts those jobs and tells how they ended; each runs once at a time."""

    report_ready = Signal(object)
    """The :class:`Path` of a report to open."""

    changed = Signal()
    """A job began or ended."""

    finished = Signal(str, str)
    """A job the person asked for is over: a title, and a sentence about what came out."""

    failed = Signal(object)
    """The :class:`Problem` of a job the person asked for."""

    def __init__(
        self, jobs: JobManager, database: Callable[[], Database], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._database = jobs, database
        self._asked: set[str] = set()
        self._report_wanted = False
        jobs.started.connect(lambda _job: self.changed.emit())
        jobs.ended.connect(self._ended)

    def busy(self, name: str) -> bool:
        """True while a job of that name runs or is about to."""
        return name in self._asked or bool(self._jobs.running(name))

    def run(self, name: str, params: dict[str, Any] | None = None) -> None:
        """Start a job by name; nothing happens while it runs already."""
        if self.busy(name):
            return
        self._asked.add(name)
        self.changed.emit()
        try:
            self._jobs.start(name, {"why": "person"} | (params or {}))
        except (AppError, OSError) as error:
            self._asked.discard(name)
            self.failed.emit(_problem(error))
            self.changed.emit()

    def open_report(self) -> None:
        """``report_ready`` follows: at once where the last check has a report, else after writing one."""
        path = self.last_report()
        if path is not None:
            self.report_ready.emit(path)
            return
        self._report_wanted = True
        self.run("drift", {"html": True})

    def last_report(self) -> Path | None:
        """The report of what was played last, where it still lies there; looks at the same clips again count not."""
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
        asked = job.name in self._asked
        self._asked.discard(job.name)
        self.changed.emit()
        if job.ended is None or not asked:
            return
        if job.ended.problem is not None:
            self._report_wanted = self._report_wanted and job.name != "drift"
            self.failed.emit(job.ended.problem)
        elif job.ended.status == "succeeded":
            self._succeeded(job.name, job.ended.result or {})

    def _succeeded(self, name: str, result: dict[str, Any]) -> None:
        if name == "drift" and self._report_wanted:
            self._report_wanted = False
            path = result.get("html_path")
            if path:
                self.report_ready.emit(Path(path))
                return
        text = job_text.succeeded(name, result)
        self.finished.emit(text.title, text.text)


def _problem(error: AppError | OSError) -> Problem:
    if isinstance(error, AppError):
        return error.problem
    return Problem("job-not-started", error=str(error))
