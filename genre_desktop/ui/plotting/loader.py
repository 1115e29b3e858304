"""Loads pyqtgraph after the window is shown, without blocking it.

pyqtgraph accesses every Qt class, and PySide creates a class on first access. That takes half a second
and is not safe in two threads at once, so the main thread accesses the classes a few milliseconds at a
time, and a background thread does the rest of the import.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge

_QT = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest", "QtOpenGL", "QtOpenGLWidgets")
_SLICE_S = 0.005


class PlotLoader(QObject):
    """Emits ``loaded`` when pyqtgraph is imported; :meth:`when_loaded` also works afterwards."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_loaded = False
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._on_loaded)
        self._thread = threading.Thread(target=self._load, name="plots", daemon=True)
        self._classes = _classes()
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._create_classes)

    def start(self) -> None:
        """Start loading."""
        self._slices.start()

    def when_loaded(self, then: Callable[[], None]) -> None:
        """Call ``then`` in the main thread, now or after loading."""
        if self.is_loaded:
            then()
        else:
            self.loaded.connect(then)

    def close(self) -> None:
        """Wait for the thread, so that it does not outlive the window."""
        self._slices.stop()
        self._bridge.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _create_classes(self) -> None:
        until = time.perf_counter() + _SLICE_S
        for _ in self._classes:
            if time.perf_counter() > until:
                return
        self._slices.stop()
        self._thread.start()

    def _load(self) -> None:
        import pyqtgraph  # noqa: F401

        from genre_desktop.app.analysis import arranged_rows  # noqa: F401  # needs NumPy too; before the first file
        from genre_desktop.ui.plotting import drift_plot, live_spectrogram, spectrogram_view  # noqa: F401

        self._bridge("loaded")

    def _on_loaded(self, _event: object) -> None:
        self.is_loaded = True
        self.loaded.emit()


def _classes() -> Iterator[object]:
    """Yield every attribute of the Qt modules that pyqtgraph accesses, which creates the classes."""
    for name in _QT:
        try:
            module = importlib.import_module(f"PySide6.{name}")
        except ImportError:  # not in every build, and optional for pyqtgraph
            continue
        for each in dir(module):
            yield getattr(module, each)
