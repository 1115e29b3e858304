"""A cluster on this computer, for trying it out (``local:N``)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from genre_desktop.core.paths import HOME_VARIABLE
from genre_desktop.jobs.cluster import contract
from genre_desktop.jobs.workers import child_setup

if TYPE_CHECKING:
    from distributed import LocalCluster

PRELOAD = "genre_desktop.jobs.cluster.preload"


def start(workers: int, home_root: str) -> LocalCluster:
    """Start a scheduler in this process, and worker processes with one thread each, on loopback only."""
    import dask
    import distributed

    logging.getLogger("distributed").setLevel(logging.ERROR)
    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": 10,  # the client counts the tries
            "distributed.nanny.pre-spawn-environ": worker_environment(home_root),
        }
    )
    with child_setup.interrupts_blocked():  # Ctrl-C is for this process, which ends the workers
        return distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any free port, where 8787 may be taken
            preload=[PRELOAD],
            resources={contract.resource(): 1},
            silence_logs=logging.ERROR,
        )


def worker_environment(home_root: str) -> dict[str, str]:
    """Return the variables that a worker process needs before it starts: one thread per library, its home."""
    threads = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
    return {**dict.fromkeys(threads, "1"), HOME_VARIABLE: home_root, "MALLOC_TRIM_THRESHOLD_": "65536"}
