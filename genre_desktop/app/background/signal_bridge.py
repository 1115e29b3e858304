"""Brings events from background threads into the window's thread, as queued Qt signals."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal


class SignalBridge(QObject):
    """A callable for background threads; ``arrived`` follows in the thread the bridge lives in.

    Whatever is handed over while the bridge is alive arrives once, in order.
    """

    arrived = Signal(object)
    _handed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._open = True

    def __call__(self, event: object) -> None:
        """Hand over an event from any thread; returns at once."""
        if self._open:
            self._handed.emit(event)

    def close(self) -> None:
        """Drop what has not arrived yet, and whatever comes later."""
        self._open = False

    def _deliver(self, event: object) -> None:
        if self._open:
            self.arrived.emit(event)
