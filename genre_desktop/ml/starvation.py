"""Waits that do not count the time in which a busy computer gave this process no core.

On a computer with much to do a model is as slow as everything else, which is no fault of it. Only Linux counts that
time; elsewhere all time counts.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

MOST = 5
"""A wait ends at the latest after so many times its budget, since it keeps the user waiting."""

_THREADS = Path("/proc/self/task")


def held_back() -> dict[str, float]:
    """Return by thread of this process for how many seconds it was ready to run and had no core; empty if unknown."""
    found: dict[str, float] = {}
    with contextlib.suppress(OSError):
        for thread in os.listdir(_THREADS):  # noqa: PTH208  # names only
            with contextlib.suppress(OSError, ValueError, IndexError):  # it has ended
                found[thread] = int((_THREADS / thread / "schedstat").read_bytes().split()[1]) / 1e9
    return found


def wait(ready: Callable[[float], bool], budget_s: float) -> bool:
    """Wait for something that a thread of this process computes.

    Parameters
    ----------
    ready:
        ``ready(timeout_s)`` waits for it and returns whether it is there.
    budget_s:
        Seconds to wait; time for which the thread most held back had no core comes on top, up to :data:`MOST` budgets.

    Returns
    -------
    bool
        Whether it is there.
    """
    began, before, allowed_s = time.monotonic(), held_back(), budget_s
    while not ready(max(0.0, began + allowed_s - time.monotonic())):
        late = max((since - before.get(thread, 0.0) for thread, since in held_back().items()), default=0.0)
        allowed_s = min(budget_s + late, MOST * budget_s)
        if time.monotonic() - began >= allowed_s:
            return False
    return True
