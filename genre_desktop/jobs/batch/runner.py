"""Analysis of files and folders by an executor, resumable: files are searched for meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from genre_desktop.audio.file_discovery import Unreadable
from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchRow, stamp
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs.batch import queue
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, NullCheckpoint
from genre_desktop.jobs.batch.open_files import OpenFiles
from genre_desktop.jobs.batch.search import CHUNK, BatchSearch, Chunk
from genre_desktop.jobs.executor import Executor
from genre_desktop.jobs.messages import Failure, RequestCancelled, RequestEvent, Result
from genre_desktop.jobs.operations import failed, with_display_path
from genre_desktop.jobs.throughput import RateEstimator

_CALLBACKS_AT_ONCE = 200

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

    Files are searched for as they are needed: a batch holds some thousands of them at most (:mod:`.open_files`).

    Parameters
    ----------
    checkpoint:
        Receives finished rows.
    op:
        The operation; another one in tests.
    ahead:
        How many files the workers hold at a time.
    open_files:
        What is held at most; for tests.
    """

    def __init__(
        self,
        executor: Executor,
        request: BatchRequest,
        checkpoint: BatchCheckpoint | NullCheckpoint,
        op: str = "analyse",
        ahead: int = queue.AHEAD,
        open_files: OpenFiles | None = None,
    ) -> None:
        self._executor, self._request, self._checkpoint, self._op = executor, request, checkpoint, op
        self._callbacks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._throughput = RateEstimator()
        self._queue, _ = queue.step(queue.QueueState(ahead=ahead), queue.SearchStarted())
        self._files = open_files or OpenFiles()
        self._in_flight: dict[int, tuple[int, str]] = {}  # by file: the request's id, the file's stamp
        self._finished: list[tuple[BatchResult, str]] = []
        self._search = BatchSearch(request, checkpoint.finished, self._on_found, self._on_search_ended)
        self._not_taken = 0  # chunks of found files for which the search gets no other one yet

    def run(self) -> Generator[BatchResult]:
        """Yield each file once, as it finishes and after its row was stored; close it to cancel."""
        self._search.start()
        complete, restore_by = False, time.monotonic() + _SEARCH_FIRST_S
        try:
            while self._queue.busy or self._finished or self._files.known:
                restore = self._files.known_is_due and (
                    self._workers_have_files or self._files.known_is_full or time.monotonic() > restore_by
                )
                self._run_callbacks(0.0 if restore else 0.5)  # Windows handles Ctrl-C only between waits
                if restore:
                    self._restore()
                yield from self._store_finished()
                self._find_more()
            complete = True
        finally:
            self._apply(queue.Cancel())
            self._search.stop()
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

    def _on_found(self, chunk: Chunk) -> None:
        self._callbacks.put(partial(self._add, chunk))  # from the thread of the search, as the next one

    def _on_search_ended(self, failure: Exception | None) -> None:
        self._callbacks.put(partial(self._end_search, failure))

    def _add(self, chunk: Chunk) -> None:
        """Queue found files; of each, whether an earlier run finished it."""
        new: list[int] = []
        for found, known in chunk:
            if isinstance(found, Unreadable):
                path = str(found.path)
                self._skip(BatchResult(self._files.skip(), path, failed(path, found.problem)))
            elif known:
                self._files.add_known(str(found))
            else:
                new.append(self._files.add(str(found)))
        self._apply(queue.FilesFound(tuple(new)))
        self._not_taken += 1

    def _find_more(self) -> None:
        while self._not_taken and self._files.has_room:
            self._not_taken -= 1
            self._search.taken()

    def _end_search(self, failure: Exception | None) -> None:
        self._apply(queue.SearchEnded())
        if failure is not None:
            raise failure

    def _restore(self) -> None:
        """Read some rows of an earlier run."""
        some = self._files.take_known(CHUNK)
        stored = self._checkpoint.find([file.path for file in some])
        gone: list[int] = []
        for file, analysis in zip(some, stored, strict=True):
            if analysis is None:
                self._files.reopen(file)
                gone.append(file.number)
            else:
                shown = with_display_path(analysis, file.path)
                self._skip(BatchResult(file.number, file.path, shown, restored=True))
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
            path = self._files.done(action.file)
            if action.analysis is not None:
                result = BatchResult(action.file, path, with_display_path(action.analysis, path))
                self._finished.append((result, before))

    def _submit(self, action: queue.Submit) -> None:
        path = self._files.path(action.file)
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
