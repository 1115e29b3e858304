"""The frequency axis of a spectrogram: from hertz to height and back, and where to write numbers. No Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.spectrum import AxisKind, axis_rows

ROWS = 384
"""Rows of the picture; about as many as it gets pixels."""

_STEPS = (1.0, 5.0, 2.0, 3.0, 7.0, 1.5)


class FrequencyScale:
    """Heights go from 0 (bottom) to 1 (top of the picture, half the sample rate).

    Parameters
    ----------
    kind:
        ``mel``, ``log`` or ``linear``.
    n_freq:
        Rows of the spectrogram, from 0 Hz to ``sample_rate / 2``.
    sample_rate:
        Hz.
    """

    def __init__(self, kind: AxisKind, n_freq: int, sample_rate: int) -> None:
        self._rows = np.asarray(axis_rows(kind, ROWS, n_freq, sample_rate), dtype=np.float64)
        self._hz = self._rows * (sample_rate / 2) / (n_freq - 1)
        self._heights = np.linspace(0.0, 1.0, ROWS)

    def picture(self, db: NDArray[np.float16]) -> NDArray[np.float32]:
        """``(n_freq, n)`` decibels as ``(ROWS, n)``, rows evenly spaced on this axis."""
        values = db.astype(np.float32)
        below = np.clip(np.floor(self._rows).astype(int), 0, len(values) - 1)
        above = np.clip(below + 1, 0, len(values) - 1)
        share = (self._rows - below).astype(np.float32)[:, None]
        picture: NDArray[np.float32] = values[below] * (1 - share) + values[above] * share
        return picture

    def hz(self, height: float) -> float:
        """Frequency at a height."""
        return float(np.interp(height, self._heights, self._hz))

    def height(self, hz: float) -> float:
        """Height of a frequency; those off the axis lie at its ends."""
        return float(np.interp(hz, self._hz, self._heights))

    def ticks(self, low: float, high: float, room: int) -> list[tuple[float, str]]:
        """Round frequencies between two heights with their labels, about ``room`` of them, never crowded."""
        gap = (high - low) / max(room, 1)
        placed: list[tuple[float, str]] = []
        for hz in _candidates(self.hz(low), self.hz(high), room):
            height = self.height(hz)
            if low <= height <= high and all(abs(height - other) >= gap for other, _ in placed):
                placed.append((height, name(hz)))
        return sorted(placed)


def name(hz: float) -> str:
    """``440`` or ``1.5k``."""
    return f"{hz / 1000:g}k" if hz >= 1000 else f"{hz:g}"


def _candidates(low: float, high: float, room: int) -> list[float]:
    """The roundest frequencies first, then ever finer grids for a zoomed view."""
    found = [step * 10.0**power for step in _STEPS for power in (3, 2, 4)]
    finest = 10.0 ** np.floor(np.log10(max((high - low) / max(room, 1), 1.0)))
    for step in (10 * finest, 5 * finest, 2 * finest, finest):
        found += (np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step).tolist()
    return [hz for hz in found if max(low, 20.0) <= hz <= high]
