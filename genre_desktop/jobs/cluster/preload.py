"""Loaded by each worker of a cluster before its first task (``dask worker --preload``)."""

from __future__ import annotations

import threading
from typing import Any

from genre_desktop import environment


def dask_setup(worker: Any) -> None:
    """Prepare the process and warm it up meanwhile."""
    environment.set_up()
    from genre_desktop.jobs.cluster import tasks

    tasks.watch()
    threading.Thread(target=tasks.warm, name="warm-up", daemon=True).start()
