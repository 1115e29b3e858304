"""Loads pyqtgraph after the window is on screen, in a thread, so that nothing waits for it."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.bridge import Bridge

MODULES = (
    "pyqtgraph",
    "genre_desktop.ui.widgets.spectrogram_view",
    "genre_desktop.ui.widgets.live_spectrogram",
    "genre_desktop.ui.widgets.drift_plot",
)


class PlotLoader(QObject):
    """``loaded`` once plots can be made; :meth:`when_loaded` also serves those who come later."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_loaded = False
        self._bridge = Bridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._thread = threading.Thread(target=self._load, name="plots", daemon=True)

    def start(self) -> None:
        """Begin loading."""
        self._thread.start()

    def when_loaded(self, then: Callable[[], None]) -> None:
        """Call ``then`` in the window's thread, now or later."""
        if self.is_loaded:
            then()
        else:
            self.loaded.connect(then)

    def close(self) -> None:
        """Wait for the loading to end, so that no thread outlives the window."""
        self._bridge.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _load(self) -> None:
        for module in MODULES:
            importlib.import_module(module)
        self._bridge("loaded")

    def _arrived(self, _event: object) -> None:
        self.is_loaded = True
        self.loaded.emit()
