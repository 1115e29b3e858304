"""The messages between the app and its worker processes: picklable, frozen, without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import EMPTY, Message

Lane = Literal["live", "file"]


@dataclass(frozen=True, slots=True)
class Request:
    """Asks a worker to run the operation ``op`` (see :mod:`.operations`) on ``payload``."""

    id: int
    op: str
    payload: Any = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Asks a worker to give up the request ``id`` at its next opportunity."""

    id: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Asks a worker to leave after what it is doing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a request is: ``fraction`` 0 to 1, or None where nobody can know."""

    id: int
    fraction: float | None = None
    message: Message = EMPTY


@dataclass(frozen=True, slots=True)
class Result:
    """A request succeeded with ``value``; the last message about it."""

    id: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A request failed for the reason in ``problem``; the last message about it."""

    id: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class RequestCancelled:
    """A request was cancelled; the last message about it."""

    id: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker is warm after ``seconds``; ``problem`` says what it could not prepare."""

    pid: int
    seconds: float
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A worker still moves on its request, without news worth showing."""

    id: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """A log record of a child process, to be logged by its parent."""

    level: int
    logger: str
    text: str


@dataclass(frozen=True, slots=True)
class WorkerRestarted:
    """A worker died or hung and was replaced.

    ``request_id`` is what it was doing, None when it was idle; ``retrying`` is True when that
    request is tried once more, False when it was reported as a :class:`Failure`.
    """

    reason: Message
    request_id: int | None = None
    retrying: bool = False


@dataclass(frozen=True, slots=True)
class WorkersUnavailable:
    """No worker can be started at all; waiting requests have failed. A new request tries again."""

    problem: Problem


RequestEvent = Progress | Result | Failure | RequestCancelled
"""What is said about one request, by its ``id``."""

HostEvent = RequestEvent | Ready | WorkerRestarted | WorkersUnavailable
"""What :class:`.pool.WorkerPool` hands to ``on_event``."""

FINAL = (Result, Failure, RequestCancelled)
"""The events that end a request; exactly one of them arrives for each."""


@dataclass(frozen=True, slots=True)
class JobStarted:
    """A job runs, recorded under ``run_id``; what it says is kept in ``log_path``."""

    run_id: int
    log_path: str


@dataclass(frozen=True, slots=True)
class JobLog:
    """A job says something worth reading."""

    text: str


@dataclass(frozen=True, slots=True)
class JobEnded:
    """A job is over; the last message about it.

    ``result`` is what its function returned, ``problem`` why it failed or died.
    """

    status: Literal["succeeded", "failed", "cancelled", "died"]
    result: dict[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    message: Message = EMPTY

    @property
    def reason(self) -> Message:
        """Why it failed, or what else there is to say about its end."""
        return self.message if self.problem is None else Message(str(self.problem))


JobEvent = JobStarted | Progress | JobLog | JobEnded
"""What a job process tells, in this order; a ``Progress`` has the id 0."""
