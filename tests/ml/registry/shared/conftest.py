"""Desktops with small starters, the stock server, and connections to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import starter_models
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.shared.connection import ServerOptions, SharedServer, connect
from tests.fakes import keyring_backend
from tests.fixtures.mlflow_server import MlflowServer
from tests.ml import tiny_models

Desktop = Callable[[str], Registry]
Connect = Callable[[str], SharedServer]


@pytest.fixture(autouse=True)
def keyring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No credentials, and never the system's own store."""
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    return tmp_path / "keyring.json"


@pytest.fixture
def desktop(template: Path, with_starters: Path, tmp_path: Path) -> Iterator[Desktop]:
    """Open the registry of a desktop by its name; each has the two starters as versions 1 and 2."""
    with ExitStack() as stack:

        def open_(name: str) -> Registry:
            shutil.copytree(template / "home", tmp_path / name)
            return stack.enter_context(starter_models.open_registry(Home(tmp_path / name)))

        yield open_


@pytest.fixture
def open_server() -> Iterator[Connect]:
    """Connect to a server until the end of the test."""
    with ExitStack() as stack:
        yield lambda uri: stack.enter_context(connect(ServerOptions.at(uri)))


@pytest.fixture
def server(empty_server: MlflowServer, open_server: Connect) -> SharedServer:
    """A connection to the empty stock server."""
    return open_server(empty_server.uri)


def train(registry: Registry, seed: int) -> str:
    """Register another small model, with the artifacts of a retrain, and return its version."""
    folder = registry.home.root / f"model-{seed}"
    bundle.save(tiny_models.linear(seed=seed), folder)
    with registry.run("retrain", {"kind": "retrain"}) as run:
        run.params({"seed": seed, "families": "logistic"})
        run.metrics({"gmean": 0.5 + seed / 1000, "per_genre": {"jazz": {"recall": 0.25}}})
        run.text("scores.json", '{"n": 3}')
        run.text("confusion.svg", "<svg/>")
        run.text("training_rows.npz", "rows with artists")
        return registry.register(folder, run=run, tags={"kind": "retrain", "rows": 80, "corrections": 3})
