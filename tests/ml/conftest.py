"""A registry with two small starters, made once: creating an MLflow database takes seconds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import alias_snapshot, starter_models, storage
from genre_desktop.ml.registry.registry import Registry
from tests.ml import tiny_models


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``models`` like the shipped ones, a ``home`` with them registered, ``empty.db`` without."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "registry-template"
    with storage.locked(Home(folder)):
        if not (folder / "done").exists():
            _make(folder)
    return folder


def _make(folder: Path) -> None:
    shutil.rmtree(folder / "home", ignore_errors=True)
    bundle.save(tiny_models.linear(), folder / "models" / "champion")
    bundle.save(tiny_models.boosted(), folder / "models" / "fallback")
    home = Home(folder / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starter_models, "folder", lambda alias: folder / "models" / alias)
        with Registry(home) as registry:
            _ = registry.client
        shutil.copy2(alias_snapshot.database(home), folder / "empty.db")
        starter_models.open_registry(home).close()
    (folder / "done").touch()


@pytest.fixture
def with_starters(template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Replace the shipped models by the small ones."""
    monkeypatch.setattr(starter_models, "folder", lambda alias: template / "models" / alias)
    return template / "models"


@pytest.fixture
def quick_database(template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """New databases are copies of a finished one; for tests that are not about making them."""
    monkeypatch.setattr(storage, "_create", lambda path: shutil.copy2(template / "empty.db", path))
    return template / "empty.db"


@pytest.fixture
def home(template: Path, with_starters: Path, tmp_path: Path) -> Home:
    """A home with the starters registered, moved from where it was created."""
    shutil.copytree(template / "home", tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def registry(home: Home) -> Iterator[Registry]:
    """Its registry."""
    with starter_models.open_registry(home) as opened:
        yield opened
