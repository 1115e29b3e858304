"""What one live window leaves for the next, which begins a few frames later: the frames both of them hold.

A live window of 10 s is asked twice a second, so 19 of its 20 half seconds were measured before. Where a
measure gives one row a frame, and a row depends on the sound around its frame only, :class:`FrameCache` moves
the rows of the last window up and lets only those at both ends be measured: the window's ends are zeros for
them, and that is another sound than what really came before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import HOP, Float32

Arrays = tuple[NDArray[Any], ...]
"""Arrays with one row a frame, all of the same length."""

Stretches = Sequence[slice]
"""Stretches of rows that do not meet, in order."""

Make = Callable[[], Arrays]
Measure = Callable[[Arrays, Stretches], None]
"""Fills some rows of arrays."""


class NoFrameCache:
    """Has every row measured, as for a clip that has nothing in common with the last one."""

    @property
    def moved(self) -> int | None:
        """Frames from the start of the last window to that of this one; None where nothing is shared."""
        return None

    def rows(self, name: str, make: Make, measure: Measure, margin: int, fits: Hashable = None) -> Arrays:
        """The rows of all frames.

        Parameters
        ----------
        name:
            Of the measure.
        make:
            Gives arrays to fill.
        measure:
            Called with the arrays and the rows that it is to fill.
        margin:
            Rows at either end that depend on where the clip begins or ends.
        fits:
            What else the rows depend on; they are taken over only from rows with an equal one.

        Returns
        -------
        Arrays
            Valid until the next clip; whoever changes them must put them right again.
        """
        arrays = make()
        measure(arrays, [slice(0, len(arrays[0]))])
        return arrays


ANEW = NoFrameCache()


_VARIANTS = 4
"""So many ``fits`` are remembered of a measure: the tuning of a song wavers between neighbouring values."""


@dataclass(frozen=True, slots=True)
class _Kept:
    arrays: Arrays
    position: int


class FrameCache(NoFrameCache):
    """Takes over the rows of the frames that an earlier window held as well.

    It trusts no position: the samples are compared. Another length, a move by less than whole frames or any
    other sound, and everything is measured anew.
    """

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)
        self._position = 0
        self._moved: int | None = None
        self._kept: dict[str, dict[Hashable, _Kept]] = {}

    @property
    def moved(self) -> int | None:
        """Frames from the start of the last window to that of this one; None where nothing is shared."""
        return self._moved

    def follow(self, samples: Float32, position: int) -> None:
        """Begin a window ``(n,)`` whose first sample is number ``position`` of a running stream."""
        by, before = position - self._position, self._samples
        shared = len(before) == len(samples) and 0 <= by < len(samples) and by % HOP == 0
        shared = shared and np.array_equal(before[by:], samples[: len(samples) - by])
        self._moved = by // HOP if shared else None
        if not shared:
            self._kept.clear()
        self._samples, self._position = samples.copy(), position

    def rows(self, name: str, make: Make, measure: Measure, margin: int, fits: Hashable = None) -> Arrays:
        """As :meth:`NoFrameCache.rows`, but only the rows at both ends are measured where that is enough."""
        variants = self._kept.setdefault(name, {})
        kept = variants.pop(fits, None)  # should measuring fail, half-filled arrays are gone
        arrays = None if kept is None else self._taken_over(kept, measure, margin)
        if arrays is None:
            arrays = super().rows(name, make, measure, margin)
        variants[fits] = _Kept(arrays, self._position)
        if len(variants) > _VARIANTS:
            del variants[next(iter(variants))]
        return arrays

    def _taken_over(self, kept: _Kept, measure: Measure, margin: int) -> Arrays | None:
        by = (self._position - kept.position) // HOP
        count = len(kept.arrays[0])
        end = count - margin - by
        if end <= margin:
            return None
        for array in kept.arrays:
            _move_up(array, slice(margin, end), by)
        measure(kept.arrays, [slice(0, margin), slice(end, count)])
        return kept.arrays


def _move_up(array: NDArray[Any], rows: slice, by: int) -> None:
    """Fill ``rows`` with those ``by`` further down; as one stretch of memory, which needs no copy between."""
    width = array.shape[1]
    flat = array.reshape(-1)
    flat[rows.start * width : rows.stop * width] = flat[(rows.start + by) * width : (rows.stop + by) * width]


def in_blocks(stretches: Stretches, size: int) -> Iterator[slice]:
    """The same rows, at most ``size`` at a time."""
    for rows in stretches:
        for start in range(rows.start, rows.stop, size):
            yield slice(start, min(start + size, rows.stop))
