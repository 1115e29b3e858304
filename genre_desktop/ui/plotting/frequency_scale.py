"""The frequency axis of a spectrogram: conversion between hertz and height, and ticks. Without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from genre_desktop.audio.spectrogram import Axis, hz_at, on_axis, row_at

if TYPE_CHECKING:
    from genre_desktop.core.types import FloatArray

ROWS = 384
"""Rows of the image, close to its height in pixels."""

_STEPS = (1.0, 5.0, 2.0, 3.0, 7.0, 1.5)


class FrequencyScale:
    """Maps frequencies in Hz to heights from 0 (bottom) to 1 (half of ``sample_rate``, in Hz).

    ``kind`` is ``mel``, ``log`` or ``linear``.
    """

    def __init__(self, kind: Axis, sample_rate: int) -> None:
        self._kind, self._rate = kind, sample_rate

    def picture(self, db: FloatArray) -> FloatArray:
        """Resample ``(n_freq, n)`` decibels to ``(ROWS, n)`` float32, rows evenly spaced on this axis."""
        return on_axis(db, self._kind, ROWS, self._rate)

    def hz(self, height: float) -> float:
        """Return the frequency in Hz at a height."""
        return float(hz_at(self._kind, height * (ROWS - 1), ROWS, self._rate))

    def height(self, hz: float) -> float:
        """Return the height of a frequency in Hz; below 0 or above 1 if it is off the axis."""
        return float(row_at(self._kind, hz, ROWS, self._rate)) / (ROWS - 1)

    def ticks(self, low: float, high: float, room: int) -> list[tuple[float, str]]:
        """Return heights and labels of about ``room`` round frequencies between two heights."""
        gap = (high - low) / max(room, 1)
        placed: list[tuple[float, str]] = []
        for hz in _candidates(self.hz(low), self.hz(high), room):
            height = self.height(hz)
            if low <= height <= high and all(abs(height - other) >= gap for other, _ in placed):
                placed.append((height, name(hz)))
        return sorted(placed)


def name(hz: float) -> str:
    """Return a label such as ``440`` or ``1.5k``."""
    return f"{hz / 1000:g}k" if hz >= 1000 else f"{hz:g}"


def _candidates(low: float, high: float, room: int) -> list[float]:
    """Return round frequencies first, then finer grids for a zoomed view."""
    found = [step * 10.0**power for step in _STEPS for power in (3, 2, 4, 1)]
    finest = 10.0 ** int(np.log10(max((high - low) / max(room, 1), 1.0)))
    for step in (10 * finest, 5 * finest, 2 * finest, finest):
        found += (np.arange(np.ceil(low / step), high // step + 1) * step).tolist()
    return [hz for hz in found if max(low, 20.0) <= hz <= high]
