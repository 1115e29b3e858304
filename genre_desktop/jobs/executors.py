"""Choice of the executor: the processes of this computer, or a cluster where one was named."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from genre_desktop.core.paths import Home
from genre_desktop.jobs.executor import Executor
from genre_desktop.jobs.messages import HostEvent
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.jobs.workers.process import WorkerLimits

if TYPE_CHECKING:
    from genre_desktop.jobs.cluster.address import ClusterOptions
    from genre_desktop.ml.training.fold_runner import FoldRunner


def open_executor(
    home: Home,
    workers: int,
    on_event: Callable[[HostEvent], None],
    cluster: ClusterOptions | None = None,
    *,
    warm: str | None = "warm",
    limits: WorkerLimits | None = None,
) -> Executor:
    """Return the executor of this computer, or that of a cluster.

    Parameters
    ----------
    workers:
        Maximum number of processes on this computer.
    on_event:
        Receives what concerns no single request, such as a restarted worker.
    warm:
        The operation that warms up a process of this computer, or None.
    limits:
        Limits of the processes on this computer.

    Raises
    ------
    AppError
        As :class:`.cluster.executor.ClusterExecutor`.
    """
    if cluster is None:
        return WorkerPool(home, on_event, workers, warm=warm, policy=limits)
    from genre_desktop.jobs.cluster.executor import ClusterExecutor

    return ClusterExecutor(home, cluster)


def open_fold_runner(
    home: Home, cancelled: Callable[[], bool], cluster: ClusterOptions | None
) -> AbstractContextManager[FoldRunner | None]:
    """Return what trains the folds of a retrain on a cluster; None for threads of this process.

    Parameters
    ----------
    cancelled:
        Asked while a result is awaited.

    Raises
    ------
    AppError
        As :class:`.cluster.client.ClusterClient`.
    """
    if cluster is None:
        return nullcontext()
    from genre_desktop.jobs.cluster import training

    return training.opened(home, cluster, cancelled)
