"""The messages between the app and its worker and job processes: picklable and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import EMPTY, Message

Lane = Literal["live", "file"]


@dataclass(frozen=True, slots=True)
class Request:
    """Request a worker to run the operation ``op`` (see :mod:`.operations`) on ``payload``."""

    id: int
    op: str
    payload: Any = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Request a worker to cancel the request ``id`` at its next opportunity."""

    id: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Request a worker to exit after its current request."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a request: ``fraction`` 0 to 1, or None if unknown."""

    id: int
    fraction: float | None = None
    message: Message = EMPTY


@dataclass(frozen=True, slots=True)
class Result:
    """A request succeeded with ``value``; final."""

    id: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A request failed with ``problem``; final."""

    id: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class RequestCancelled:
    """A request was cancelled; final."""

    id: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker is warm after ``seconds``; ``problem`` is why the warm-up failed, if it did."""

    pid: int
    seconds: float
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A worker is still working on its request."""

    id: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """A log record of a child process, to be logged by its parent."""

    level: int
    logger: str
    text: str


@dataclass(frozen=True, slots=True)
class WorkerRestarted:
    """A worker crashed or hung and was replaced.

    ``request_id`` is its request, None when it was idle; ``retrying`` is True when that
    request is retried, False when it was reported as a :class:`Failure`.
    """

    reason: Message
    request_id: int | None = None
    retrying: bool = False


@dataclass(frozen=True, slots=True)
class WorkersUnavailable:
    """No worker can be started; waiting requests have failed. A new request tries again."""

    problem: Problem


RequestEvent = Progress | Result | Failure | RequestCancelled
"""The events about one request, by its ``id``."""

HostEvent = RequestEvent | Ready | WorkerRestarted | WorkersUnavailable
"""The events that :class:`.pool.WorkerPool` passes to ``on_event``."""

FINAL = (Result, Failure, RequestCancelled)
"""The events that end a request; exactly one of them arrives for each."""


@dataclass(frozen=True, slots=True)
class JobStarted:
    """A job started, recorded under ``run_id``, with its log at ``log_path``."""

    run_id: int
    log_path: str


@dataclass(frozen=True, slots=True)
class JobLog:
    """A line of a job's log for the user."""

    text: str


@dataclass(frozen=True, slots=True)
class JobEnded:
    """A job ended with the ``result`` of its function or the ``problem`` it failed or crashed with; final.

    ``recorded`` is False where the history lacks that so far.
    """

    status: Literal["succeeded", "failed", "cancelled", "died"]
    result: dict[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    message: Message = EMPTY
    recorded: bool = True

    @property
    def reason(self) -> Message:
        """The problem as a message, else ``message``."""
        return self.message if self.problem is None else Message(str(self.problem))


JobEvent = JobStarted | Progress | JobLog | JobEnded
"""The events of a job process, in this order; a ``Progress`` has the id 0."""
