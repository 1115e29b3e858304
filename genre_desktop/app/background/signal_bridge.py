"""Delivery of events from background threads in the window's thread, as queued Qt signals."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QObject, Qt, Signal


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
