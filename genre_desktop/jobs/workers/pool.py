"""The pool of inference workers: starts, supplies, supervises, restarts and stops them.

One thread owns all state; other threads queue actions for it. Each worker is read by its own thread, so
a slow or broken one never blocks the others.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message, message
from genre_desktop.core.paths import Home
from genre_desktop.jobs.executor import ExecutorLoad, OnRequest
from genre_desktop.jobs.messages import (
    FINAL,
    Failure,
    Heartbeat,
    HostEvent,
    Lane,
    LogLine,
    Progress,
    Ready,
    Request,
    RequestCancelled,
    WorkerRestarted,
    WorkersUnavailable,
)
from genre_desktop.jobs.workers import process
from genre_desktop.jobs.workers.process import WorkerInfo, WorkerLimits, WorkerProcess

log = logging.getLogger(__name__)

OnEvent = Callable[[HostEvent], None]

_GUESS_S = 0.2
"""Seconds a request takes before one was measured."""

_GUESS_WARM_S = 3.0
"""Seconds a worker takes to warm up before one was measured."""


@dataclass(frozen=True, slots=True)
class HostStatus:
    """A snapshot for the Monitor page."""

    workers: tuple[WorkerInfo, ...]
    waiting: int
    restarts: int


class WorkerPool:
    """Long-lived, warm worker processes that execute requests.

    Parameters
    ----------
    on_event:
        Receives every :data:`~.messages.HostEvent` in the pool's thread: return quickly.
    workers:
        Maximum number. One always runs; more are started for a backlog and stopped when idle.
    warm:
        The operation that warms up a worker, or None.
    """

    def __init__(
        self,
        home: Home,
        on_event: OnEvent,
        workers: int = 1,
        *,
        warm: str | None = "warm",
        policy: WorkerLimits | None = None,
    ) -> None:
        self._home, self._on_event, self._warm = home, on_event, warm
        self._limit = max(1, workers)
        self._policy = policy or WorkerLimits()
        self._actions: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ids = itertools.count(1)
        self._lanes: dict[Lane, OrderedDict[int, Request]] = {"live": OrderedDict(), "file": OrderedDict()}
        self._callbacks: dict[int, OnRequest] = {}
        self._retried: set[int] = set()
        self._slots: list[WorkerProcess] = []
        self._live = False
        self._running = True
        self._failed_starts = 0
        self._restarts = self._repeated = 0
        self._mean_s, self._warm_s = _GUESS_S, _GUESS_WARM_S
        self._thread = threading.Thread(target=self._run, name="worker-host", daemon=True)
        self._thread.start()

    def submit(
        self, op: str, payload: Any = None, lane: Lane = "file", on_event: OnRequest | None = None
    ) -> int:
        """Queue an operation and return its id.

        Exactly one of ``Result``, ``Failure`` and ``RequestCancelled`` follows, to ``on_event`` if
        given, else to the pool's. Live requests overtake files.
        """
        request = Request(next(self._ids), op, payload)
        self._actions.put(partial(self._queue, request, lane, on_event))
        return request.id

    def cancel(self, request_id: int) -> None:
        """Cancel a waiting or running request; ``RequestCancelled`` follows unless it just ended."""
        self._actions.put(partial(self._cancel, request_id))

    def move_to_front(self, request_id: int) -> None:
        """Execute a waiting request before all others of its lane."""
        self._actions.put(partial(self._move_to_front, request_id))

    def set_live(self, on: bool) -> None:
        """Keep one worker free for live mode, or stop doing so."""
        self._actions.put(partial(setattr, self, "_live", on))

    def status(self) -> HostStatus:
        """Return a snapshot of the workers."""
        waiting = sum(len(lane) for lane in self._lanes.values())
        return HostStatus(tuple(slot.info for slot in list(self._slots)), waiting, self._restarts)

    def load(self) -> ExecutorLoad:
        """Return how many workers run, and what was lost and repeated."""
        return ExecutorLoad(len(self._slots), self._restarts, self._repeated)

    def stop(self) -> None:
        """Stop all workers, busy or not; open requests get no further event. Safe to repeat."""
        self._actions.put(partial(setattr, self, "_running", False))
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    # The methods below run in the pool's thread.

    def _run(self) -> None:
        self._start()
        while self._running:
            with contextlib.suppress(queue.Empty):
                self._actions.get(timeout=self._wait_s())()
            self._check_limits()
            self._dispatch()
            self._resize()
        self._shut_down()

    def _wait_s(self) -> float | None:
        deadlines = [d for slot in self._slots if (d := slot.deadline(self._policy)) is not None]
        deadlines += [slot.since + self._policy.idle_s for slot in self._extras()]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _queue(self, request: Request, lane: Lane, on_event: OnRequest | None) -> None:
        if on_event is not None:
            self._callbacks[request.id] = on_event
        self._lanes[lane][request.id] = request
        if not self._slots:
            self._failed_starts = 0
            self._start()

    def _cancel(self, request_id: int) -> None:
        for lane in self._lanes.values():
            if lane.pop(request_id, None) is not None:
                self._emit(RequestCancelled(request_id))
                return
        for slot in self._slots:
            if slot.request is not None and slot.request.id == request_id:
                slot.cancel(self._policy.cancel_s)

    def _move_to_front(self, request_id: int) -> None:
        for lane in self._lanes.values():
            if request_id in lane:
                lane.move_to_end(request_id, last=False)

    def _start(self) -> None:
        try:
            slot = WorkerProcess(
                self._home,
                self._warm,
                lambda slot, message: self._actions.put(partial(self._received, slot, message)),
                lambda slot: self._actions.put(partial(self._lost, slot)),
            )
        except OSError as error:
            log.exception("no worker process could be started")
            self._give_up(Message(str(error)))
        else:
            self._slots.append(slot)

    def _lost(self, slot: WorkerProcess) -> None:
        self._slots.remove(slot)
        state, request = slot.state, slot.request
        why = slot.end(self._policy.leave_s)
        if slot.cancel_by is not None and request is not None:
            log.info("a worker was killed because cancelling took too long")
            self._emit(RequestCancelled(request.id))
        elif state != "leaving":
            self._report_loss(state, request, slot.lane, why)
        if not self._slots and self._failed_starts < self._policy.starts:
            self._start()

    def _report_loss(self, state: process.State, request: Request | None, lane: Lane, why: Message) -> None:
        log.warning("a worker was lost while %s: %s", state, why)
        self._restarts += 1
        if state == "starting":
            self._failed_starts += 1
            if self._failed_starts >= self._policy.starts and not self._slots:
                self._give_up(why)
            return
        retry = request is not None and request.id not in self._retried
        self._emit(WorkerRestarted(why, request.id if request else None, retry))
        if request is None:
            return
        if retry:
            self._repeated += 1
            self._retried.add(request.id)
            self._lanes[lane][request.id] = request
            self._lanes[lane].move_to_end(request.id, last=False)
        else:
            self._emit(Failure(request.id, Problem("worker-died", why=why)))

    def _give_up(self, why: Message) -> None:
        problem = Problem("workers-unavailable", why=why)
        self._failed_starts = self._policy.starts
        waiting = [request_id for lane in self._lanes.values() for request_id in lane]
        for lane in self._lanes.values():
            lane.clear()
        self._emit(WorkersUnavailable(problem))
        for request_id in waiting:
            self._emit(Failure(request_id, problem))

    def _check_limits(self) -> None:
        now = time.monotonic()
        for slot in self._slots:
            deadline = slot.deadline(self._policy)
            if deadline is None or now < deadline:
                continue
            if slot.state == "starting":
                slot.kill(message("it was not ready after {start_s} s", start_s=round(self._policy.start_s)))
            elif slot.cancel_by is not None:
                slot.kill(message("it did not stop when requested"))
            else:
                slot.kill(message("it did not respond for {stuck_s} s", stuck_s=round(self._policy.stuck_s)))

    def _received(self, slot: WorkerProcess, message: object) -> None:
        slot.heartbeat()
        if isinstance(message, LogLine):
            logging.getLogger(message.logger).log(message.level, "%s", message.text)
        elif isinstance(message, Ready):
            slot.state = "idle"
            self._failed_starts, self._warm_s = 0, message.seconds
            self._emit(message)
        elif isinstance(message, FINAL):
            self._measure(slot)
            slot.release()
            self._emit(message)
        elif isinstance(message, Progress):
            self._emit(message)
        elif not isinstance(message, Heartbeat):
            log.error("a worker sent an unknown message: %r", message)

    def _measure(self, slot: WorkerProcess) -> None:
        if slot.lane == "file":
            self._mean_s += 0.2 * (time.monotonic() - slot.began - self._mean_s)

    def _dispatch(self) -> None:
        idle = [slot for slot in self._slots if slot.state == "idle"]
        while idle and self._lanes["live"]:
            idle.pop().assign(self._lanes["live"].popitem(last=False)[1], "live")
        if self._live:  # reserve an idle worker, unless one is busy with a window and soon idle
            reserved = any(slot.state == "busy" and slot.lane == "live" for slot in self._slots)
            idle = idle if reserved else idle[1:]
        while idle and self._lanes["file"]:
            idle.pop().assign(self._lanes["file"].popitem(last=False)[1], "file")

    def _target_count(self) -> int:
        running = [slot for slot in self._slots if slot.state == "busy" and slot.lane == "file"]
        waiting = len(self._lanes["file"]) + len(running)
        reserved = 1 if self._live and waiting else 0
        if running and self._lanes["live"] and not self._live:  # it need not wait until a long file ends
            waiting += 1
        now = time.monotonic()
        mean_s = max([self._mean_s, *(now - slot.began for slot in running)])
        return process.target_worker_count(waiting, mean_s, self._warm_s, self._limit) + reserved

    def _extras(self) -> list[WorkerProcess]:
        """Return the idle workers beyond the target count."""
        staying = [slot for slot in self._slots if slot.state != "leaving"]
        surplus = len(staying) - self._target_count()
        return [slot for slot in staying if slot.state == "idle"][: max(0, surplus)]

    def _resize(self) -> None:
        if not self._slots or not self._running:
            return
        present = sum(1 for slot in self._slots if slot.state != "leaving")
        for _ in range(self._target_count() - present):
            self._start()
        now = time.monotonic()
        for slot in self._extras():
            if now - slot.since >= self._policy.idle_s:
                slot.request_stop()

    def _shut_down(self) -> None:
        for slot in self._slots:
            slot.request_stop()
        by = time.monotonic() + self._policy.leave_s
        for slot in self._slots:
            busy = slot.request is not None
            slot.end(0.0 if busy else max(0.0, by - time.monotonic()))
        self._slots.clear()

    def _emit(self, event: HostEvent) -> None:
        request_id: int | None = getattr(event, "id", None)
        callback = self._callbacks.get(request_id) if request_id is not None else None
        if isinstance(event, FINAL):
            self._callbacks.pop(event.id, None)
            self._retried.discard(event.id)
        try:
            (callback or self._on_event)(event)  # type: ignore[arg-type]
        except Exception:
            log.exception("a listener of the worker pool failed on %s", type(event).__name__)
