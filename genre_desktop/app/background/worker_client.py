"""The window's side of the inference workers: ask, and be called back in the window's thread."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.jobs.messages import (
    FINAL,
    Failure,
    Lane,
    Progress,
    Ready,
    RequestCancelled,
    RequestEvent,
    Result,
    WorkerRestarted,
    WorkersUnavailable,
)

Then = Callable[[RequestEvent], None]


class WorkerPoolProtocol(Protocol):
    """What a client needs of :class:`genre_desktop.jobs.workers.pool.WorkerPool`."""

    def submit(self, op: str, payload: Any = None, lane: Lane = "file") -> int: ...  # noqa: D102
    def cancel(self, request_id: int) -> None: ...  # noqa: D102
    def set_live(self, on: bool) -> None: ...  # noqa: D102


class WorkerClient(QObject):
    """Asks the workers, also before they are there: questions wait until :meth:`attach`.

    ``bridge`` is the ``on_event`` to make the host with.
    """

    ready = Signal(object)
    """A :class:`Ready`: a worker is warm."""

    restarted = Signal(object)
    """A :class:`WorkerRestarted`."""

    unavailable = Signal(object)
    """A :class:`WorkersUnavailable`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = SignalBridge(self)
        self.bridge.arrived.connect(self._arrived)
        self._host: WorkerPoolProtocol | None = None
        self._live = False
        self._tickets = itertools.count(1)
        self._waiting: dict[int, tuple[str, Any, Lane, Then]] = {}
        self._asked: dict[int, tuple[int, Then]] = {}
        self._ids: dict[int, int] = {}

    @property
    def live(self) -> bool:
        """True while live mode listens."""
        return self._live

    def attach(self, host: WorkerPoolProtocol) -> None:
        """The workers are there: ask what has been waiting."""
        self._host = host
        host.set_live(self._live)
        waiting, self._waiting = self._waiting, {}
        for ticket, (op, payload, lane, then) in waiting.items():
            self._submit(host, ticket, op, payload, lane, then)

    def ask(self, op: str, payload: Any, then: Then, lane: Lane = "file") -> int:
        """Run an operation; ``then`` gets its progress and exactly one final event, later.

        Returns a ticket for :meth:`cancel`.
        """
        ticket = next(self._tickets)
        if self._host is None:
            self._waiting[ticket] = (op, payload, lane, then)
        else:
            self._submit(self._host, ticket, op, payload, lane, then)
        return ticket

    def cancel(self, ticket: int) -> None:
        """Give up a question; its ``then`` still gets the final event."""
        if self._host is not None and ticket in self._ids:
            self._host.cancel(self._ids[ticket])
        elif ticket in self._waiting:
            *_, then = self._waiting.pop(ticket)
            then(RequestCancelled(0))

    def set_live(self, on: bool) -> None:
        """While live mode listens, a worker is kept free for it."""
        self._live = on
        if self._host is not None:
            self._host.set_live(on)

    def close(self) -> None:
        """Nobody is called back any more."""
        self.bridge.close()
        self._host = None

    def _submit(
        self, host: WorkerPoolProtocol, ticket: int, op: str, payload: Any, lane: Lane, then: Then
    ) -> None:
        request_id = host.submit(op, payload, lane)
        self._asked[request_id] = (ticket, then)
        self._ids[ticket] = request_id

    def _arrived(self, event: object) -> None:
        if isinstance(event, Progress | Result | Failure | RequestCancelled):
            self._answered(event)
        elif isinstance(event, Ready):
            self.ready.emit(event)
        elif isinstance(event, WorkerRestarted):
            self.restarted.emit(event)
        elif isinstance(event, WorkersUnavailable):
            self.unavailable.emit(event)

    def _answered(self, event: RequestEvent) -> None:
        entry = self._asked.get(event.id)
        if entry is None:
            return
        ticket, then = entry
        if isinstance(event, FINAL):
            del self._asked[event.id], self._ids[ticket]
        then(event)
