"""Parallel map over processes in which a crashed process costs at most one item.

Each process has its own pipe: a closed pipe shows the parent which item was in progress, and a parent
that exits ends its processes. Pools of ``concurrent.futures``, loky and pebble share a pipe between
processes, so that one crash can block or fail the others (measured in ``docs/architecture.md``).
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
"""Time after which an item counts as stuck; hours of audio take a minute or two."""

_ATTEMPTS = 2
_MAX_CONSECUTIVE_CRASHES = 8
_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class ItemResult(Generic[Item, Value]):
    """One item with its value or problem."""

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
    """Yield the items' results as they complete, in any order.

    Parameters
    ----------
    function:
        Module-level, so that it pickles; runs in the processes. Its exceptions become problems.
    items:
        Picklable; requested one by one as processes become idle.
    workers:
        Maximal number of processes; no more are started than there are items.

    Raises
    ------
    Cancelled
        Within about 0.1 s of ``cancelled()``; the processes are ended.
    AppError
        ``workers-die`` after several crashes without any result.
    """
    pool = _WorkerSet(function, numba_cache)
    try:
        yield from _run(pool, iter(items), workers, cancelled, time_limit_s)
    finally:
        pool.end()


def _run(
    pool: _WorkerSet[Item, Value],
    items: Iterator[Item],
    workers: int,
    cancelled: Callable[[], bool],
    time_limit_s: float,
) -> Iterator[ItemResult[Item, Value]]:
    retries: list[tuple[Item, int]] = []
    crashes = 0
    while True:
        if cancelled():
            raise Cancelled
        pool.assign(retries, items, workers)
        if not pool.busy():
            return
        for process in pool.ready(time_limit_s):
            item, attempt = process.task
            done = process.collect(item)
            if done is not None:
                crashes = 0
                yield done
                continue
            pool.drop(process)
            crashes += 1
            if crashes >= _MAX_CONSECUTIVE_CRASHES:
                raise AppError("workers-die", n=crashes)
            if attempt < _ATTEMPTS:
                retries.append((item, attempt + 1))
            else:
                yield ItemResult(item, problem=Problem("worker-died/import"))


class _Process(Generic[Item, Value]):
    """A process and its current item."""

    def __init__(self, function: Callable[[Item], Value], numba_cache: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, function, numba_cache), daemon=True)
        self._process.start()
        theirs.close()  # only the process holds its end, so that a crash closes the pipe
        self.busy = False
        self._since = 0.0

    def assign(self, item: Item, attempt: int) -> None:
        """Send an item; a process that has crashed already is detected in :meth:`collect`."""
        self.task = (item, attempt)
        self.busy, self._since = True, time.monotonic()
        with suppress(OSError):
            self.connection.send(item)

    def overdue(self, limit_s: float) -> bool:
        """Return whether the item has taken longer than ``limit_s``."""
        return time.monotonic() - self._since > limit_s

    def collect(self, item: Item) -> ItemResult[Item, Value] | None:
        """Return the result, or None when the process has crashed or hangs."""
        self.busy = False
        try:
            if not self.connection.poll():
                return None
            value, problem = self.connection.recv()
        except (EOFError, OSError):
            return None
        return ItemResult(item, value, problem)

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.join()
        self.connection.close()


class _WorkerSet(Generic[Item, Value]):
    """The running processes."""

    def __init__(self, function: Callable[[Item], Value], numba_cache: Path | None) -> None:
        self._function, self._numba_cache = function, numba_cache
        self._processes: list[_Process[Item, Value]] = []

    def assign(self, retries: list[tuple[Item, int]], items: Iterator[Item], workers: int) -> None:
        """Assign items to idle processes, starting up to ``workers`` of them."""
        while len(self.busy()) < workers:
            task = retries.pop() if retries else next(((item, 1) for item in items), None)
            if task is None:
                return
            idle = next((p for p in self._processes if not p.busy), None)
            if idle is None:
                idle = _Process(self._function, self._numba_cache)
                self._processes.append(idle)
            idle.assign(*task)

    def busy(self) -> list[_Process[Item, Value]]:
        """Return the processes with an item."""
        return [process for process in self._processes if process.busy]

    def ready(self, time_limit_s: float) -> list[_Process[Item, Value]]:
        """Wait briefly for processes with a result, and those crashed or overdue."""
        busy = self.busy()
        finished = wait([process.connection for process in busy], timeout=_POLL_S)
        return [p for p in busy if p.connection in finished or p.overdue(time_limit_s)]

    def drop(self, process: _Process[Item, Value]) -> None:
        """Remove a crashed or stuck process."""
        process.end()
        self._processes.remove(process)

    def end(self) -> None:
        """Kill all processes."""
        for process in self._processes:
            process.end()


def _serve(connection: Connection, function: Callable[[Item], Value], numba_cache: Path | None) -> None:
    """Process items until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    environment.set_up(numba_cache)
    with suppress(EOFError, OSError):  # the parent exited
        while True:
            connection.send(_attempt(function, connection.recv()))


def _attempt(function: Callable[[Item], Value], item: Item) -> tuple[Value | None, Problem | None]:
    try:
        return function(item), None
    except Exception as error:  # any error affects this item only
        if not isinstance(error, AppError):
            log.exception("unexpected while working on %s", item)
        return None, problem_of(error)
