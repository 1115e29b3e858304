"""Loaded by each worker of a cluster before its first task (``dask worker --preload``)."""

from __future__ import annotations

import signal
import threading
from typing import Any

from genre_desktop import environment


def dask_setup(worker: Any) -> None:
    """Prepare the process and warm it up meanwhile."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started the workers
    environment.set_up()
    from genre_desktop.jobs.cluster import tasks

    tasks.watch()
    threading.Thread(target=tasks.warm, name="warm-up", daemon=True).start()
