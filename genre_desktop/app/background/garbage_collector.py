"""Garbage collection in the window's thread only.

Python collects in whichever thread allocates. A background thread could then destroy a Qt object
in a reference cycle, which crashes Qt.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000

_OLDEST = 2

LONG_S = 0.01
"""Seconds above which a collection delays what the user does."""


class GarbageCollector(QObject):
    """Replaces Python's automatic collection until :meth:`stop`; lives in the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()
        gc.disable()

    def freeze(self) -> None:
        """Exclude all current objects, so that collections do not search the loaded modules for 0.2 s."""
        gc.freeze()

    def stop(self) -> None:
        """Return to Python's automatic collection."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_if_due() -> int | None:
    """Collect the oldest generation above Python's threshold; return its number, or None.

    What survives a long collection of the oldest is not searched again.
    """
    pairs = list(zip(gc.get_count(), gc.get_threshold(), strict=True))
    for generation, (count, threshold) in reversed(list(enumerate(pairs))):
        if threshold and count > threshold:
            began = time.thread_time()
            gc.collect(generation)
            # What makes it long are the rows of a long list, which are in no reference cycle.
            if generation == _OLDEST and time.thread_time() - began > LONG_S:
                gc.freeze()
            return generation
    return None
