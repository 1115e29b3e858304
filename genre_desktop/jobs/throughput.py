"""Throughput and remaining time of a number of items."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_WINDOW = 64
_LEAST_S, _LEAST_SHARE = 1.0, 0.02
"""Seconds and share of a job before which its remaining time is too uncertain."""


class RateEstimator:
    """The rate of the latest finished items; ``clock`` returns monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends: deque[float] = deque([clock()], maxlen=_WINDOW)

    def finish(self, number: int = 1) -> None:
        """Count ``number`` finished items."""
        now = self._clock()
        self._ends.extend([now] * number)

    def restart(self) -> None:
        """Start measuring again, so that a pause does not lower the rate."""
        self._ends = deque([self._clock()], maxlen=_WINDOW)

    @property
    def span_s(self) -> float:
        """Seconds over which the rate is measured."""
        return self._ends[-1] - self._ends[0]

    def rate(self) -> float | None:
        """Return items per second; None while unknown."""
        return (len(self._ends) - 1) / self.span_s if self.span_s > 0 else None

    def left_s(self, items: int) -> float | None:
        """Return the seconds that ``items`` more take; None while unknown."""
        rate = self.rate()
        return items / rate if rate else None


class RemainingTime:
    """The remaining time of a job from the fractions that it reports; ``clock`` returns monotonic seconds.

    The only estimate of a job: whatever shows its remaining time has it from here.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start: tuple[float, float] | None = (clock(), 0.0)

    def update(self, fraction: float | None) -> float | None:
        """Return the seconds left after a report of ``fraction``, 0 to 1; None while unknown.

        The rate is that since the fraction was last unknown, so that a search for files does not count.
        """
        if fraction is None:
            self._start = None
            return None
        now = self._clock()
        self._start = self._start or (now, fraction)
        seconds, share = now - self._start[0], fraction - self._start[1]
        if seconds < _LEAST_S or share < _LEAST_SHARE:
            return None
        return seconds * (1.0 - fraction) / share
