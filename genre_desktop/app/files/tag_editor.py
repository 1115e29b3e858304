"""Genres in files' tags, as the window sees them: looked at in a worker, written in a job, taken back the same way."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.tag_history import TagBatch, TagWrites
from genre_desktop.core.tag_rules import CurrentTag, Edit
from genre_desktop.jobs.messages import Failure, RequestEvent, Result
from genre_desktop.jobs.tasks.tags import READ_TAGS

WRITE, RESTORE = "write-tags", "restore-tags"

HANDFUL = 25
"""Files looked at in one request: a matter of a tenth of a second, so that cancelling is quick."""


@dataclass(eq=False)
class TagTask:
    """One write that can be taken back and done again.

    Attributes
    ----------
    batch:
        Under which the store remembers it; 0 before it was written. Another one after each redo.
    """

    edits: tuple[Edit, ...] = ()
    batch: int = 0


@dataclass(frozen=True, slots=True)
class TagOutcome:
    """How a write or a restore ended: ``job`` tells which. ``problems`` as :func:`.tag_rules.write` lists them."""

    task: TagTask
    job: str
    status: str
    written: int = 0
    unchanged: int = 0
    problems: tuple[dict[str, Any], ...] = ()
    problem: Problem | None = None


class TagReader:
    """One look at many files' tags; ``found`` is called with each handful, ``over`` once at the end."""

    def __init__(
        self,
        client: WorkerClient,
        paths: Sequence[str],
        found: Callable[[list[CurrentTag]], None],
        over: Callable[[], None],
    ) -> None:
        self._client, self._found, self._over = client, found, over
        self._left = deque(tuple(paths[i : i + HANDFUL]) for i in range(0, len(paths), HANDFUL))
        self._ticket: int | None = None
        self._stopped = False
        self._next()

    def stop(self) -> None:
        """Nobody is called any more."""
        self._stopped = True
        if self._ticket is not None:
            self._client.cancel(self._ticket)

    def _next(self) -> None:
        self._ticket = None
        if not self._left:
            self._over()
            return
        paths = self._left.popleft()

        def then(event: RequestEvent) -> None:
            self._came(paths, event)

        self._ticket = self._client.ask(READ_TAGS, paths, then, "live")  # before thousands of files that wait

    def _came(self, paths: tuple[str, ...], event: RequestEvent) -> None:
        if self._stopped:
            return
        if isinstance(event, Result):
            self._found(event.value)
        elif isinstance(event, Failure):
            self._found([CurrentTag(path, problem=event.problem) for path in paths])
        else:
            return
        self._next()


@dataclass
class _Queued:
    job: str
    task: TagTask
    params: dict[str, Any] = field(default_factory=dict)


class TagEditor(QObject):
    """Writes and takes back, one after the other, whoever asks.

    Parameters
    ----------
    client, jobs:
        Who looks, who writes.
    database:
        Gives the store; opened at first use.
    """

    ended = Signal(object)
    """A :class:`TagOutcome`."""

    def __init__(
        self,
        client: WorkerClient,
        jobs: JobManager,
        database: Callable[[], Database],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._jobs, self._database = client, jobs, database
        self._waiting: deque[_Queued] = deque()
        self._current: _Queued | None = None
        self._began = 0.0
        jobs.ended.connect(self._job_ended)

    @property
    def busy(self) -> bool:
        """True while something is written or waits to be."""
        return self._current is not None

    def look(
        self, paths: Sequence[str], found: Callable[[list[CurrentTag]], None], over: Callable[[], None]
    ) -> TagReader:
        """Read the genres that files have now."""
        return TagReader(self._client, paths, found, over)

    def write(self, task: TagTask) -> None:
        """Write; ``ended`` follows, and ``task.batch`` is set by then."""
        edits = [[edit.path, edit.genre, edit.clip_hash] for edit in task.edits]
        self._queue(_Queued(WRITE, task, {"edits": edits}))

    def restore(self, task: TagTask) -> None:
        """Put back what stood there before; ``ended`` follows."""
        self._queue(_Queued(RESTORE, task))

    def batches(self) -> list[TagBatch]:
        """Everything that can be put back, newest first. ``AppError`` where the store cannot be opened."""
        return TagWrites(self._database()).batches()

    def _queue(self, what: _Queued) -> None:
        self._waiting.append(what)
        if self._current is None:
            self._start_next()

    def _start_next(self) -> None:
        self._current = self._waiting.popleft() if self._waiting else None
        if self._current is None:
            return
        what = self._current
        if what.job == RESTORE:
            what.params = {"batch": what.task.batch}  # known only now: what was before it has ended
        self._began = time.time()
        try:
            self._jobs.start(what.job, what.params)
        except (AppError, OSError) as error:
            self._over(TagOutcome(what.task, what.job, "failed", problem=_not_started(error)))

    def _job_ended(self, job: Job) -> None:
        what = self._current
        if what is None or job.ended is None or job.name != what.job or job.params != what.params:
            return
        ended, result = job.ended, job.ended.result
        if what.job == WRITE:
            what.task.batch = int(result.get("batch", 0)) or self._unfinished_batch()
        self._over(
            TagOutcome(
                what.task,
                what.job,
                ended.status,
                int(result.get("written", 0)),
                int(result.get("unchanged", 0)),
                tuple(result.get("problems", ())),
                ended.problem,
            )
        )

    def _unfinished_batch(self) -> int:
        """What a job wrote that was cancelled or died before it could tell."""
        newest = self.batches()[:1]
        return newest[0].id if newest and newest[0].time >= self._began else 0

    def _over(self, outcome: TagOutcome) -> None:
        self._current = None
        self.ended.emit(outcome)
        self._start_next()


def _not_started(error: AppError | OSError) -> Problem:
    if isinstance(error, AppError):
        return error.problem
    return Problem("job-not-started", error=str(error))
