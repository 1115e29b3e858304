"""Jobs around the registry for the Models page: what there is, and MLflow's own pages. MLflow stays in here."""

from __future__ import annotations

import importlib.metadata
import json
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import Message
from genre_desktop.core.paths import Home, write_atomically
from genre_desktop.ml.registry import alias_snapshot, starter_models
from genre_desktop.ml.registry.model_info import ModelInfo
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import SCORES
from genre_desktop.ml.task_context import JobContext
from genre_desktop.ml.training.estimator_names import TITLES

LISTING = "listing.json"
"""The list as it was last read, kept beside the database: MLflow takes seconds to say the same again."""


def models(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Every version with all that is known about it.

    Returns
    -------
    dict
        ``models`` (each as ``models --json`` has it, with ``tags``, ``params``, ``run_id``, ``run_folder``
        and ``scores``, which is empty when the run kept none), ``families`` (name to title) and
        ``web_ui`` (whether MLflow's pages can be opened).

    Raises
    ------
    AppError
        As :class:`.registry.Registry`.
    """
    found = _remembered(context.home)
    return {
        "models": _listed(context.home) if found is None else found,
        "families": dict(TITLES),
        "web_ui": has_web_ui(),
    }


def has_web_ui() -> bool:
    """Whether full MLflow is installed (the extra ``web``); the small one has no pages."""
    if getattr(sys, "frozen", False):  # there is no interpreter to run its server with
        return False
    try:
        importlib.metadata.distribution("mlflow")
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def web_ui(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Serve MLflow's pages on this computer only, until cancelled; its server ends with this process tree.

    Raises
    ------
    AppError
        ``no-web-ui`` when it is not installed or ends by itself.
    """
    if not has_web_ui():
        raise AppError("no-web-ui")
    port = _free_port()
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--backend-store-uri", f"sqlite:///{alias_snapshot.database(context.home).as_posix()}"]
    server = subprocess.Popen(command)  # noqa: S603  # our interpreter, our words
    address = f"http://127.0.0.1:{port}"
    opened = False
    try:
        while not context.cancelled():
            if server.poll() is not None:
                raise AppError("no-web-ui/ended", code=server.returncode)
            if not opened and _answers(port):
                opened = True
                context.progress(None, Message(address))
                webbrowser.open(address)
            time.sleep(0.2)
    finally:
        server.terminate()
    return {"address": address}


def _remembered(home: Home) -> list[dict[str, Any]] | None:
    """The list as it was last read, if neither the database nor the home has changed since."""
    if starter_models.missing(home):
        return None
    try:
        stored = json.loads((home.registry / LISTING).read_text("utf-8"))
        fits = stored["of"] == _state(home)
        return list(stored["models"]) if fits else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _listed(home: Home) -> list[dict[str, Any]]:
    before = _state(home)
    with starter_models.open_registry(home) as registry:
        found = [_described(registry, info) for info in registry.models()]
    if before == _state(home):  # else somebody wrote meanwhile, and the next reader looks again
        write_atomically(home.registry / LISTING, json.dumps({"of": before, "models": found}).encode())
    return found


def _state(home: Home) -> list[Any]:
    """What the list depends on; run folders are told absolutely."""
    return [str(home.root), *([stamp, size] for stamp, size in alias_snapshot.fingerprint(home))]


def _described(registry: Registry, info: ModelInfo) -> dict[str, Any]:
    folder = registry.run_folder(info.run_id)
    return {
        **info.to_dict(),
        "tags": info.tags,
        "params": info.params,
        "run_id": info.run_id,
        "run_folder": str(folder),
        "scores": _scores(folder),
    }


def _scores(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / SCORES).read_text("utf-8"))
    except (OSError, ValueError):  # versions of older programs keep none
        return {}
    return found if isinstance(found, dict) else {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
