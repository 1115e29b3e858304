"""Jobs of the Models page: the list of registered models, and MLflow's own web interface."""

from __future__ import annotations

import importlib.metadata
import json
import logging
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import Message
from genre_desktop.core.own_files.reader import read_json
from genre_desktop.core.paths import Home, write_atomically
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, starter_models, storage
from genre_desktop.ml.registry.model_info import ModelInfo
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import SCORES
from genre_desktop.ml.task_context import JobContext
from genre_desktop.ml.training.estimator_names import TITLES

log = logging.getLogger(__name__)

LISTING = "listing.json"
"""Cache of the list beside the database, because MLflow takes seconds to return it."""


def models(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Return every version with all its details.

    Returns
    -------
    dict
        ``models`` (each as ``models --json`` has it, with ``tags``, ``params``, ``run_id``, ``run_folder``
        and ``scores``, which is empty when the run stored none), ``families`` (name to title) and
        ``web_ui`` (whether MLflow's web interface is available).

    Raises
    ------
    AppError
        As :class:`.registry.Registry`.
    """
    return _result(context.home, _cached(context.home) or _list(context.home))


def read_list(home: Home) -> dict[str, Any] | None:
    """Return the result of :func:`models` without MLflow, within milliseconds; None if that job is needed for it.

    In a fresh home these are the starters, as they will be registered, and ``fresh`` is True.
    """
    found = _cached(home)
    if found is not None:
        return _result(home, found)
    return _result(home, _starters()) | {"fresh": True} if starter_models.is_fresh(home) else None


def _result(home: Home, found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "models": [{**entry, "run_folder": _run_folder(home, entry["run_id"])} for entry in found],
        "families": dict(TITLES),
        "web_ui": has_web_ui(),
    }


def _run_folder(home: Home, run_id: str) -> str:
    return str(storage.run_folder(home, run_id)) if run_id else ""


def _starters() -> list[dict[str, Any]]:
    """Return the entries of the starters in a registry that does not exist yet, the newest version first."""
    found = []
    for alias, number in starter_models.NUMBERS.items():
        document = bundle.read(starter_models.folder(alias))
        metadata = document["metadata"]
        tags = {"kind": starter_models.STARTER, "rows": str(metadata.get("rows", ""))}
        info = ModelInfo(
            version=number,
            family=document["family"],
            aliases=(alias,),
            metrics=metadata.get("metrics", {}),
            created=time.time(),
            feature_version=document["feature_version"],
            run_id="",
            tags=tags,
            params={},
        )
        found.append(_entry(info, metadata.get("test", {})))
    return sorted(found, key=lambda entry: int(entry["version"]), reverse=True)


def keep_list(home: Home) -> None:
    """Cache the list after a change: 0.1 s where MLflow is loaded, seconds for the job of the Models page."""
    try:
        if _cached(home) is None:
            _list(home)
    except (AppError, OSError):  # the Models page says what is wrong
        log.warning("The list of models could not be kept", exc_info=True)


def has_web_ui() -> bool:
    """Return True if full MLflow is installed (the extra ``web``); the small one has no web interface."""
    if getattr(sys, "frozen", False):  # no interpreter to run its server with
        return False
    try:
        importlib.metadata.distribution("mlflow")
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def web_ui(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Serve MLflow's web interface on localhost until cancelled; the server ends with this process tree.

    Raises
    ------
    AppError
        ``no-web-ui`` when it is not installed or terminates by itself.
    """
    if not has_web_ui():
        raise AppError("no-web-ui")
    port = _free_port()
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--backend-store-uri", f"sqlite:///{alias_snapshot.database(context.home).as_posix()}"]
    server = subprocess.Popen(command)  # noqa: S603  # our interpreter, our arguments
    address = f"http://127.0.0.1:{port}"
    opened = False
    try:
        while not context.cancelled():
            if server.poll() is not None:
                raise AppError("no-web-ui/ended", code=server.returncode)
            if not opened and _accepts_connections(port):
                opened = True
                context.progress(None, Message(address))
                webbrowser.open(address)
            time.sleep(0.2)
    finally:
        server.terminate()
    return {"address": address}


def _cached(home: Home) -> list[dict[str, Any]] | None:
    """Return the cached list if the database has not changed since; the home may have been moved."""
    if starter_models.missing(home):
        return None
    try:
        stored = read_json(home.registry / LISTING)
        return list(stored["models"]) if stored["of"] == _state(home) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _list(home: Home) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for _ in range(2):  # opening the registry may change its file once; then it is open in 0.1 s
        before = _state(home)
        with starter_models.open_registry(home) as registry:
            found = [_describe(registry, info) for info in registry.models()]
        if before == _state(home):  # otherwise the registry changed meanwhile, and the list may be outdated
            write_atomically(home.registry / LISTING, json.dumps({"of": before, "models": found}).encode())
            break
    return found


def _state(home: Home) -> list[Any]:
    """Return what the list depends on, as JSON has it."""
    return [[stamp, size] for stamp, size in alias_snapshot.fingerprint(home)]


def _describe(registry: Registry, info: ModelInfo) -> dict[str, Any]:
    return _entry(info, _scores(storage.run_folder(registry.home, info.run_id)))


def _entry(info: ModelInfo, scores: dict[str, Any]) -> dict[str, Any]:
    return {
        **info.to_dict(),
        "tags": info.tags,
        "params": info.params,
        "run_id": info.run_id,
        "scores": scores,
    }


def _scores(folder: Path) -> dict[str, Any]:
    try:
        found = read_json(folder / SCORES)
    except (OSError, ValueError):  # older versions of the program stored none
        return {}
    return found if isinstance(found, dict) else {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _accepts_connections(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
