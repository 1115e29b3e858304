"""One worker process as the host sees it, and how many of them there should be."""

from __future__ import annotations

import logging
import math
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from genre_desktop.core.messages import Message
from genre_desktop.jobs.messages import Cancel, Lane, Request, Stop
from genre_desktop.jobs.workers import child_setup, main

State = Literal["starting", "idle", "busy", "leaving"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """The host's time limits, in seconds.

    Attributes
    ----------
    start_s:
        For a worker to become warm; an empty numba cache takes tens of seconds.
    stuck_s:
        Without any sign of life while busy.
    cancel_s:
        For a cancelled request to stop by itself.
    idle_s:
        After which an extra worker retires.
    leave_s:
        For workers to leave when the host stops.
    starts:
        How many starts in a row may fail before the host gives up.
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
    """A worker process, the thread that reads from it, and what it is doing.

    Everything but reading happens in the host's own thread.
    """

    def __init__(
        self,
        root: Path,
        warm: str | None,
        received: Callable[[WorkerProcess, object], None],
        lost: Callable[[WorkerProcess], None],
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process = context.Process(
            target=main.main, args=(theirs, str(root), warm), name="genre-desktop-worker", daemon=True
        )
        with child_setup.interrupts_blocked():
            self.process.start()
        theirs.close()  # so that the worker's end is its own alone, and its death closes the pipe
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
        """A snapshot."""
        return WorkerInfo(self.process.pid or 0, self.state, self.served)

    def assign(self, request: Request, lane: Lane) -> None:
        """Start on a request."""
        self.request, self.lane, self.state = request, lane, "busy"
        self.began = self.heartbeat()
        self._send(request)

    def heartbeat(self) -> float:
        """Note a sign of life; the monotonic time of it."""
        self.since = time.monotonic()
        return self.since

    def release(self) -> None:
        """The request is over."""
        self.request, self.cancel_by, self.state = None, None, "idle"
        self.served += 1
        self.heartbeat()

    def cancel(self, within_s: float) -> None:
        """Ask the running request to stop; it is killed when it does not."""
        if self.request is not None and self.cancel_by is None:
            self.cancel_by = time.monotonic() + within_s
            self._send(Cancel(self.request.id))

    def request_stop(self) -> None:
        """Ask the worker to end after what it is doing."""
        self.state = "leaving"
        self._send(Stop())

    def kill(self, why: Message) -> None:
        """End the process; its pipe closes and the reader reports it as lost."""
        self.killed = self.killed or why
        self.process.kill()

    def deadline(self, policy: WorkerLimits) -> float | None:
        """When, on the monotonic clock, the watchdog must look at this worker again."""
        if self.killed:
            return None
        if self.state == "starting":
            return self.since + policy.start_s
        if self.state == "busy":
            stuck = self.since + policy.stuck_s
            return min(stuck, self.cancel_by) if self.cancel_by is not None else stuck
        return None

    def end(self, timeout_s: float) -> Message:
        """Wait for the process, kill it if need be, and return why it ended."""
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
            self._connection.send(message)
        except OSError:  # it just died; the reader reports that
            log.debug("worker %s is gone", self.process.pid)


def _read(connection: Connection, received: Callable[[object], None], lost: Callable[[], None]) -> None:
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            lost()
            return
        received(message)


def wanted(waiting: int, mean_s: float, warm_s: float, limit: int) -> int:
    """How many workers a backlog deserves, 1 to ``limit``.

    Another worker pays when the work it takes over lasts longer than its own start; a start
    loads every core for a while, so it must save twice its cost.

    Parameters
    ----------
    waiting:
        Requests queued or running in the file lane.
    mean_s, warm_s:
        Seconds one request takes, and one start.
    """
    worth = math.ceil(waiting * mean_s / (2.0 * max(warm_s, 0.1)))
    return max(1, min(limit, worth))
