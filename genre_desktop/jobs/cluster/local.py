"""A cluster on this computer, for trying it out (``local:N``)."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop import environment
from genre_desktop.core.paths import HOME_VARIABLE, Home
from genre_desktop.jobs.cluster import contract, worker

if TYPE_CHECKING:
    from distributed import LocalCluster


def start(workers: int, home_root: str) -> LocalCluster:
    """Start a scheduler in this process, and worker processes with one thread each, on loopback only, with TLS."""
    import dask
    import distributed

    home = Home(Path(home_root))
    # Without MALLOC_TRIM_THRESHOLD_, which Dask sets by default: with it a clip takes a third more time.
    variables = environment.variables(home.numba_cache, threads=1) | worker.NO_PROFILE
    variables[HOME_VARIABLE] = home_root
    logging.getLogger("distributed").setLevel(logging.ERROR)
    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": 10,  # the client counts the tries
            # A cluster gives up a worker that is not back in 15 s after it died; on a busy computer it is not.
            "distributed.deploy.lost-worker-timeout": "1 day",
            "distributed.nanny.pre-spawn-environ": variables,
        }
    )
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        security=distributed.Security.temporary(),  # other users of this computer cannot connect
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any free port, where 8787 may be taken
        preload=[worker.PRELOAD],
        resources={contract.resource(): 1},
        silence_logs=logging.ERROR,
    )
