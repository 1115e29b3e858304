"""Cache of the frames that consecutive live windows share.

A live window of 10 s is classified twice a second, so 19 of its 20 half seconds were processed before. For
computations with one row per frame that depends on the surrounding samples only, :class:`FrameCache` moves up
the rows of the previous window and recomputes only those at both ends, where the window is padded with zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import HOP, Float32

Arrays = tuple[NDArray[Any], ...]
"""Arrays with one row per frame, all of the same length."""

RowRanges = Sequence[slice]
"""Disjoint ranges of rows, in order."""

Events = tuple[NDArray[np.intp], NDArray[Any]]
"""Frame of each event, and one row for each."""

Allocate = Callable[[], Arrays]
Compute = Callable[[Arrays, RowRanges], None]
"""Fills some rows of arrays."""

Find = Callable[[RowRanges], Events]
"""Returns the events of some frames, in any order."""


class NoFrameCache:
    """Computes every row, as for a clip that shares nothing with the previous one."""

    moved: int | None = None
    """Frames from the start of the previous window to that of this one; None where nothing is shared."""

    def rows(
        self, name: str, allocate: Allocate, compute: Compute, margin: int, key: Hashable = None
    ) -> Arrays:
        """Return the rows of all frames.

        Parameters
        ----------
        name:
            Identifies the computation.
        allocate:
            Returns arrays to fill.
        compute:
            Called with the arrays and the rows to fill.
        margin:
            Rows at either end that depend on where the clip begins or ends.
        key:
            What else the rows depend on; cached rows are used only for an equal key.

        Returns
        -------
        Arrays
            Valid until the next clip; callers that modify them must restore them.
        """
        arrays = allocate()
        compute(arrays, [slice(0, len(arrays[0]))])
        return arrays

    def events(self, name: str, find: Find, count: int, margin: int) -> Events:
        """Return what was found in ``count`` frames, any number in each; parameters as for :meth:`rows`."""
        return find([slice(0, count)])


NO_CACHE = NoFrameCache()

_MAX_KEYS = 4
"""Keys cached for each computation: the tuning of a song varies between neighbouring values."""


@dataclass(frozen=True, slots=True)
class _Entry:
    arrays: Arrays
    position: int


class FrameCache(NoFrameCache):
    """Reuses the rows of frames that an earlier window also contained.

    The samples are compared: for another length, a shift by a fraction of a frame or any other sound,
    everything is recomputed.
    """

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)
        self._position = 0
        self._entries: dict[str, dict[Hashable, _Entry]] = {}
        self._events: dict[str, tuple[Events, int]] = {}

    def start_window(self, samples: Float32, position: int) -> None:
        """Start a window ``(n,)`` whose first sample is number ``position`` of a running stream."""
        by, before = position - self._position, self._samples
        shared = len(before) == len(samples) and 0 <= by < len(samples) and by % HOP == 0
        shared = shared and np.array_equal(before[by:], samples[: len(samples) - by])
        self.moved = by // HOP if shared else None
        if not shared:
            self._entries.clear()
            self._events.clear()
        self._samples, self._position = samples.copy(), position

    def rows(
        self, name: str, allocate: Allocate, compute: Compute, margin: int, key: Hashable = None
    ) -> Arrays:
        """As :meth:`NoFrameCache.rows`, but only the rows at both ends are computed where possible."""
        entries = self._entries.setdefault(name, {})
        entry = entries.pop(key, None)  # a failed computation must not leave partially filled arrays
        arrays = None if entry is None else self._update(entry, compute, margin)
        if arrays is None:
            arrays = super().rows(name, allocate, compute, margin)
        entries[key] = _Entry(arrays, self._position)
        if len(entries) > _MAX_KEYS:
            del entries[next(iter(entries))]
        return arrays

    def events(self, name: str, find: Find, count: int, margin: int) -> Events:
        """As :meth:`NoFrameCache.events`, but only frames at both ends are searched where possible."""
        (frames, values), position = self._events.pop(name, ((np.zeros(0, np.intp), np.zeros(0)), 0))
        by = (self._position - position) // HOP
        end = count - margin - by
        if not len(frames) or end <= margin:
            found = super().events(name, find, count, margin)
        else:
            kept = (frames >= margin + by) & (frames < end + by)
            new_frames, new_values = find([slice(0, margin), slice(end, count)])
            found = (
                np.concatenate([frames[kept] - by, new_frames]),
                np.concatenate([values[kept], new_values]),
            )
        self._events[name] = found, self._position
        return found

    def _update(self, entry: _Entry, compute: Compute, margin: int) -> Arrays | None:
        by = (self._position - entry.position) // HOP
        count = len(entry.arrays[0])
        end = count - margin - by
        if end <= margin:
            return None
        for array in entry.arrays:
            _move_up(array, slice(margin, end), by)
        compute(entry.arrays, [slice(0, margin), slice(end, count)])
        return entry.arrays


def _move_up(array: NDArray[Any], rows: slice, by: int) -> None:
    """Fill ``rows`` with those ``by`` further down; as one block of memory, which needs no temporary copy."""
    width = array.shape[1]
    flat = array.reshape(-1)
    flat[rows.start * width : rows.stop * width] = flat[(rows.start + by) * width : (rows.stop + by) * width]


def in_blocks(ranges: RowRanges, size: int) -> Iterator[slice]:
    """Split ranges into blocks of at most ``size`` rows."""
    for rows in ranges:
        for start in range(rows.start, rows.stop, size):
            yield slice(start, min(start + size, rows.stop))
