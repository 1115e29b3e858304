"""Delivery of events from background threads in the window's thread, as queued Qt signals."""

from __future__ import annotations

import contextlib
from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class SignalBridge(QObject):
    """A callable that emits ``arrived`` in the thread it lives in, once for each event and in order."""

    arrived = Signal(object)
    _queued = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queued.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._open = True

    def __call__(self, event: object) -> None:
        """Queue an event, from any thread; once the bridge is deleted, discard it."""
        if self._open:
            with contextlib.suppress(RuntimeError):  # deleted with its window, without closing
                self._queued.emit(event)

    def close(self) -> None:
        """Discard queued and later events."""
        self._open = False

    def _deliver(self, event: object) -> None:
        if self._open:
            self.arrived.emit(event)


class PacedBridge(SignalBridge):
    """Emits at most one event in each turn of the event loop.

    Otherwise Qt delivers all that are queued, however long each takes, before a timer gets its turn.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[object] = deque()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._deliver_next)

    def _deliver(self, event: object) -> None:
        self._waiting.append(event)
        self._turn.start()

    def _deliver_next(self) -> None:
        event = self._waiting.popleft()
        if not self._waiting:
            self._turn.stop()
        super()._deliver(event)
