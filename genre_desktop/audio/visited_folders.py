"""Which folders a walk has visited, in a few bytes each: a library may have a hundred thousand."""

from __future__ import annotations

import heapq
import os
from array import array
from bisect import bisect_left

_FEW = 1024


class VisitedFolders:
    """Folders by device and inode, so that links never lead into one twice."""

    def __init__(self) -> None:
        self._devices: dict[int, _Numbers] = {}

    def add(self, status: os.stat_result) -> bool:
        """Add a folder; return False if it was visited before."""
        return self._devices.setdefault(status.st_dev, _Numbers()).add(status.st_ino)


class _Numbers:
    """A set of 64-bit numbers: most in a sorted array, for a tenth of the memory, the latest in a set."""

    def __init__(self) -> None:
        self._sorted = array("Q")
        self._latest: set[int] = set()

    def add(self, number: int) -> bool:
        place = bisect_left(self._sorted, number)
        if number in self._latest or (place < len(self._sorted) and self._sorted[place] == number):
            return False
        self._latest.add(number)
        if len(self._latest) > max(_FEW, len(self._sorted) // 8):
            self._sorted = array("Q", heapq.merge(self._sorted, sorted(self._latest)))
            self._latest = set()
        return True
