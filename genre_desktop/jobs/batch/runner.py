"""Analysis of files and folders in the worker pool, resumable: files are searched for meanwhile."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from genre_desktop.audio.file_discovery import Found, Unreadable, find_audio
from genre_desktop.core.errors import Cancelled, Problem, problem_of
from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchRow, stamp
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs.batch import queue
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, NullCheckpoint
from genre_desktop.jobs.messages import Failure, RequestCancelled, RequestEvent, Result
from genre_desktop.jobs.operations import failed
from genre_desktop.jobs.throughput import RateEstimator
from genre_desktop.jobs.workers.pool import WorkerPool

_CALLBACKS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The analysis of file number ``index`` (in the order found); ``restored`` from an earlier run."""

    index: int
    path: str
    analysis: Analysis
    restored: bool = False


class Batch:
    """One run over files and folders, in the thread that iterates over :meth:`run`.

    Parameters
    ----------
    checkpoint:
        Receives finished rows.
    op:
        The operation; another one in tests.
    ahead:
        How many files the workers hold at a time.
    """

    def __init__(
        self,
        pool: WorkerPool,
        request: BatchRequest,
        checkpoint: BatchCheckpoint | NullCheckpoint,
        op: str = "analyse",
        ahead: int = queue.AHEAD,
    ) -> None:
        self._pool, self._request, self._checkpoint, self._op = pool, request, checkpoint, op
        self._callbacks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._throughput = RateEstimator()
        self._queue, _ = queue.step(queue.QueueState(ahead=ahead), queue.SearchStarted())
        self._paths: list[str] = []
        self._in_flight: dict[int, tuple[int, str]] = {}  # by file: the request's id, the file's stamp
        self._finished: list[tuple[BatchResult, str]] = []
        self._stopping = threading.Event()

    def run(self) -> Generator[BatchResult]:
        """Yield each file once, as it finishes and after its row was stored; close it to cancel."""
        search = threading.Thread(target=self._search, name="batch-search", daemon=True)
        search.start()
        complete = False
        try:
            while self._queue.busy or self._finished:
                self._run_callbacks()
                yield from self._store_finished()
            complete = True
        finally:
            self._stopping.set()
            self._apply(queue.Cancel())
            search.join()
            self._checkpoint.close(finished=complete)

    def progress(self) -> queue.BatchProgress:
        """Return how far the run is."""
        return queue.progress(self._queue, self._throughput)

    def _run_callbacks(self) -> None:
        try:
            self._callbacks.get(timeout=0.5)()  # Windows handles Ctrl-C only between waits
        except Empty:
            return
        for _ in range(_CALLBACKS_AT_ONCE):  # bounded: the search in a huge folder adds more meanwhile
            if self._callbacks.empty():
                return
            self._callbacks.get()()

    def _add(self, found: Found) -> None:
        path = str(found.path if isinstance(found, Unreadable) else found)
        index = len(self._paths)
        self._paths.append(path)
        if isinstance(found, Unreadable):
            self._skip(BatchResult(index, path, failed(path, found.problem)))
        elif (stored := self._checkpoint.find(path)) is not None:
            self._skip(BatchResult(index, path, stored, restored=True))
        else:
            self._apply(queue.FilesFound((index,)))

    def _skip(self, result: BatchResult) -> None:
        self._finished.append((result, ""))
        self._apply(queue.FilesSkipped(1, problems=int(not result.analysis.answer.ok)))

    def _apply(self, event: queue.Event) -> None:
        self._queue, actions = queue.step(self._queue, event)
        for action in actions:
            self._perform(action)

    def _perform(self, action: queue.Action) -> None:
        if isinstance(action, queue.Submit):
            self._submit(action)
        elif isinstance(action, queue.Drop):
            if action.file in self._in_flight:
                self._pool.cancel(self._in_flight.pop(action.file)[0])
        elif isinstance(action, queue.Deliver):
            _, before = self._in_flight.pop(action.file)
            if action.analysis is not None:
                path = self._paths[action.file]
                result = BatchResult(action.file, path, with_display_path(action.analysis, path))
                self._finished.append((result, before))

    def _submit(self, action: queue.Submit) -> None:
        path = self._paths[action.file]
        absolute = str(Path(path).absolute())  # for the record of predictions
        payload = AnalyseRequest(absolute, self._request.model, self._request.mode, source="batch")
        before = stamp(path)  # a file that changes during its analysis is analysed again when resuming
        on_event = partial(self._on_event, action.submission)
        self._in_flight[action.file] = (self._pool.submit(self._op, payload, on_event=on_event), before)

    def _on_event(self, submission: int, event: RequestEvent) -> None:
        """Queue what an event means for this run; called in the pool's thread."""
        if isinstance(event, Result | Failure | RequestCancelled):
            self._callbacks.put(partial(self._apply, queue.ended(submission, event)))

    def _store_finished(self) -> Iterator[BatchResult]:
        finished, self._finished = self._finished, []
        new = [BatchRow(done.path, before, done.analysis) for done, before in finished if not done.restored]
        self._checkpoint.add(new)
        self._throughput.finish(len(new))
        yield from (done for done, _ in finished)

    def _search(self) -> None:
        """Queue the requested files; runs in a thread of its own."""
        try:
            for found in iter_requested_files(
                self._request.paths, self._request.recursive, self._stopping.is_set
            ):
                self._callbacks.put(partial(self._add, found))
        except Cancelled:
            pass
        except OSError as error:
            self._callbacks.put(partial(self._add, Unreadable(Path(), problem_of(error))))
        self._callbacks.put(partial(self._apply, queue.SearchEnded()))


def with_display_path(analysis: Analysis, path: str) -> Analysis:
    """Return the analysis under the path that the user gave."""
    return replace(analysis, answer=replace(analysis.answer, path=path))


def iter_requested_files(
    paths: Iterable[str], recursive: bool, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Found]:
    """Yield what :func:`find_audio` finds, each file once, and a problem for each path without any.

    Raises
    ------
    Cancelled
        ``cancelled()`` was true.
    """
    seen: set[str] = set()
    for path in paths:
        empty = True
        for found in find_audio([path], recursive, cancelled):
            empty = False
            key = str(found.path if isinstance(found, Unreadable) else found)
            if key not in seen:
                seen.add(key)
                yield found
        if empty:
            yield Unreadable(Path(path), _no_audio_problem(Path(path), recursive))


def _no_audio_problem(folder: Path, recursive: bool) -> Problem:
    with os.scandir(folder) as entries:
        deeper = not recursive and any(entry.is_dir() for entry in entries)
    return Problem("no-audio-found/deeper" if deeper else "no-audio-found", folder=folder.name or str(folder))


def in_order(results: Iterable[BatchResult]) -> Iterator[BatchResult]:
    """Yield results in the order their files were found, holding early ones back."""
    early: dict[int, BatchResult] = {}
    following = 0
    for result in results:
        early[result.index] = result
        while following in early:
            yield early.pop(following)
            following += 1
    yield from (early[index] for index in sorted(early))
