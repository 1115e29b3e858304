"""The window's client of the worker pool, with callbacks in the window's thread."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.jobs.messages import (
    FINAL,
    Lane,
    Ready,
    RequestCancelled,
    RequestEvent,
    WorkerRestarted,
    WorkersUnavailable,
)

OnEvent = Callable[[RequestEvent], None]


class WorkerPoolProtocol(Protocol):
    """The part of :class:`genre_desktop.jobs.workers.pool.WorkerPool` that the client uses."""

    def submit(  # noqa: D102
        self, op: str, payload: Any = None, lane: Lane = "file", on_event: OnEvent | None = None
    ) -> int: ...
    def cancel(self, request_id: int) -> None: ...  # noqa: D102
    def move_to_front(self, request_id: int) -> None: ...  # noqa: D102
    def set_live(self, on: bool) -> None: ...  # noqa: D102


@dataclass(slots=True)
class _PendingRequest:
    """A request without a final event; ``request_id`` once it is submitted to the pool."""

    op: str
    payload: Any
    lane: Lane
    on_event: OnEvent
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class _TicketEvent:
    ticket: int
    event: RequestEvent


class WorkerClient(QObject):
    """Submits requests to the pool; before :meth:`attach` they wait.

    ``bridge`` is the ``on_event`` for the pool.
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
        self._pool: WorkerPoolProtocol | None = None
        self.live = False
        """True while live mode listens; see :meth:`set_live`."""
        self._tickets = itertools.count(1)
        self._pending: dict[int, _PendingRequest] = {}

    def attach(self, pool: WorkerPoolProtocol) -> None:
        """Submit waiting and future requests to this pool."""
        self._pool = pool
        pool.set_live(self.live)
        for ticket, request in self._pending.items():
            if request.request_id is None:
                self._submit(pool, ticket, request)

    def ask(self, op: str, payload: Any, on_event: OnEvent, lane: Lane = "file") -> int:
        """Request an operation; ``on_event`` gets its progress and exactly one final event.

        Returns a ticket for :meth:`cancel`.
        """
        ticket = next(self._tickets)
        request = self._pending[ticket] = _PendingRequest(op, payload, lane, on_event)
        if self._pool is not None:
            self._submit(self._pool, ticket, request)
        return ticket

    def cancel(self, ticket: int) -> None:
        """Cancel a request; its callback still gets the final event."""
        request = self._pending.get(ticket)
        if request is None:
            return
        if request.request_id is None:
            del self._pending[ticket]
            request.on_event(RequestCancelled(0))
        elif self._pool is not None:
            self._pool.cancel(request.request_id)

    def move_to_front(self, ticket: int) -> None:
        """Have the workers take a waiting request before all others of its lane."""
        request = self._pending.get(ticket)
        if request is None:
            return
        if request.request_id is not None and self._pool is not None:
            self._pool.move_to_front(request.request_id)
        else:  # submitted in this order later
            self._pending = {ticket: self._pending.pop(ticket), **self._pending}

    def set_live(self, on: bool) -> None:
        """Keep a worker free for live mode, or stop doing so."""
        self.live = on
        if self._pool is not None:
            self._pool.set_live(on)

    def close(self) -> None:
        """Stop all callbacks."""
        self.bridge.close()
        self._pool = None

    def _submit(self, pool: WorkerPoolProtocol, ticket: int, request: _PendingRequest) -> None:
        bridge = self.bridge  # called in the pool's thread
        request.request_id = pool.submit(
            request.op, request.payload, request.lane, lambda event: bridge(_TicketEvent(ticket, event))
        )

    def _arrived(self, event: object) -> None:
        if isinstance(event, _TicketEvent):
            request = self._pending[event.ticket]
            if isinstance(event.event, FINAL):
                del self._pending[event.ticket]
            request.on_event(event.event)
        elif isinstance(event, Ready):
            self.ready.emit(event)
        elif isinstance(event, WorkerRestarted):
            self.restarted.emit(event)
        elif isinstance(event, WorkersUnavailable):
            self.unavailable.emit(event)
