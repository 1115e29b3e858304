"""The list of long-running activities: file analysis and jobs, running and finished."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.rows import State as RowState
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.translate import count, plural, problem_text, render, tr
from genre_desktop.app.jobs import job_text
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.messages import Message
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRun, JobRuns
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.catalogue import listed

HISTORY = 30
"""Job runs of earlier sessions that are listed."""

MIN_FILES = 4
"""Fewer files analysed without a problem are not listed."""

MAX_PROBLEMS = 500
"""Problems of one analysis that its details list."""

State = Literal["running", "paused", "succeeded", "warning", "problems", "failed", "cancelled"]


@dataclass(eq=False)
class Activity:
    """One entry.

    Attributes
    ----------
    text:
        What it is doing, or how it ended.
    fraction, left_s:
        0 to 1, and seconds; None while unknown.
    began:
        Seconds since 1970.
    seconds:
        How long it took; None while it runs.
    details:
        Text for "copy details", possibly empty.
    log_path:
        Its log; empty for file analysis.
    cancel:
        Cancels it; None if it has ended.
    """

    title: str
    state: State
    text: str = ""
    fraction: float | None = None
    left_s: float | None = None
    began: float = field(default_factory=time.time)
    seconds: float | None = None
    details: str = ""
    log_path: str = ""
    cancel: Callable[[], object] | None = None

    @property
    def running(self) -> bool:
        """True until it has ended."""
        return self.state in ("running", "paused")


def share_done(progress: BatchProgress) -> float | None:
    """Return the share of analysed files; None while they are searched for."""
    return progress.done / progress.found if progress.found and not progress.searching else None


def seconds_left(progress: BatchProgress) -> float | None:
    """Return the remaining time; None while unknown, and for a single file."""
    return progress.left_s if progress.found > 1 else None


def files_done(progress: BatchProgress) -> str:
    """Return ``12 of 3,000 analysed``; ``12 of 3,000+ analysed`` while files are searched for."""
    found = count(progress.found) + ("+" if progress.searching else "")
    return tr("{done} of {found} analysed", done=count(progress.done), found=found)


class ActivityLog(QObject):
    """Lists the activities of the session and the jobs, and earlier job runs.

    ``database`` returns the store, from any thread.
    """

    changed = Signal(object)
    """An :class:`Activity` that is new, has progressed or ended."""

    history_loaded = Signal()
    """The job runs of earlier sessions were added."""

    def __init__(
        self,
        session: AnalysisSession,
        jobs: JobManager,
        database: Callable[[], Database],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self.entries: list[Activity] = []
        self._of_job: dict[int, Activity] = {}
        self._run_ids: set[int] = set()
        self._analysis: Activity | None = None
        self._problems: dict[int, str] = {}
        self._cancelled = 0
        self._database = database
        self._history = BackgroundTask(lambda: JobRuns(database()).recent(n=HISTORY), "job-history", self)
        self._history.done.connect(self._add_history)
        self._history_requested = False
        session.progressed.connect(self._on_analysis_progress)
        session.row_changed.connect(self._on_row_changed)
        for signal in (jobs.started, jobs.changed, jobs.ended):
            signal.connect(self._on_job_changed)
        for job in jobs.jobs:
            self._on_job_changed(job)

    @property
    def running(self) -> list[Activity]:
        """Activities that have not ended, newest first."""
        return [activity for activity in reversed(self.entries) if activity.running]

    def load_history(self) -> None:
        """Load the job runs of earlier sessions in the background, once."""
        if self._history_requested:
            return
        self._history_requested = True
        with contextlib.suppress(AppError):  # the window reports a store that cannot be opened
            self._database()  # opened here: two threads must not both be the first
            self._history.start()

    def close(self) -> None:
        """Wait for the background task."""
        self._history.close()

    def _on_analysis_progress(self, progress: BatchProgress) -> None:
        if self._analysis is None:
            if not progress.busy:
                return
            self._problems.clear()
            self._cancelled = 0
            self._analysis = Activity(tr("Analysing files"), "running", cancel=self._session.cancel)
            self.entries.append(self._analysis)
        activity = self._analysis
        activity.fraction, activity.left_s = share_done(progress), seconds_left(progress)
        activity.state = "paused" if progress.paused else "running"
        activity.text = files_done(progress)
        if not progress.busy:
            self._end_analysis(activity, progress)
        self.changed.emit(activity)

    def _end_analysis(self, activity: Activity, progress: BatchProgress) -> None:
        self._analysis = None
        activity.state = "problems" if progress.problems else "succeeded"
        activity.text = plural(progress.done, "1 file analysed", "{n} files analysed")
        if progress.problems:
            activity.text += " · " + plural(progress.problems, "1 problem", "{n} problems")
        if self._cancelled:
            activity.state = "cancelled"
            activity.text += " · " + plural(self._cancelled, "1 cancelled", "{n} cancelled")
        activity.details = "\n".join(self._problems.values())
        _end(activity)
        if activity.state == "succeeded" and progress.done < MIN_FILES:
            self.entries.remove(activity)

    def _on_row_changed(self, row: ResultRow) -> None:
        self._cancelled += row.state is RowState.CANCELLED
        if row.problem is None:
            self._problems.pop(row.key, None)
        elif len(self._problems) < MAX_PROBLEMS:
            text = problem_text(row.problem)
            self._problems[row.key] = f"{row.path}\n  {text.title}: {text.body} ({row.problem.code})"

    def _on_job_changed(self, job: Job) -> None:
        spec = listed(job.name)
        if spec is None:
            return
        activity = self._of_job.get(job.id)
        if activity is None:
            activity = Activity(tr(spec.running), "running", tr("Starting…"))
            activity.cancel = lambda: self._jobs.cancel(job)
            self._of_job[job.id] = activity
            self.entries.append(activity)
        self._run_ids.add(job.run_id)
        activity.fraction, activity.left_s = job.fraction, job.seconds_left
        activity.text = render(job.message) or activity.text
        if job.ended is not None:
            ended = job.ended
            _set_outcome(activity, job.name, ended.status, ended.reason, ended.result)
            activity.log_path = job.log_path
            _end(activity, job.seconds)
        self.changed.emit(activity)

    def _add_history(self, runs: Iterable[JobRun]) -> None:
        for run in runs:
            spec = listed(run.name)
            if run.finished is None or spec is None or run.id in self._run_ids:
                continue
            activity = Activity(tr(spec.running), "succeeded", began=run.started, log_path=run.log_path)
            _set_outcome(activity, run.name, run.status, run.message, run.result)
            _end(activity, run.seconds)
            self.entries.append(activity)
        self.entries.sort(key=lambda activity: activity.began)
        self.history_loaded.emit()


def _end(activity: Activity, seconds: float | None = None) -> None:
    activity.cancel, activity.fraction, activity.left_s = None, None, None
    activity.seconds = time.time() - activity.began if seconds is None else seconds


def _set_outcome(
    activity: Activity, name: str, status: str, message: Message, result: dict[str, Any]
) -> None:
    if status == "succeeded":
        problems = result.get("problems") or result.get("skipped") or ()
        outcome = job_text.succeeded(name, result)
        activity.state = "problems" if problems else "warning" if outcome.tone == "warning" else "succeeded"
        activity.text = outcome.text or tr("Done")
        activity.details = "\n".join(_line(problem) for problem in problems)
    elif status == "cancelled":
        activity.state, activity.text = "cancelled", tr("Cancelled")
    else:
        activity.state, activity.text = "failed", render(message) or tr("The job ended without a message.")
        activity.details = f"{activity.title}\n{activity.text}"


def _line(entry: dict[str, Any]) -> str:
    is_problem = "code" in entry  # otherwise a file that an import skipped
    reason = problem_text(Problem.from_document(entry)).body if is_problem else entry.get("reason", "")
    return f"{entry.get('path', '')}\n  {reason}".rstrip()
