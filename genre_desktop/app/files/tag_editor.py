"""Genres, moods, tempo and key in the tags of files: read by a worker, written and restored by a job."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
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

CHUNK = 25
"""Files read in one request, in about 0.1 s, so that cancelling is quick."""


@dataclass(eq=False)
class TagTask:
    """A write that can be undone and redone.

    ``batch`` is its number in the store, 0 before it is written and another one after each redo.
    """

    edits: tuple[Edit, ...] = ()
    batch: int = 0


@dataclass(frozen=True, slots=True)
class TagOutcome:
    """The outcome of a write or restore ``job``; ``problems`` as :func:`.tag_rules.write` lists them."""

    task: TagTask
    job: str
    status: str
    written: int = 0
    unchanged: int = 0
    problems: tuple[dict[str, Any], ...] = ()
    problem: Problem | None = None


class TagReader:
    """Read the tags of many files: call ``found`` with each chunk and ``finished`` once at the end."""

    def __init__(
        self,
        client: WorkerClient,
        paths: Sequence[str],
        found: Callable[[list[CurrentTag]], None],
        finished: Callable[[], None],
    ) -> None:
        self._client, self._found, self._finished = client, found, finished
        self._left = deque(tuple(paths[i : i + CHUNK]) for i in range(0, len(paths), CHUNK))
        self._ticket: int | None = None
        self._stopped = False
        self._next()

    def stop(self) -> None:
        """Cancel; no callback is called any more."""
        self._stopped = True
        if self._ticket is not None:
            self._client.cancel(self._ticket)

    def _next(self) -> None:
        self._ticket = None
        if not self._left:
            self._finished()
            return
        paths = self._left.popleft()
        then = partial(self._on_event, paths)
        self._ticket = self._client.ask(READ_TAGS, paths, then, "live")  # ahead of thousands of waiting files

    def _on_event(self, paths: tuple[str, ...], event: RequestEvent) -> None:
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
    """Write and restore tags, one job at a time.

    ``database`` returns the store, opened at first use.
    """

    ended = Signal(object)  # TagOutcome

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
        """True while a job runs or waits."""
        return self._current is not None

    def look(
        self, paths: Sequence[str], found: Callable[[list[CurrentTag]], None], finished: Callable[[], None]
    ) -> TagReader:
        """Read the current tags of files."""
        return TagReader(self._client, paths, found, finished)

    def write(self, task: TagTask) -> None:
        """Write; ``ended`` follows, and ``task.batch`` is set by then."""
        edits = [
            [edit.path, edit.genres, edit.moods, edit.clip_hash, edit.bpm, edit.key] for edit in task.edits
        ]
        self._queue(_Queued(WRITE, task, {"edits": edits}))

    def restore(self, task: TagTask) -> None:
        """Restore the previous tags; ``ended`` follows."""
        self._queue(_Queued(RESTORE, task))

    def batches(self) -> list[TagBatch]:
        """Return the writes that can be restored, newest first. ``AppError`` if the store cannot be opened."""
        return TagWrites(self._database()).batches()

    def paths(self, task: TagTask) -> list[str]:
        """Return the files that a task wrote. ``AppError`` if the store cannot be opened."""
        return TagWrites(self._database()).paths(task.batch) if task.batch else []

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
            what.params = {"batch": what.task.batch}  # known only now that the write before has ended
        self._began = time.time()
        try:
            self._jobs.start(what.job, what.params)
        except (AppError, OSError) as error:
            self._finish(TagOutcome(what.task, what.job, "failed", problem=_not_started(error)))

    def _job_ended(self, job: Job) -> None:
        what = self._current
        if what is None or job.ended is None or job.name != what.job or job.params != what.params:
            return
        ended, result = job.ended, job.ended.result
        if what.job == WRITE:
            what.task.batch = int(result.get("batch", 0)) or self._unfinished_batch()
        self._finish(
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
        """Return the batch of a job that was cancelled or crashed before it reported it, or 0."""
        newest = self.batches()[:1]
        return newest[0].id if newest and newest[0].time >= self._began else 0

    def _finish(self, outcome: TagOutcome) -> None:
        self._current = None
        self.ended.emit(outcome)
        self._start_next()


def _not_started(error: AppError | OSError) -> Problem:
    if isinstance(error, AppError):
        return error.problem
    return Problem("job-not-started", error=str(error))
