"""A worker process as the pool manages it, and the number of workers for a backlog."""

from __future__ import annotations

import logging
import math
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Literal

from genre_desktop.core.messages import Message
from genre_desktop.core.paths import Home
from genre_desktop.jobs import pipe
from genre_desktop.jobs.messages import Cancel, Lane, Request, Stop
from genre_desktop.jobs.workers import child_setup, main

State = Literal["starting", "idle", "busy", "leaving"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """The pool's limits.

    Attributes
    ----------
    start_s:
        Seconds for a worker to warm up; an empty numba cache takes tens of seconds.
    stuck_s:
        Seconds without a heartbeat while busy.
    cancel_s:
        Seconds for a cancelled request to stop.
    idle_s:
        Seconds until an extra idle worker is stopped.
    leave_s:
        Seconds for workers to exit when the pool stops.
    starts:
        Consecutive failed starts before the pool gives up.
    """

    start_s: float = 180.0
    stuck_s: float = 60.0
    cancel_s: float = 2.0
    idle_s: float = 30.0
    leave_s: float = 1.5
    starts: int = 3


@dataclass(frozen=True, slots=True)
class WorkerInfo:
    """One worker for the Monitor page and ``doctor``."""

    pid: int
    state: State
    served: int


class WorkerProcess:
    """A worker process, the thread that reads from it, and its current request; used in the pool's thread."""

    def __init__(
        self,
        home: Home,
        warm: str | None,
        received: Callable[[WorkerProcess, object], None],
        lost: Callable[[WorkerProcess], None],
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, child_end = context.Pipe()
        self.process = context.Process(
            target=main.main,
            args=(child_end, str(home.root), home.in_use, warm),
            name="genre-desktop-worker",
            daemon=True,
        )
        with child_setup.interrupts_blocked():
            self.process.start()
        child_end.close()  # so that the pipe closes when the worker ends
        self.state: State = "starting"
        self.request: Request | None = None
        self.lane: Lane = "file"
        self.served = 0
        self.since = time.monotonic()
        self.began = self.since
        self.cancel_by: float | None = None
        self.killed: Message | None = None
        self._reader = child_setup.start_thread(
            "worker-reader",
            _read,
            self._connection,
            lambda message: received(self, message),
            lambda: lost(self),
        )

    @property
    def info(self) -> WorkerInfo:
        """A snapshot of its state."""
        return WorkerInfo(self.process.pid or 0, self.state, self.served)

    def assign(self, request: Request, lane: Lane) -> None:
        """Send a request to the idle worker."""
        self.request, self.lane, self.state = request, lane, "busy"
        self.began = self.heartbeat()
        self._send(request)

    def heartbeat(self) -> float:
        """Record a sign of life and return its monotonic time."""
        self.since = time.monotonic()
        return self.since

    def release(self) -> None:
        """Mark the worker as idle after a request, or as leaving if the answer came just before its end."""
        self.request, self.cancel_by, self.state = None, None, "leaving" if self.killed else "idle"
        self.served += 1
        self.heartbeat()

    def cancel(self, within_s: float) -> None:
        """Cancel the running request; the pool kills the worker if it does not stop in time."""
        if self.request is not None and self.cancel_by is None:
            self.cancel_by = time.monotonic() + within_s
            self._send(Cancel(self.request.id))

    def request_stop(self) -> None:
        """Request the worker to exit after its current request."""
        self.state = "leaving"
        self._send(Stop())

    def kill(self, why: Message) -> None:
        """Kill the process; its pipe closes and the reader reports it as lost."""
        self.killed = self.killed or why
        self.process.kill()

    def deadline(self, policy: WorkerLimits) -> float | None:
        """Return the monotonic time at which the worker exceeds a limit, or None."""
        if self.killed:
            return None
        if self.state == "starting":
            return self.since + policy.start_s
        if self.state == "busy":
            stuck = self.since + policy.stuck_s
            return min(stuck, self.cancel_by) if self.cancel_by is not None else stuck
        return None

    def end(self, timeout_s: float) -> Message:
        """Wait for the process, kill it if necessary, and return why it ended."""
        self.process.join(timeout_s)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        why = self.killed or child_setup.describe_exit(self.process.exitcode)
        self._reader.join(timeout_s)
        self._connection.close()
        self.process.close()
        return why

    def _send(self, message: object) -> None:
        try:
            pipe.send(self._connection, message)
        except OSError:  # the reader reports the loss
            log.debug("worker %s has ended", self.process.pid)


def _read(connection: Connection, received: Callable[[object], None], lost: Callable[[], None]) -> None:
    while True:
        try:
            message = pipe.receive(connection)
        except (EOFError, OSError) as error:
            if isinstance(error, pipe.DamagedMessageError):
                log.warning("a worker is stopped: %s", error)
            lost()
            return
        received(message)


def target_worker_count(waiting: int, mean_s: float, warm_s: float, limit: int) -> int:
    """Return the number of workers for a backlog: 1 to ``limit``, and at most one for each request.

    A start loads every core for a while, so another worker must save twice its start-up time.

    Parameters
    ----------
    waiting:
        Requests queued or running in the file lane.
    mean_s, warm_s:
        Seconds one request takes, and one start.
    """
    useful = math.ceil(waiting * mean_s / (2.0 * max(warm_s, 0.1)))
    return max(1, min(limit, useful, waiting))
