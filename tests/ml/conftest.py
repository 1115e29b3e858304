"""A registry with two small starters, made once: a new MLflow database takes seconds, a copy none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.ml import bundle, registry_starters
from genre_desktop.ml.registry import Registry
from tests.ml import tiny_models


@pytest.fixture(scope="session")
def starters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like ``models/``: a logistic champion and an XGBoost fallback."""
    folder = tmp_path_factory.mktemp("models")
    bundle.save(tiny_models.linear(), folder / "champion")
    bundle.save(tiny_models.boosted(), folder / "fallback")
    return folder


@pytest.fixture(scope="session")
def registered(tmp_path_factory: pytest.TempPathFactory, starters: Path) -> Path:
    """The root of a home whose registry holds the starters; copy it, never open it."""
    root = tmp_path_factory.mktemp("template") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry_starters, "folder", lambda alias: starters / alias)
        with Registry(Home(root)) as registry:
            registry.ensure_starters()
    return root


@pytest.fixture
def with_starters(starters: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small models stand in for those that come with the program."""
    monkeypatch.setattr(registry_starters, "folder", lambda alias: starters / alias)
    return starters


@pytest.fixture
def home(registered: Path, with_starters: Path, tmp_path: Path) -> Home:
    """A home with the starters registered, somewhere else than where they were."""
    shutil.copytree(registered, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def registry(home: Home) -> Iterator[Registry]:
    """Its registry."""
    with Registry(home) as opened:
        yield opened
