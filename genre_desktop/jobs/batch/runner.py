"""Files and folders through the workers: found while others are read, kept as they finish, resumable."""

from __future__ import annotations

import heapq
import os
import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from genre_desktop.audio.file_discovery import Found, Unreadable, find_audio
from genre_desktop.core.errors import Cancelled, Problem, problem_of
from genre_desktop.core.store.batch_checkpoints import BatchRequest, BatchRow, stamp
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, NullCheckpoint
from genre_desktop.jobs.messages import Failure, RequestCancelled, RequestEvent, Result
from genre_desktop.jobs.operations import failed
from genre_desktop.jobs.throughput import RateEstimator
from genre_desktop.jobs.workers.pool import WorkerPool

AHEAD = 256
"""Requests the workers hold at a time: they see a backlog, and nothing piles up in memory."""

_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The file number ``index`` (in the order found) has its answer; ``kept`` from an earlier run."""

    index: int
    path: str
    analysis: Analysis
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is; ``rate`` in files a second, ``left_s`` in seconds, None while unknown."""

    found: int
    done: int
    problems: int
    searching: bool
    paused: bool
    rate: float | None
    left_s: float | None


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
    """

    def __init__(
        self,
        host: WorkerPool,
        request: BatchRequest,
        ledger: BatchCheckpoint | NullCheckpoint,
        op: str = "analyse",
    ) -> None:
        self._host, self._request, self._ledger, self._op = host, request, ledger, op
        self._mailbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._pace = RateEstimator()
        self._waiting: list[tuple[int, str]] = []  # a heap: what is put back keeps its turn
        self._flying: dict[int, tuple[int, str, str]] = {}
        self._ready: list[tuple[BatchResult, str]] = []
        self._found = self._done = self._problems = 0
        self._searching = True
        self._paused = False
        self._stopping = threading.Event()

    def run(self) -> Generator[BatchResult]:
        """Each file once, as it finishes; whatever is handed over is kept already.

        Ends when all is done or :meth:`cancel` was called (then :attr:`cancelled` is true).
        """
        finder = threading.Thread(target=self._search, name="batch-finder", daemon=True)
        finder.start()
        try:
            while not self._over():
                self._run_callbacks()
                self._submit_pending()
                yield from self._hand_over()
        finally:
            finished = not self._searching and self._done == self._found
            self._stopping.set()
            self._call_back()
            finder.join()
            self._ledger.close(finished=finished)

    @property
    def cancelled(self) -> bool:
        """True when it ended before its end."""
        return self._stopping.is_set() and (self._searching or self._done < self._found)

    def cancel(self) -> None:
        """Stop looking and reading; what is done stays kept for another time."""
        self._stopping.set()
        self._mailbox.put(self._call_back)

    def pause(self) -> None:
        """Stop reading for now; what is being read starts afresh later."""
        self._mailbox.put(partial(self._set_paused, True))

    def resume(self) -> None:
        """Go on reading."""
        self._mailbox.put(partial(self._set_paused, False))

    def progress(self) -> Progress:
        """How far it is."""
        rate = None if self._paused else self._pace.rate()
        left = None if self._paused or self._searching else self._pace.left_s(self._found - self._done)
        return Progress(self._found, self._done, self._problems, self._searching, self._paused, rate, left)

    # ---- in the thread of run()

    def _run_callbacks(self) -> None:
        try:
            self._mailbox.get(timeout=0.5)()  # Windows handles Ctrl-C only between waits
        except queue.Empty:
            return
        for _ in range(_LETTERS):  # not for ever: a huge folder is still being found
            if self._mailbox.empty():
                return
            self._mailbox.get()()

    def _over(self) -> bool:
        if self._stopping.is_set():
            return not self._flying
        return not (self._searching or self._waiting or self._flying or self._ready)

    def _add(self, found: Found) -> None:
        index, self._found = self._found, self._found + 1
        if isinstance(found, Unreadable):
            path = str(found.path)
            self._ready.append((BatchResult(index, path, failed(path, found.problem)), ""))
        else:
            heapq.heappush(self._waiting, (index, str(found)))

    def _submit_pending(self) -> None:
        while self._waiting and len(self._flying) < AHEAD and not (self._paused or self._stopping.is_set()):
            index, path = heapq.heappop(self._waiting)
            kept = self._ledger.known(path)
            if kept is not None:
                self._ready.append((BatchResult(index, path, kept, kept=True), ""))
                continue
            whole = str(Path(path).absolute())  # for the record of predictions
            payload = AnalyseRequest(whole, self._request.model, self._request.mode, source="batch")
            before = stamp(path)  # a file that changes while it is read is read again next time
            number = self._host.submit(self._op, payload, on_event=self._heard)
            self._flying[number] = (index, path, before)

    def _heard(self, event: RequestEvent) -> None:
        if isinstance(event, Result | Failure | RequestCancelled):
            self._mailbox.put(partial(self._on_result, event))

    def _on_result(self, event: Result | Failure | RequestCancelled) -> None:
        index, path, before = self._flying.pop(event.id)
        if isinstance(event, RequestCancelled):
            heapq.heappush(self._waiting, (index, path))
            return
        analysis = (
            with_display_path(event.value, path) if isinstance(event, Result) else failed(path, event.problem)
        )
        self._ready.append((BatchResult(index, path, analysis), before))

    def _hand_over(self) -> Iterator[BatchResult]:
        ready, self._ready = self._ready, []
        self._ledger.add(BatchRow(d.path, before, d.analysis) for d, before in ready if not d.kept)
        self._pace.finish(sum(not d.kept for d, _ in ready))
        for done, _ in ready:
            self._done += 1
            self._problems += not done.analysis.answer.ok
            yield done

    def _call_back(self) -> None:
        for number in self._flying:
            self._host.cancel(number)

    def _set_paused(self, paused: bool) -> None:
        self._paused = paused
        self._pace.restart()
        if paused:
            self._call_back()

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
        self._mailbox.put(self._search_over)

    def _search_over(self) -> None:
        self._searching = False


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
