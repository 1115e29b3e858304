"""Works on a registry and is killed at a named moment; run as a process of its own by the tests."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from genre_desktop import early
from genre_desktop.core.paths import Home


def main(root: str, models: str, action: str, moment: str, times: int) -> None:
    """Do ``action`` ("starters", "register FOLDER", "promote N"); die before the ``times``-th call of ``moment``."""
    early.set_up()
    from mlflow import MlflowClient

    from genre_desktop.ml import registry_starters, registry_store
    from genre_desktop.ml.registry import Registry

    registry_starters.folder = lambda alias: Path(models) / alias  # type: ignore[assignment]
    owner: Any = registry_store if hasattr(registry_store, moment) else MlflowClient
    if moment:
        die_at(owner, moment, times)
    verb, _, what = action.partition(" ")
    with Registry(Home(Path(root))) as registry:
        if verb == "starters":
            registry.ensure_starters()
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
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return original(*args, **kwargs)

    setattr(owner, name, replacement)


if __name__ == "__main__":
    main(*sys.argv[1:5], int(sys.argv[5]))  # type: ignore[call-arg]
