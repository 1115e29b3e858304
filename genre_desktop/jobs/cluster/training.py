"""Training on a cluster: each fold of a setting is a task; its data is sent once, or only what the fold needs."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.client import TRIES, ClusterClient, Outcome, Shared
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.training import sampling
from genre_desktop.ml.training.estimators import FAMILIES
from genre_desktop.ml.training.fold_runner import Folds, Params
from genre_desktop.ml.training.search_task import SearchTask

_POLL_S = 0.2
"""Seconds between two looks whether the job was cancelled."""

_PARTS_BYTES = 1 << 30
"""Memory of the parts of a large library that are at work."""

_Ended = queue.SimpleQueue[tuple[int, Outcome]]


@contextmanager
def opened(home: Home, options: ClusterOptions, cancelled: Callable[[], bool]) -> Iterator[ClusterFolds]:
    """Connect to a cluster that trains folds until the end of the block.

    Parameters
    ----------
    cancelled:
        Asked while a result is awaited; True gives up the folds at work.

    Raises
    ------
    AppError
        As :class:`.ClusterClient`.
    """
    client = ClusterClient(options, str(home.root))
    try:
        yield ClusterFolds(client, cancelled)
    finally:
        client.stop()


class ClusterFolds:
    """Trains folds on the workers of a cluster; see :class:`.fold_runner.FoldRunner`.

    As many folds are submitted as the cluster has threads, shared out among the settings at work. Results are
    passed on in the order of the folds, so that pruning is decided as without a cluster.
    """

    families = len(FAMILIES)

    def __init__(self, client: ClusterClient, cancelled: Callable[[], bool]) -> None:
        self._client, self._cancelled = client, cancelled
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._shared: Shared | None = None
        self._settings = 0
        """Settings at work, each of another family."""

    def run(self, task: SearchTask, family: str, params: Params) -> Folds:
        """Yield the held-out probabilities of each fold, in order.

        Raises
        ------
        AppError
            ``cluster-training``, ``cluster-lost``, or the problem of a fold that failed.
        Cancelled
            The job was cancelled.
        """
        at_work: dict[int, int] = {}  # fold to number of its task
        ended: _Ended = queue.SimpleQueue()
        outcomes: dict[int, Outcome] = {}
        begun, folds = 0, len(task.folds)
        with self._lock:
            self._settings += 1
        try:
            for fold in range(folds):
                while fold not in outcomes:
                    while begun < folds and (begun <= fold or len(at_work) < self._ahead(task)):
                        at_work[begun] = self._submit(task, family, params, begun, ended)
                        begun += 1
                    done, outcome = self._next(ended)
                    del at_work[done]
                    outcomes[done] = outcome
                yield _value(outcomes.pop(fold))
        finally:
            with self._lock:
                self._settings -= 1
            for number in at_work.values():
                self._client.cancel(number)

    def describe(self) -> str:
        """Return how many workers there are, and what was lost and done again."""
        load = self._client.load()
        return f"Folds were trained on a cluster (workers: {load.workers}, lost: {load.lost}, folds repeated: {load.repeated})."

    def _ahead(self, task: SearchTask) -> int:
        """Return how many folds of a setting are at work at a time."""
        threads = -(-self._client.threads // max(self._settings, 1))
        if not _is_large(task):
            return max(threads, 1)
        row = (int(task.rows.X.shape[1]) + task.n_base) * int(task.rows.X.itemsize)
        rows = sampling.SEARCH_ROWS + len(task.rows) // max(len(task.folds), 1)
        return max(min(threads, _PARTS_BYTES // (row * rows)), 1)

    def _submit(self, task: SearchTask, family: str, params: Params, fold: int, ended: _Ended) -> int:
        number = next(self._numbers)
        if _is_large(task):
            shared, index = Shared(task.part(family, params, fold)), 0
        else:
            shared, index = self._share(task), fold
        self._client.submit(
            number, train_fold, family, dict(params), index, on_done=_reporter(ended, fold), shared=shared
        )
        return number

    def _share(self, task: SearchTask) -> Shared:
        """Return the task as a value that is sent once for all its folds."""
        with self._lock:
            if self._shared is None or self._shared.value is not task:
                self._shared = Shared(task)
            return self._shared

    def _next(self, ended: _Ended) -> tuple[int, Outcome]:
        while True:
            if self._cancelled():
                raise Cancelled
            try:
                return ended.get(timeout=_POLL_S)
            except queue.Empty:
                continue


def train_fold(family: str, params: dict[str, Any], fold: int, task: SearchTask) -> Floats:
    """Train one fold, on a worker; see :meth:`.SearchTask.held_out`."""
    return task.held_out(family, params, fold)


def _is_large(task: SearchTask) -> bool:
    """Return whether a task has more rows than a worker should hold for the sake of one fit."""
    return len(task.rows) > sampling.SEARCH_ROWS


def _reporter(ended: _Ended, fold: int) -> Callable[[Outcome], None]:
    return lambda outcome: ended.put((fold, outcome))


def _value(outcome: Outcome) -> Floats:
    problem = outcome.problem
    if problem is not None and problem.code == "worker-died":
        raise AppError("cluster-training", n=TRIES)
    if problem is not None:
        raise AppError(problem)
    found: Floats = outcome.value
    return found
