"""Analysis of files and folders by an executor, resumable: files are searched for meanwhile."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
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
from genre_desktop.jobs.executor import Executor
from genre_desktop.jobs.messages import Failure, RequestCancelled, RequestEvent, Result
from genre_desktop.jobs.operations import failed
from genre_desktop.jobs.throughput import RateEstimator

_CALLBACKS_AT_ONCE = 200

_CHUNK = 256
"""Most files that the search hands over, and rows of an earlier run that are read, at a time."""

_HAND_OVER_S = 0.1
"""Most seconds that found files wait for others."""

_SEARCH_FIRST_S = 3.0
"""Most seconds that rows of an earlier run wait until the workers have files; reading them would slow the search."""


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
        executor: Executor,
        request: BatchRequest,
        checkpoint: BatchCheckpoint | NullCheckpoint,
        op: str = "analyse",
        ahead: int = queue.AHEAD,
    ) -> None:
        self._executor, self._request, self._checkpoint, self._op = executor, request, checkpoint, op
        self._callbacks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._throughput = RateEstimator()
        self._queue, _ = queue.step(queue.QueueState(ahead=ahead), queue.SearchStarted())
        self._paths: list[str] = []
        self._in_flight: dict[int, tuple[int, str]] = {}  # by file: the request's id, the file's stamp
        self._finished: list[tuple[BatchResult, str]] = []
        self._known: deque[int] = deque()  # files finished by an earlier run, whose rows are to be read
        self._stopping = threading.Event()

    def run(self) -> Generator[BatchResult]:
        """Yield each file once, as it finishes and after its row was stored; close it to cancel."""
        search = threading.Thread(target=self._search, name="batch-search", daemon=True)
        search.start()
        complete, restore_by = False, time.monotonic() + _SEARCH_FIRST_S
        try:
            while self._queue.busy or self._finished or self._known:
                restore = bool(self._known) and (self._workers_have_files or time.monotonic() > restore_by)
                self._run_callbacks(0.0 if restore else 0.5)  # Windows handles Ctrl-C only between waits
                if restore:
                    self._restore()
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

    @property
    def _workers_have_files(self) -> bool:
        return bool(self._in_flight) or self._queue.searches == 0

    def _run_callbacks(self, wait_s: float) -> None:
        try:
            self._callbacks.get(timeout=wait_s)()
        except Empty:
            return
        for _ in range(_CALLBACKS_AT_ONCE):  # bounded: the search in a huge folder adds more meanwhile
            if self._callbacks.empty():
                return
            self._callbacks.get()()

    def _add(self, chunk: list[tuple[Found, bool]]) -> None:
        """Queue found files; of each, whether an earlier run finished it."""
        new: list[int] = []
        for found, known in chunk:
            index = len(self._paths)
            self._paths.append(str(found.path if isinstance(found, Unreadable) else found))
            if isinstance(found, Unreadable):
                self._skip(BatchResult(index, self._paths[index], failed(self._paths[index], found.problem)))
            elif known:
                self._known.append(index)
            else:
                new.append(index)
        self._apply(queue.FilesFound(tuple(new)))

    def _restore(self) -> None:
        """Read some rows of an earlier run."""
        some = [self._known.popleft() for _ in range(min(_CHUNK, len(self._known)))]
        stored = self._checkpoint.find([self._paths[index] for index in some])
        gone: list[int] = []
        for index, analysis in zip(some, stored, strict=True):
            if analysis is None:
                gone.append(index)
            else:
                path = self._paths[index]
                self._skip(BatchResult(index, path, with_display_path(analysis, path), restored=True))
        self._apply(queue.FilesFound(tuple(gone)))

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
                self._executor.cancel(self._in_flight.pop(action.file)[0])
        elif isinstance(action, queue.Deliver):
            _, before = self._in_flight.pop(action.file)
            if action.analysis is not None:
                path = self._paths[action.file]
                result = BatchResult(action.file, path, with_display_path(action.analysis, path))
                self._finished.append((result, before))

    def _submit(self, action: queue.Submit) -> None:
        path = self._paths[action.file]
        absolute = str(Path(path).absolute())  # for the record of predictions
        before = stamp(path)  # a file that changes during its analysis is analysed again when resuming
        place = self._checkpoint.place(path, before)
        payload = AnalyseRequest(
            absolute, self._request.model, self._request.mode, source="batch", place=place
        )
        on_event = partial(self._on_event, action.submission)
        self._in_flight[action.file] = (self._executor.submit(self._op, payload, on_event=on_event), before)

    def _on_event(self, submission: int, event: RequestEvent) -> None:
        """Queue what an event means for this run; called in the executor's thread."""
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
            for chunk in self._chunks():
                self._callbacks.put(partial(self._add, chunk))
        except Cancelled:
            pass
        except OSError as error:
            self._callbacks.put(partial(self._add, [(Unreadable(Path(), problem_of(error)), False)]))
        self._callbacks.put(partial(self._apply, queue.SearchEnded()))

    def _chunks(self) -> Iterator[list[tuple[Found, bool]]]:
        """Yield what is found, the first file at once, with whether an earlier run finished it."""
        chunk: list[tuple[Found, bool]] = []
        since = 0.0
        for found in iter_requested_files(
            self._request.paths, self._request.recursive, self._stopping.is_set
        ):
            chunk.append((found, not isinstance(found, Unreadable) and self._checkpoint.has(str(found))))
            if len(chunk) >= _CHUNK or time.monotonic() - since >= _HAND_OVER_S:
                yield chunk
                chunk, since = [], time.monotonic()
        yield chunk


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
