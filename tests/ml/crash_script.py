"""Changes a registry and is killed before a given call.

Runs as a separate process that imports MLflow once, which takes seconds, and forks for every job: it
reads lines of JSON with jobs and writes lines with exit statuses.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from genre_desktop import environment


def main() -> None:
    """Process lines until the input ends."""
    environment.set_up()
    for name in ("mlflow.store.tracking.sqlalchemy_store", "sklearn.pipeline", "skops.io"):
        importlib.import_module(name)
    for line in sys.stdin:
        children = [_fork(job) for job in json.loads(line)]
        print(json.dumps([os.waitpid(child, 0)[1] for child in children]), flush=True)


def _fork(job: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work(**job)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def work(root: str, models: str, action: str, moment: str = "", times: int = 1, empty: str = "") -> None:
    """Do ``action`` ("starters", "register FOLDER", "promote N"); die before the ``times``-th call of ``moment``.

    ``empty`` is a finished database to copy where a new one is asked for.
    """
    from mlflow import MlflowClient

    from genre_desktop.core.paths import Home
    from genre_desktop.ml.registry import starter_models, storage
    from genre_desktop.ml.registry.registry import Registry

    starter_models.folder = lambda alias: Path(models) / alias  # type: ignore[assignment]
    if empty:
        storage._create = lambda path: shutil.copy2(empty, path)  # type: ignore[assignment]
    if moment:
        die_at(storage if hasattr(storage, moment) else MlflowClient, moment, times)
    verb, _, what = action.partition(" ")
    with Registry(Home(Path(root))) as registry:
        if verb == "starters":
            starter_models.ensure(registry)
        elif verb == "register":
            registry.register(Path(what))
        else:
            registry.promote(what)


def die_at(owner: Any, name: str, times: int) -> None:
    """Replace a function by one that ends this process, hard, at its ``times``-th call."""
    original = getattr(owner, name)
    calls = iter(range(1, times + 1))

    def replacement(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    setattr(owner, name, replacement)


if __name__ == "__main__":
    main()
