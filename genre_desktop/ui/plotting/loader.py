"""Loads pyqtgraph after the window is on screen, so that nothing waits for it.

pyqtgraph walks through every Qt class, and PySide makes a class when it is first looked at. That is
not safe in two threads at once, and takes half a second: so the window's own thread looks at them
first, a few milliseconds at a time, and what is left to import is done in a thread.
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
    """``loaded`` once plots can be made; :meth:`when_loaded` also serves those who come later."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_loaded = False
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._thread = threading.Thread(target=self._load, name="plots", daemon=True)
        self._classes = _classes()
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._look)

    def start(self) -> None:
        """Begin loading."""
        self._slices.start()

    def when_loaded(self, then: Callable[[], None]) -> None:
        """Call ``then`` in the window's thread, now or later."""
        if self.is_loaded:
            then()
        else:
            self.loaded.connect(then)

    def close(self) -> None:
        """Wait for the loading to end, so that no thread outlives the window."""
        self._slices.stop()
        self._bridge.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _look(self) -> None:
        until = time.perf_counter() + _SLICE_S
        for _ in self._classes:
            if time.perf_counter() > until:
                return
        self._slices.stop()
        self._thread.start()

    def _load(self) -> None:
        import pyqtgraph  # noqa: F401

        from genre_desktop.ui.plotting import drift_plot, live_spectrogram, spectrogram_view  # noqa: F401

        self._bridge("loaded")

    def _arrived(self, _event: object) -> None:
        self.is_loaded = True
        self.loaded.emit()


def _classes() -> Iterator[object]:
    """Every name of the Qt modules that pyqtgraph looks at; looking makes the class."""
    for name in _QT:
        try:
            module = importlib.import_module(f"PySide6.{name}")
        except ImportError:  # not part of every build; pyqtgraph does without it then
            continue
        for each in dir(module):
            yield getattr(module, each)
