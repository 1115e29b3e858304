"""Everything that takes long, in one list: files being read and jobs, running and over, with how they ended."""

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

KEPT = 30
"""Entries of earlier days that are shown."""

WORTH_KEEPING = 4
"""Fewer files that were read without a problem are no long work."""

MOST_PROBLEMS = 500
"""Problems of one reading that its details list."""

State = Literal["running", "paused", "succeeded", "problems", "failed", "cancelled"]


@dataclass(eq=False)
class Activity:
    """One entry.

    Attributes
    ----------
    words:
        What it does right now, or how it ended.
    fraction, left_s:
        0 to 1, and seconds; None while nobody can tell.
    began:
        Seconds since 1970.
    seconds:
        How long it took; None while it runs.
    details:
        What "copy details" copies; empty where there is nothing more to say.
    log_path:
        What it wrote down; empty for reading.
    cancel:
        Stops it; None where that is over or cannot be.
    """

    title: str
    state: State
    words: str = ""
    fraction: float | None = None
    left_s: float | None = None
    began: float = field(default_factory=time.time)
    seconds: float | None = None
    details: str = ""
    log_path: str = ""
    cancel: Callable[[], object] | None = None

    @property
    def running(self) -> bool:
        """True until it is over."""
        return self.state in ("running", "paused")


class ActivityLog(QObject):
    """Follows the session and the jobs, and knows what happened on earlier days.

    Parameters
    ----------
    database:
        Gives the store, from any thread.
    """

    changed = Signal(object)
    """A :class:`Activity` that is new, moved on, or ended."""

    remembered = Signal()
    """What happened earlier is known now."""

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
        self._reading: Activity | None = None
        self._problems: dict[int, str] = {}
        self._given_up = 0
        self._database = database
        self._errand = BackgroundTask(lambda: JobRuns(database()).recent(n=KEPT), "job-history", self)
        self._errand.done.connect(self._remember)
        self._asked = False
        session.progressed.connect(self._read_on)
        session.row_changed.connect(self._note)
        jobs.started.connect(self._job_moved)
        jobs.changed.connect(self._job_moved)
        jobs.ended.connect(self._job_moved)
        for job in jobs.jobs:
            self._job_moved(job)

    @property
    def running(self) -> list[Activity]:
        """What is not over, newest first."""
        return [work for work in reversed(self.entries) if work.running]

    def remember(self) -> None:
        """Look up, in the background and once, what happened before this sitting."""
        if self._asked:
            return
        self._asked = True
        with contextlib.suppress(AppError):  # the window tells of a store that cannot be opened
            self._database()  # opened here: two threads must not both be the first
            self._errand.start()

    def close(self) -> None:
        """Tell nobody any more."""
        self._errand.close()

    # reading

    def _read_on(self, snapshot: BatchProgress) -> None:
        if self._reading is None:
            if not snapshot.busy:
                return
            self._problems.clear()
            self._given_up = 0
            self._reading = Activity(tr("Reading files"), "running", cancel=self._session.cancel)
            self.entries.append(self._reading)
        work = self._reading
        work.fraction = snapshot.done / snapshot.found if snapshot.found and not snapshot.searching else None
        work.left_s = snapshot.left_s
        work.state = "paused" if snapshot.paused else "running"
        work.words = tr("{done} of {found} read", done=count(snapshot.done), found=count(snapshot.found))
        if not snapshot.busy:
            self._reading_over(work, snapshot)
        self.changed.emit(work)

    def _reading_over(self, work: Activity, snapshot: BatchProgress) -> None:
        self._reading = None
        work.state = "problems" if snapshot.problems else "succeeded"
        work.words = plural(snapshot.done, "One file read", "{n} files read")
        if snapshot.problems:
            work.words += " · " + plural(snapshot.problems, "one problem", "{n} problems")
        if self._given_up:
            work.state = "cancelled"
            work.words += " · " + plural(self._given_up, "one given up", "{n} given up")
        work.details = "\n".join(self._problems.values())
        _end(work)
        if work.state == "succeeded" and snapshot.done < WORTH_KEEPING:
            self.entries.remove(work)

    def _note(self, row: ResultRow) -> None:
        self._given_up += row.state is RowState.CANCELLED
        if row.problem is None:
            self._problems.pop(row.key, None)
        elif len(self._problems) < MOST_PROBLEMS:
            text = problem_text(row.problem)
            self._problems[row.key] = f"{row.path}\n  {text.title}: {text.body} ({row.problem.code})"

    # jobs

    def _job_moved(self, job: Job) -> None:
        spec = listed(job.name)
        if spec is None:
            return
        work = self._of_job.get(job.id)
        if work is None:
            work = Activity(tr(spec.running), "running", tr("Starting…"))
            work.cancel = lambda: self._jobs.cancel(job)
            self._of_job[job.id] = work
            self.entries.append(work)
        self._run_ids.add(job.run_id)
        work.fraction, work.left_s = job.fraction, job.seconds_left
        work.words = render(job.message) or work.words
        if job.ended is not None:
            ended = job.ended
            _conclude(work, job.name, ended.status, ended.reason, ended.result)
            work.log_path = job.log_path
            _end(work, job.seconds)
        self.changed.emit(work)

    def _remember(self, runs: Iterable[JobRun]) -> None:
        for run in runs:
            spec = listed(run.name)
            if run.finished is None or spec is None or run.id in self._run_ids:
                continue
            work = Activity(tr(spec.running), "succeeded", began=run.started, log_path=run.log_path)
            _conclude(work, run.name, run.status, run.message, run.result)
            _end(work, run.seconds)
            self.entries.append(work)
        self.entries.sort(key=lambda work: work.began)
        self.remembered.emit()


def _end(work: Activity, seconds: float | None = None) -> None:
    work.cancel, work.fraction, work.left_s = None, None, None
    work.seconds = time.time() - work.began if seconds is None else seconds


def _conclude(work: Activity, name: str, status: str, message: Message, result: dict[str, Any]) -> None:
    """How a job ended: state, words and details."""
    if status == "succeeded":
        problems = result.get("problems") or result.get("skipped") or ()
        work.state = "problems" if problems else "succeeded"
        work.words = job_text.succeeded(name, result).text or tr("Done")
        work.details = "\n".join(_line(problem) for problem in problems)
    elif status == "cancelled":
        work.state, work.words = "cancelled", tr("Cancelled")
    else:
        work.state, work.words = "failed", render(message) or tr("It ended without a word.")
        work.details = f"{work.title}\n{work.words}"


def _line(entry: dict[str, Any]) -> str:
    is_problem = "code" in entry  # otherwise a file that an import has left out
    reason = problem_text(Problem.from_document(entry)).body if is_problem else entry.get("reason", "")
    return f"{entry.get('path', '')}\n  {reason}".rstrip()
