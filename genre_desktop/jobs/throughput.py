"""Throughput and remaining time of a number of items."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_WINDOW = 64


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
