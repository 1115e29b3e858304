"""An operation over the files of a job, by an executor: a few files ahead, results as they come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from genre_desktop.core.errors import AppError, Cancelled, Problem
from genre_desktop.core.messages import EMPTY, Message, joined, message, message_plural
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.types import ItemResult
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.executor import Executor
from genre_desktop.jobs.executors import open_executor
from genre_desktop.jobs.messages import Failure, HostEvent, RequestCancelled, RequestEvent, Result
from genre_desktop.jobs.workers.process import WorkerLimits

Item = TypeVar("Item")
Event = TypeVar("Event")

log = logging.getLogger(__name__)

AHEAD = 256
"""Most files that the executor has at a time: enough to show it a backlog, whatever their number."""

LIMITS = WorkerLimits(stuck_s=600.0, leave_s=0.2)
"""Of the processes on this computer: the first file compiles functions, in minutes where all cores are busy."""

_MOST_LOST_IN_A_ROW = 4
"""Files, each of which ended every process that read it, and no result between them. Then a file of our own is read:
if that works, these files are damaged, and if not, the processes are."""

_OF_ALL_FILES = frozenset({"workers-unavailable", "cluster-lost"})
"""Codes of problems that concern not one file but all."""

_POLL_S = 0.1


class FileMap:
    """Maps operations over files for one job; see :meth:`.JobContext.map_files`. Items are dataclasses with a ``path``.

    Parameters
    ----------
    cancelled:
        Returns True once the user cancels.
    cluster:
        Where the files are read; None for processes of this computer.
    """

    def __init__(
        self, home: Home, cancelled: Callable[[], bool], cluster: ClusterOptions | None = None
    ) -> None:
        self._home, self._cancelled, self._cluster = home, cancelled, cluster
        self._executor: Executor | None = None

    def __call__(
        self, op: str, items: Iterable[Item], workers: int
    ) -> Generator[ItemResult[Item], None, None]:
        """Yield the items' results as they complete, in any order.

        Nothing is started where there are no items.

        Raises
        ------
        Cancelled
            Within about 0.1 s of ``cancelled()``; the executor is stopped.
        AppError
            As :func:`.open_executor`; ``workers-unavailable``, ``cluster-lost``; ``workers-die`` after several
            crashes without any result, and another with a file of our own.
        """
        source = iter(items)
        first = list(islice(source, 1))
        if first:
            with self._open(workers) as executor:
                self._executor = executor
                yield from _Requests[Item](executor, op, self._cancelled).run(chain(first, source))

    def _open(self, workers: int) -> Executor:
        return open_executor(self._home, workers, _ignore, self._cluster, warm=None, limits=LIMITS)

    def load(self) -> Message:
        """Return what a cluster has at work, such as ``4 workers · 1 lost · 2 repeated``; empty without one."""
        if self._cluster is None or self._executor is None:
            return EMPTY
        load = self._executor.load()
        parts = [message_plural(load.workers, "{n} worker", "{n} workers")]
        if load.lost:
            parts.append(message("{n} lost", n=load.lost))
        if load.repeated:
            parts.append(message("{n} repeated", n=load.repeated))
        return joined(parts, " · ")


class _Requests(Generic[Item]):
    """The requests to an executor, and what came back."""

    def __init__(self, executor: Executor, op: str, cancelled: Callable[[], bool]) -> None:
        self._executor, self._op, self._cancelled = executor, op, cancelled
        self._ended: SimpleQueue[tuple[Item, Result | Failure | RequestCancelled]] = SimpleQueue()
        self._in_flight = self._lost_in_a_row = 0

    def run(self, items: Iterable[Item]) -> Generator[ItemResult[Item], None, None]:
        """Submit the items and yield their results."""
        for item in items:
            self._submit(item)
            while (ended := self._next(wait=self._in_flight >= AHEAD)) is not None:
                yield ended
        while self._in_flight:
            ended = self._next(wait=True)
            if ended is not None:
                yield ended

    def _submit(self, item: Item) -> None:
        self._executor.submit(self._op, item, on_event=partial(self._receive, item))
        self._in_flight += 1

    def _receive(self, item: Item, event: RequestEvent) -> None:
        """Queue how an item ended; called in the executor's thread."""
        if isinstance(event, Result | Failure | RequestCancelled):
            self._ended.put((item, event))

    def _next(self, *, wait: bool) -> ItemResult[Item] | None:
        """Return the next result; None if there is none now, or after waiting until there is one."""
        while True:
            if self._cancelled():
                raise Cancelled
            try:
                item, event = self._ended.get(timeout=_POLL_S) if wait else self._ended.get_nowait()
            except Empty:
                if wait:
                    continue
                return None
            self._in_flight -= 1
            return self._result(item, event)

    def _result(self, item: Item, event: Result | Failure | RequestCancelled) -> ItemResult[Item]:
        if isinstance(event, RequestCancelled):
            raise Cancelled
        if isinstance(event, Result):
            self._lost_in_a_row = 0
            return ItemResult(item, event.value)
        return ItemResult(item, problem=self._checked(item, event.problem))

    def _checked(self, item: Item, problem: Problem) -> Problem:
        """Return the problem of one file; raise what concerns all of them."""
        if problem.code in _OF_ALL_FILES:
            raise AppError(problem)
        if problem.code != "worker-died":
            self._lost_in_a_row = 0
            return problem
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= _MOST_LOST_IN_A_ROW:
            if not self._processes_work(item):
                tries = problem.params.get("n", 2)  # the local pool tries an item twice
                raise AppError("workers-die", n=int(str(tries)) * self._lost_in_a_row)
            log.warning("%d files in a row ended the processes that read them", self._lost_in_a_row)
            self._lost_in_a_row = 0
        return Problem("worker-died/import") if problem.key == "worker-died" else problem

    def _processes_work(self, item: Any) -> bool:
        """Whether a process survives the operation on a sound file of our own; other files wait until it is known."""
        ended: SimpleQueue[Result | Failure | RequestCancelled] = SimpleQueue()

        def receive(event: RequestEvent) -> None:
            if isinstance(event, Result | Failure | RequestCancelled):
                ended.put(event)

        sound = shipped("resources", "demo.flac")
        self._executor.submit(self._op, replace(item, path=str(sound)), "live", receive)
        event = self._first(ended)
        if isinstance(event, RequestCancelled):
            raise Cancelled
        if isinstance(event, Result):
            return True
        if event.problem.code in _OF_ALL_FILES:
            raise AppError(event.problem)
        return event.problem.code != "worker-died"

    def _first(self, ended: SimpleQueue[Event]) -> Event:
        """Wait for an event until the user cancels."""
        while True:
            if self._cancelled():
                raise Cancelled
            with suppress(Empty):
                return ended.get(timeout=_POLL_S)


def _ignore(event: HostEvent) -> None:
    """Do nothing: the pool logs what happens to its processes."""
