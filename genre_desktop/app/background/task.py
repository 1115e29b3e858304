"""A function run in a background thread, with its result in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core.errors import problem_of


class BackgroundTask(QObject):
    """Runs ``work`` once at a time; ``done`` has its return value, ``failed`` a :class:`Problem`."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[], object], name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._name = work, name
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """True from the start until ``done`` or ``failed`` is emitted."""
        return self._thread is not None

    def start(self) -> None:
        """Start the thread, unless it is running."""
        if not self.running:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Wait for the thread without emitting its result."""
        self._bridge.close()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        try:
            self._bridge((True, self._work()))
        except Exception as error:
            self._bridge((False, problem_of(error)))

    def _arrived(self, outcome: tuple[bool, object]) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()
        succeeded, value = outcome
        (self.done if succeeded else self.failed).emit(value)
