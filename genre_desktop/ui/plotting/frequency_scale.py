"""The frequency axis of a spectrogram: conversion between hertz and height, and ticks. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from genre_desktop.audio.spectrogram import Axis, hz_at, nearest_note, on_axis, row_at

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
        """Return heights and labels of about ``room`` round frequencies between two heights.

        On the ``log`` axis they are notes, unless it shows less than a few semitones.
        """
        lowest, highest = self.hz(low), self.hz(high)
        if self._kind == "log":
            notes = self._placed(_notes(lowest, highest), low, high, room)
            if len(notes) > 1:
                return notes
        return self._placed(((hz, name(hz)) for hz in _candidates(lowest, highest, room)), low, high, room)

    def _placed(
        self, labels: Iterable[tuple[float, str]], low: float, high: float, room: int
    ) -> list[tuple[float, str]]:
        """Return the heights of labelled frequencies for which there is room; earlier ones go first."""
        gap = (high - low) / max(room, 1)
        placed: list[tuple[float, str]] = []
        for hz, text in labels:
            height = self.height(hz)
            if low <= height <= high and all(abs(height - other) >= gap for other, _ in placed):
                placed.append((height, text))
        return sorted(placed)


def name(hz: float) -> str:
    """Return a label such as ``440`` or ``1.5k``."""
    return f"{hz / 1000:g}k" if hz >= 1000 else f"{hz:g}"


def _notes(low: float, high: float) -> Iterator[tuple[float, str]]:
    """Yield frequency and label of notes (A4 = 440 Hz), such as ``C4 262``: C first, then others of its scale, then all."""
    first, last = (69 + 12 * np.log2(max(hz, 20.0) / 440) for hz in (low, high))
    notes = range(int(np.ceil(first)), int(last) + 1)
    for pitch_classes in ((0,), (4, 7, 9), (2, 5, 11), (1, 3, 6, 8, 10)):
        for note in notes:
            if note % 12 in pitch_classes:
                hz = 440 * 2 ** ((note - 69) / 12)
                yield hz, f"{nearest_note(hz)[0]} {round(hz) if hz < 1000 else f'{hz / 1000:.1f}k'}"


def _candidates(low: float, high: float, room: int) -> list[float]:
    """Return round frequencies first, then finer grids for a zoomed view."""
    found = [step * 10.0**power for step in _STEPS for power in (3, 2, 4, 1)]
    finest = 10.0 ** int(np.log10(max((high - low) / max(room, 1), 1.0)))
    for step in (10 * finest, 5 * finest, 2 * finest, finest):
        found += (np.arange(np.ceil(low / step), high // step + 1) * step).tolist()
    return [hz for hz in found if max(low, 20.0) <= hz <= high]
