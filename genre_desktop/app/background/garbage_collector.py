"""Collects cyclic garbage in the window's thread only.

Python collects in whichever thread happens to allocate. A Qt object in a cycle would then be
destroyed by a background thread, which Qt does not survive.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageCollector(QObject):
    """Takes over from Python's own collector until :meth:`stop`; lives in the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()
        gc.disable()

    def settle(self) -> None:
        """Search no more among what exists now: once all is loaded, that is modules, which stay.

        A full search through them held the window up for a fifth of a second.
        """
        gc.freeze()

    def stop(self) -> None:
        """Hand back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_if_due() -> int | None:
    """Collect the oldest generation that is due by Python's own thresholds; its number, or None."""
    pairs = list(zip(gc.get_count(), gc.get_threshold(), strict=True))
    for generation, (count, threshold) in reversed(list(enumerate(pairs))):
        if threshold and count > threshold:
            gc.collect(generation)
            return generation
    return None
