"""The interface of everything that runs operations on files: the local worker pool, and a cluster.

Callers submit operations and receive events. Work that is lost with a worker is done again by the executor;
a caller that pauses cancels what it submitted and submits it again later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, Self

from genre_desktop.jobs.messages import Lane, RequestEvent

OnRequest = Callable[[RequestEvent], None]


@dataclass(frozen=True, slots=True)
class ExecutorLoad:
    """What an executor has at work.

    ``workers`` are those that run now; ``lost`` counts workers that ended unexpectedly, ``repeated`` requests
    that were done again because of that.
    """

    workers: int
    lost: int = 0
    repeated: int = 0


class Executor(Protocol):
    """Runs operations (see :mod:`.operations`) in other processes, here or on other machines."""

    def submit(
        self, op: str, payload: Any = None, lane: Lane = "file", on_event: OnRequest | None = None
    ) -> int:
        """Queue an operation and return its id.

        Exactly one of ``Result``, ``Failure`` and ``RequestCancelled`` follows, to ``on_event``, in a thread of
        the executor: return quickly.
        """

    def cancel(self, request_id: int) -> None:
        """Cancel a waiting or running request; ``RequestCancelled`` follows unless it just ended."""

    def load(self) -> ExecutorLoad:
        """Return what is at work now."""

    def stop(self) -> None:
        """Release the workers; open requests get no further event. Safe to repeat."""

    def __enter__(self) -> Self:
        """Return the executor; it is stopped on exit."""

    def __exit__(self, *error: object) -> None:
        """Stop."""
