"""One function over many items in several processes, where a process that dies costs one item at most.

Each process has a pipe of its own: its end shows the parent which item was in progress, and the parent's
end makes the process leave. Pools of ``concurrent.futures``, loky and pebble share a pipe between their
processes, so that a death can block or fail the others (measured in ``docs/architecture.md``).
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Generic, TypeVar

from genre_desktop import environment
from genre_desktop.core.errors import AppError, Cancelled, Problem, problem_of

Item = TypeVar("Item")
Value = TypeVar("Value")

log = logging.getLogger(__name__)

TIME_LIMIT_S = 1800.0
"""After which an item counts as stuck; hours of sound are read in a minute or two."""

_ATTEMPTS = 2
_DEATHS_IN_A_ROW = 8
_LOOK_S = 0.1


@dataclass(frozen=True, slots=True)
class ItemResult(Generic[Item, Value]):
    """One item: its value, or the problem that stood in the way."""

    item: Item
    value: Value | None = None
    problem: Problem | None = None


def parallel_map(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    workers: int,
    cancelled: Callable[[], bool],
    numba_cache: Path | None = None,
    time_limit_s: float = TIME_LIMIT_S,
) -> Iterator[ItemResult[Item, Value]]:
    """Yield each item's outcome as it is ready, in no particular order.

    Parameters
    ----------
    function:
        Of a module, so that it pickles; runs in the processes. What it raises becomes a problem.
    items:
        Taken one by one as processes are free; picklable.
    workers:
        Processes at most; no more are started than there are items.

    Raises
    ------
    Cancelled
        Within about 0.1 s of ``cancelled()``; the processes are ended.
    AppError
        ``workers-die`` when no process lives long enough to do anything.
    """
    crew = _WorkerSet(function, numba_cache)
    try:
        yield from _run(crew, iter(items), workers, cancelled, time_limit_s)
    finally:
        crew.end()


def _run(
    crew: _WorkerSet[Item, Value],
    items: Iterator[Item],
    workers: int,
    cancelled: Callable[[], bool],
    time_limit_s: float,
) -> Iterator[ItemResult[Item, Value]]:
    again: list[tuple[Item, int]] = []
    deaths = 0
    while True:
        if cancelled():
            raise Cancelled
        crew.feed(again, items, workers)
        if not crew.busy():
            return
        for process in crew.ready(time_limit_s):
            item, attempt = process.task
            done = process.collect(item)
            if done is not None:
                deaths = 0
                yield done
                continue
            crew.drop(process)
            deaths += 1
            if deaths >= _DEATHS_IN_A_ROW:
                raise _dying()
            if attempt < _ATTEMPTS:
                again.append((item, attempt + 1))
            else:
                yield ItemResult(item, problem=_DIED)


class _Process(Generic[Item, Value]):
    """A process and what it has in hand."""

    def __init__(self, function: Callable[[Item], Value], numba_cache: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, function, numba_cache), daemon=True)
        self._process.start()
        theirs.close()  # the process's end is its own alone, so that its death closes the pipe
        self.busy = False
        self._since = 0.0

    def give(self, item: Item, attempt: int) -> None:
        """Hand over an item; a process that is dead already is found out when it is collected."""
        self.task = (item, attempt)
        self.busy, self._since = True, time.monotonic()
        with suppress(OSError):
            self.connection.send(item)

    def overdue(self, limit_s: float) -> bool:
        """True when the item takes suspiciously long."""
        return time.monotonic() - self._since > limit_s

    def collect(self, item: Item) -> ItemResult[Item, Value] | None:
        """The outcome, or None when the process died or hangs."""
        self.busy = False
        try:
            if not self.connection.poll():
                return None
            value, problem = self.connection.recv()
        except (EOFError, OSError):
            return None
        return ItemResult(item, value, problem)

    def end(self) -> None:
        """Stop at once."""
        self._process.kill()
        self._process.join()
        self.connection.close()


class _WorkerSet(Generic[Item, Value]):
    """The processes there are."""

    def __init__(self, function: Callable[[Item], Value], numba_cache: Path | None) -> None:
        self._function, self._numba_cache = function, numba_cache
        self._processes: list[_Process[Item, Value]] = []

    def feed(self, again: list[tuple[Item, int]], items: Iterator[Item], workers: int) -> None:
        """Give idle processes something to do, and start more while there is something to do."""
        while len(self.busy()) < workers:
            task = again.pop() if again else next(((item, 1) for item in items), None)
            if task is None:
                return
            idle = next((p for p in self._processes if not p.busy), None)
            if idle is None:
                idle = _Process(self._function, self._numba_cache)
                self._processes.append(idle)
            idle.give(*task)

    def busy(self) -> list[_Process[Item, Value]]:
        """Those with an item in hand."""
        return [process for process in self._processes if process.busy]

    def ready(self, time_limit_s: float) -> list[_Process[Item, Value]]:
        """Those that have answered, died, or taken too long; waits a moment for the first."""
        busy = self.busy()
        answered = wait([process.connection for process in busy], timeout=_LOOK_S)
        return [p for p in busy if p.connection in answered or p.overdue(time_limit_s)]

    def drop(self, process: _Process[Item, Value]) -> None:
        """Do without one that is dead or stuck."""
        process.end()
        self._processes.remove(process)

    def end(self) -> None:
        """Stop them all."""
        for process in self._processes:
            process.end()


_DIED = Problem("worker-died/import")


def _dying() -> AppError:
    return AppError("workers-die", n=_DEATHS_IN_A_ROW)


def _serve(connection: Connection, function: Callable[[Item], Value], numba_cache: Path | None) -> None:
    """What a process does until its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    environment.set_up(numba_cache)
    with suppress(EOFError, OSError):  # the parent left
        while True:
            connection.send(_attempt(function, connection.recv()))


def _attempt(function: Callable[[Item], Value], item: Item) -> tuple[Value | None, Problem | None]:
    try:
        return function(item), None
    except Exception as error:  # whatever it is, it costs this item alone
        if not isinstance(error, AppError):
            log.exception("unexpected while working on %s", item)
        return None, problem_of(error)
