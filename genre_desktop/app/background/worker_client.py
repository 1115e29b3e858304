"""The window's side of the inference workers: ask, and be called back in the window's thread."""

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

Then = Callable[[RequestEvent], None]


class WorkerPoolProtocol(Protocol):
    """What a client needs of :class:`genre_desktop.jobs.workers.pool.WorkerPool`."""

    def submit(  # noqa: D102
        self, op: str, payload: Any = None, lane: Lane = "file", on_event: Then | None = None
    ) -> int: ...
    def cancel(self, request_id: int) -> None: ...  # noqa: D102
    def set_live(self, on: bool) -> None: ...  # noqa: D102


@dataclass(slots=True)
class _Question:
    """What was asked; ``request_id`` once the workers have it."""

    op: str
    payload: Any
    lane: Lane
    then: Then
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Reply:
    ticket: int
    event: RequestEvent


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
        self._asked: dict[int, _Question] = {}

    @property
    def live(self) -> bool:
        """True while live mode listens."""
        return self._live

    def attach(self, host: WorkerPoolProtocol) -> None:
        """The workers are there: ask what has been waiting."""
        self._host = host
        host.set_live(self._live)
        for ticket, question in self._asked.items():
            if question.request_id is None:
                self._submit(host, ticket, question)

    def ask(self, op: str, payload: Any, then: Then, lane: Lane = "file") -> int:
        """Run an operation; ``then`` gets its progress and exactly one final event, later.

        Returns a ticket for :meth:`cancel`.
        """
        ticket = next(self._tickets)
        question = self._asked[ticket] = _Question(op, payload, lane, then)
        if self._host is not None:
            self._submit(self._host, ticket, question)
        return ticket

    def cancel(self, ticket: int) -> None:
        """Give up a question; its ``then`` still gets the final event."""
        question = self._asked.get(ticket)
        if question is None:
            return
        if question.request_id is None:
            del self._asked[ticket]
            question.then(RequestCancelled(0))
        elif self._host is not None:
            self._host.cancel(question.request_id)

    def set_live(self, on: bool) -> None:
        """While live mode listens, a worker is kept free for it."""
        self._live = on
        if self._host is not None:
            self._host.set_live(on)

    def close(self) -> None:
        """Nobody is called back any more."""
        self.bridge.close()
        self._host = None

    def _submit(self, host: WorkerPoolProtocol, ticket: int, question: _Question) -> None:
        bridge = self.bridge  # called in the host's thread
        question.request_id = host.submit(
            question.op, question.payload, question.lane, lambda event: bridge(_Reply(ticket, event))
        )

    def _arrived(self, event: object) -> None:
        if isinstance(event, _Reply):
            self._answered(event)
        elif isinstance(event, Ready):
            self.ready.emit(event)
        elif isinstance(event, WorkerRestarted):
            self.restarted.emit(event)
        elif isinstance(event, WorkersUnavailable):
            self.unavailable.emit(event)

    def _answered(self, reply: _Reply) -> None:
        question = self._asked[reply.ticket]
        if isinstance(reply.event, FINAL):
            del self._asked[reply.ticket]
        question.then(reply.event)
