"""How fast a pile of work goes, and how long it still takes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_WINDOW = 64


class RateEstimator:
    """A rate over the latest finished items: recent enough to follow, long enough to be calm.

    Parameters
    ----------
    clock:
        Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends: deque[float] = deque([clock()], maxlen=_WINDOW)

    def finish(self, number: int = 1) -> None:
        """``number`` items are done."""
        now = self._clock()
        self._ends.extend([now] * number)

    def restart(self) -> None:
        """Forget the past; a pause is not slowness."""
        self._ends = deque([self._clock()], maxlen=_WINDOW)

    @property
    def span_s(self) -> float:
        """How many seconds the rate is taken over."""
        return self._ends[-1] - self._ends[0]

    def rate(self) -> float | None:
        """Items a second; None while nobody can know."""
        span = self._ends[-1] - self._ends[0]
        return (len(self._ends) - 1) / span if span > 0 else None

    def left_s(self, items: int) -> float | None:
        """Seconds that ``items`` more take; None while nobody can know."""
        rate = self.rate()
        return items / rate if rate else None
