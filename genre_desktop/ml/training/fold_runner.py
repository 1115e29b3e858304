"""The interface of what trains the folds of a setting: threads of this process, or a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Any, Protocol, TypeVar

import numpy as np

from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.training import sampling
from genre_desktop.ml.training.search_task import SearchTask

T = TypeVar("T")
R = TypeVar("R")
Params = Mapping[str, Any]

_THREADS = 2
"""Folds of a library that is not small that are trained side by side; more would need more memory."""


Folds = Generator[Floats, None, None]
"""Held-out probabilities ``(n_held_out, n_classes)``, fold by fold; ``close`` gives up those not returned yet."""


class FoldRunner(Protocol):
    """Trains the folds of a setting; the same data and setting give the same numbers wherever they are trained."""

    @property
    def families(self) -> int:
        """Families that are searched side by side, each in a thread; 1 searches one after the other."""

    def run(self, task: SearchTask, family: str, params: Params) -> Folds:
        """Train a setting on all folds of a task and return their held-out probabilities, in order."""

    def describe(self) -> str:
        """Return a line of the log about where folds were trained; empty if there is nothing to say."""


class LocalFolds:
    """Trains in threads of this process."""

    families = 1

    def run(self, task: SearchTask, family: str, params: Params) -> Folds:
        """Train one fold at a time; two where the library is not small."""
        small = len(task.rows) <= sampling.WHOLE_ROWS
        threads = 1 if small else min(_THREADS, os.cpu_count() or 1)
        return _in_turn(partial(task.held_out, family, params), range(len(task.folds)), threads)

    def describe(self) -> str:
        """Return nothing."""
        return ""


def _in_turn(work: Callable[[T], R], items: Sequence[T], threads: int) -> Generator[R, None, None]:
    """Yield results in order, with ``threads`` items at work; what has not begun is dropped when it is closed.

    The libraries release the interpreter while they fit, and every fit is the same as alone.
    """
    if threads < 2:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(threads, "fold")
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def out_of_fold(
    runner: FoldRunner,
    task: SearchTask,
    family: str,
    params: Params,
    after: Callable[[int, Floats], None],
) -> Floats:
    """Return held-out probabilities ``(n, n_classes)``; ``after(fold, so_far)`` may raise to stop."""
    out = np.full((len(task.rows), len(task.classes)), np.nan)
    with closing(runner.run(task, family, params)) as folds:
        for number, predicted in enumerate(folds):
            out[task.folds[number][1]] = predicted
            after(number, out)
    return out
