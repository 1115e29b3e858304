"""The frequency axis of a spectrogram: from hertz to height and back, and where to write numbers. No Qt."""

from __future__ import annotations

import numpy as np

from genre_desktop.audio.spectrogram import Axis, hz_at, on_axis, row_at
from genre_desktop.core.types import FloatArray

ROWS = 384
"""Rows of the picture; about as many as it gets pixels."""

_STEPS = (1.0, 5.0, 2.0, 3.0, 7.0, 1.5)


class FrequencyScale:
    """Heights go from 0 (bottom) to 1 (top of the picture, half the sample rate).

    Parameters
    ----------
    kind:
        ``mel``, ``log`` or ``linear``.
    sample_rate:
        Hz.
    """

    def __init__(self, kind: Axis, sample_rate: int) -> None:
        self._kind, self._rate = kind, sample_rate

    def picture(self, db: FloatArray) -> FloatArray:
        """``(n_freq, n)`` decibels as ``(ROWS, n)`` float32, rows evenly spaced on this axis."""
        return on_axis(db, self._kind, ROWS, self._rate)

    def hz(self, height: float) -> float:
        """Frequency at a height."""
        return float(hz_at(self._kind, height * (ROWS - 1), ROWS, self._rate))

    def height(self, hz: float) -> float:
        """Height of a frequency; those off the axis lie below 0 or above 1."""
        return float(row_at(self._kind, hz, ROWS, self._rate)) / (ROWS - 1)

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
    found = [step * 10.0**power for step in _STEPS for power in (3, 2, 4, 1)]
    finest = 10.0 ** np.floor(np.log10(max((high - low) / max(room, 1), 1.0)))
    for step in (10 * finest, 5 * finest, 2 * finest, finest):
        found += (np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step).tolist()
    return [hz for hz in found if max(low, 20.0) <= hz <= high]
