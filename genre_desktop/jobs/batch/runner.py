"""Files and folders through the workers: found while others are read, kept as they finish, resumable."""

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

_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The file number ``index`` (in the order found) has its answer; ``kept`` from an earlier run."""

    index: int
    path: str
    analysis: Analysis
    kept: bool = False


class Batch:
    """One run over files and folders.

    :meth:`run` does the work in the caller's thread; the other methods may be called from any.

    Parameters
    ----------
    host:
        Who reads the files.
    request:
        What to do.
    ledger:
        Where finished rows are kept.
    op:
        The operation; another one in tests.
    ahead:
        How many files the workers hold at a time.
    """

    def __init__(
        self,
        host: WorkerPool,
        request: BatchRequest,
        ledger: BatchCheckpoint | NullCheckpoint,
        op: str = "analyse",
        ahead: int = queue.AHEAD,
    ) -> None:
        self._host, self._request, self._ledger, self._op = host, request, ledger, op
        self._mailbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._pace = RateEstimator()
        self._queue, _ = queue.step(queue.QueueState(ahead=ahead), queue.SearchStarted())
        self._paths: list[str] = []
        self._in_flight: dict[int, tuple[int, str]] = {}  # by file: the request's id, the file's stamp
        self._ready: list[tuple[BatchResult, str]] = []
        self._handed_over = 0
        self._finished = False
        self._stopping = threading.Event()

    def run(self) -> Generator[BatchResult]:
        """Each file once, as it finishes; whatever is handed over is kept already.

        Ends when all is done or :meth:`cancel` was called (then :attr:`cancelled` is true).
        """
        finder = threading.Thread(target=self._search, name="batch-finder", daemon=True)
        finder.start()
        try:
            while self._queue.busy or self._ready:
                self._run_callbacks()
                yield from self._hand_over()
            self._finished = self._handed_over == len(self._paths) and not self._stopping.is_set()
        finally:
            self._stopping.set()
            self._apply(queue.Cancel())
            finder.join()
            self._ledger.close(finished=self._finished)

    @property
    def cancelled(self) -> bool:
        """True when it ended before its end."""
        return self._stopping.is_set() and not self._finished

    def cancel(self) -> None:
        """Stop looking and reading; what is done stays kept for another time."""
        self._stopping.set()
        self._mailbox.put(partial(self._apply, queue.Cancel()))

    def pause(self) -> None:
        """Stop reading for now; what is being read starts afresh later."""
        self._mailbox.put(partial(self._apply, queue.Pause()))

    def resume(self) -> None:
        """Go on reading."""
        self._mailbox.put(partial(self._apply, queue.Resume()))

    def progress(self) -> queue.BatchProgress:
        """How far it is."""
        return queue.progress(self._queue, self._pace)

    # ---- in the thread of run()

    def _run_callbacks(self) -> None:
        try:
            self._mailbox.get(timeout=0.5)()  # Windows handles Ctrl-C only between waits
        except Empty:
            return
        for _ in range(_LETTERS):  # not for ever: a huge folder is still being found
            if self._mailbox.empty():
                return
            self._mailbox.get()()

    def _add(self, found: Found) -> None:
        if self._stopping.is_set():
            return
        path = str(found.path if isinstance(found, Unreadable) else found)
        index = len(self._paths)
        self._paths.append(path)
        if isinstance(found, Unreadable):
            self._skip(BatchResult(index, path, failed(path, found.problem)))
        elif (kept := self._ledger.known(path)) is not None:
            self._skip(BatchResult(index, path, kept, kept=True))
        else:
            self._apply(queue.FilesFound((index,)))

    def _skip(self, done: BatchResult) -> None:
        self._ready.append((done, ""))
        self._apply(queue.FilesSkipped(1, problems=int(not done.analysis.answer.ok)))

    def _apply(self, event: queue.Event) -> None:
        if isinstance(event, queue.Pause | queue.Resume):
            self._pace.restart()
        self._queue, actions = queue.step(self._queue, event)
        for action in actions:
            self._perform(action)

    def _perform(self, action: queue.Action) -> None:
        if isinstance(action, queue.Submit):
            self._submit(action)
        elif isinstance(action, queue.Recall | queue.Drop):
            if action.file in self._in_flight:
                self._host.cancel(self._in_flight.pop(action.file)[0])
        elif isinstance(action, queue.Deliver):
            _, before = self._in_flight.pop(action.file)
            if action.analysis is not None:
                path = self._paths[action.file]
                self._ready.append(
                    (BatchResult(action.file, path, with_display_path(action.analysis, path)), before)
                )

    def _submit(self, action: queue.Submit) -> None:
        path = self._paths[action.file]
        whole = str(Path(path).absolute())  # for the record of predictions
        payload = AnalyseRequest(whole, self._request.model, self._request.mode, source="batch")
        before = stamp(path)  # a file that changes while it is read is read again next time
        on_event = partial(self._heard, action.submission)
        self._in_flight[action.file] = (self._host.submit(self._op, payload, on_event=on_event), before)

    def _heard(self, submission: int, event: RequestEvent) -> None:
        """In the host's thread."""
        if isinstance(event, Result | Failure | RequestCancelled):
            self._mailbox.put(partial(self._apply, queue.ended(submission, event)))

    def _hand_over(self) -> Iterator[BatchResult]:
        ready, self._ready = self._ready, []
        self._ledger.add(BatchRow(d.path, before, d.analysis) for d, before in ready if not d.kept)
        self._pace.finish(sum(not d.kept for d, _ in ready))
        for done, _ in ready:
            self._handed_over += 1
            yield done

    # ---- in the finder's thread

    def _search(self) -> None:
        try:
            for found in iter_requested_files(
                self._request.paths, self._request.recursive, self._stopping.is_set
            ):
                self._mailbox.put(partial(self._add, found))
        except Cancelled:
            pass
        except OSError as error:
            self._mailbox.put(partial(self._add, Unreadable(Path(), problem_of(error))))
        self._mailbox.put(partial(self._apply, queue.SearchEnded()))


def with_display_path(analysis: Analysis, path: str) -> Analysis:
    """The same analysis under the name that the person used for the file."""
    return replace(analysis, answer=replace(analysis.answer, path=path))


def iter_requested_files(
    paths: Iterable[str], recursive: bool, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Found]:
    """What :func:`find_audio` finds, each once; a named folder without any says so.

    Raises
    ------
    Cancelled
        ``cancelled()`` was true.
    """
    given: set[str] = set()
    for path in paths:
        empty = True
        for found in find_audio([path], recursive, cancelled):
            empty = False
            key = str(found.path if isinstance(found, Unreadable) else found)
            if key not in given:
                given.add(key)
                yield found
        if empty:
            yield Unreadable(Path(path), no_audio_problem(Path(path), recursive))


def no_audio_problem(folder: Path, recursive: bool) -> Problem:
    """What to say about a folder without sound files."""
    with os.scandir(folder) as entries:
        deeper = not recursive and any(entry.is_dir() for entry in entries)
    return Problem("no-audio-found/deeper" if deeper else "no-audio-found", folder=folder.name or str(folder))


def in_order(done: Iterable[BatchResult]) -> Iterator[BatchResult]:
    """The same rows in the order the files were found; what comes early waits for its turn."""
    early: dict[int, BatchResult] = {}
    turn = 0
    for item in done:
        early[item.index] = item
        while turn in early:
            yield early.pop(turn)
            turn += 1
    yield from (early[index] for index in sorted(early))
