"""``dask worker`` in a process of its own, which ends when its standard input is closed.

:mod:`.worker` holds the other end: even after ``kill -9`` of the command no worker stays behind.
"""

from __future__ import annotations

import os
import signal
import threading

LEAVE_S = 15.0
"""Seconds for the workers to unregister and end; then their processes are left no choice."""


def main() -> None:
    """Run ``dask worker`` with the arguments of this process."""
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    import dask
    from distributed.cli import dask_worker

    # glibc returns memory at once with it, and a clip takes a third more time.
    dask.config.set({"distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None})
    dask_worker.main(prog_name="dask worker")


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)  # what Dask handles by closing its workers
    threading.Event().wait(LEAVE_S)
    os._exit(1)  # workers notice that this process is gone


if __name__ == "__main__":
    main()
