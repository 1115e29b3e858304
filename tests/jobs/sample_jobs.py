"""Jobs that real job processes run in the schedule's tests."""

from __future__ import annotations

import os
import time
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.context import TaskContext


def returning(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Return why it was started."""
    return {"why": params["why"]}


def crashing(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Crash."""
    os._exit(9)


def waiting(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Create the file "running", then wait for the file "enough"."""
    (context.home.root / "running").touch()
    while not (context.home.root / "enough").exists():
        time.sleep(0.01)
    return {}


def verify(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Wait for the file "enough" in the home, then fail if there is a file "broken"."""
    context.progress(0.5, "Looking")
    while not (context.home.root / "enough").exists():
        time.sleep(0.01)
    if (context.home.root / "broken").exists():
        raise AppError(
            "verify-failed",
            title="Two clips are gone",
            reason="Their files are missing.",
            hint="Import them again.",
        )
    return {"checked": 3}


def removing_home(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Remove the home, as a user might while a job runs."""
    import shutil

    shutil.rmtree(context.home.root)
    return {}


def filling(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Fill the disk with a file, as others might meanwhile."""
    with open(params["file"], "wb", buffering=0) as file:  # noqa: PTH123
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return {"done": True}
