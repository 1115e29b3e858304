"""Gaps in live sound: the times in which a capture delivered nothing."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

LEAST_S = 1.0
"""Missing seconds of an open stream that count as a gap: sound arrives in blocks, and late after a busy moment."""

NOTICED_S = 2.0
"""Seconds without sound after which a gap is reported before it ends."""

_KEPT = 100


class Gap(NamedTuple):
    """Start and end on the clock of live windows, in seconds."""

    start_s: float
    end_s: float


class GapDetector:
    """Compares the sound that arrives with the time that passes; ``clock`` is any monotonic one, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._arrived_s: float | None = None
        self._closed_s = 0.0
        self.gaps: deque[Gap] = deque(maxlen=_KEPT)

    def restart(self) -> None:
        """Forget when sound last arrived: listening was off since."""
        self._arrived_s = None

    @property
    def closed_s(self) -> float:
        """Sum of the gaps that have ended."""
        return self._closed_s

    @property
    def current_s(self) -> float:
        """Length so far of a gap that has not ended, 0 without one."""
        if self._arrived_s is None:
            return 0.0
        silent_s = self._clock() - self._arrived_s
        return silent_s if silent_s > NOTICED_S else 0.0

    def arrived(self, seconds: float, at_s: float, *, reopened: bool = False) -> bool:
        """Register the arrival of sound; return whether there is a gap before it.

        Parameters
        ----------
        seconds:
            Its length.
        at_s:
            Position of the sound before it on the clock of live windows.
        reopened:
            Whether it is the first of a newly opened device, before which any missing time is a gap.
        """
        now = self._clock()
        before, self._arrived_s = self._arrived_s, now
        missing_s = 0.0 if before is None else now - before - seconds
        if missing_s <= (0.0 if reopened else LEAST_S):
            return False
        self._closed_s += missing_s
        self.gaps.append(Gap(at_s, at_s + missing_s))
        return True
