"""Resolution of aliases while the registry is incomplete."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.inference.model_cache import GRACE_S, ModelCache
from genre_desktop.ml.registry import alias_snapshot, starter_models


def test_starters_serve_while_another_process_registers_them(
    template: Path, with_starters: Path, tmp_path: Path
) -> None:
    home = Home(tmp_path).create()
    expected = starter_models.unregistered(home)
    models = ModelCache(home)
    assert models.snapshot() == expected
    shutil.copy2(template / "empty.db", alias_snapshot.database(home))  # the database is there, no alias yet
    assert_starters(models, expected)
    version = replace(expected.versions["1"], version="9")
    alias_snapshot.write(
        home, alias_snapshot.AliasSnapshot({}, {"9": version})
    )  # registered, no alias set yet
    assert_starters(models, expected)


def test_an_unfinished_promotion_does_not_load_mlflow(
    template: Path, with_starters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, now, queries = Home(tmp_path).create(), [0.0], []
    expected = starter_models.unregistered(home)
    models = ModelCache(home, clock=lambda: now[0])
    assert models.snapshot() == expected
    monkeypatch.setattr(ModelCache, "_query_mlflow", lambda _: queries.append(now[0]))
    shutil.copy2(template / "empty.db", alias_snapshot.database(home))
    move_alias(home, "champion", "1")  # the other alias and the snapshot are still to come
    assert_starters(models, expected)
    now[0] = GRACE_S - 0.1
    assert_starters(models, expected)
    assert queries == []
    now[0] = GRACE_S  # no longer an unfinished write: another program moved the alias
    models.snapshot()
    assert queries == [GRACE_S]


def test_every_disagreement_gets_its_own_grace(
    template: Path, with_starters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, now, queries = Home(tmp_path).create(), [0.0], []
    models = ModelCache(home, clock=lambda: now[0])
    starters = models.snapshot()
    monkeypatch.setattr(ModelCache, "_query_mlflow", lambda _: queries.append(now[0]))
    shutil.copy2(template / "empty.db", alias_snapshot.database(home))
    move_alias(home, "champion", "1")
    models.snapshot()
    alias_snapshot.write(home, alias_snapshot.AliasSnapshot({"champion": "1"}, starters.versions))
    assert models.snapshot().aliases == {"champion": "1"}
    now[0] = 100.0
    move_alias(home, "fallback", "2")
    models.snapshot()
    assert queries == []


def move_alias(home: Home, alias: str, version: str) -> None:
    """As MLflow does it."""
    with closing(sqlite3.connect(alias_snapshot.database(home))) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO registered_model_aliases (name, alias, version) VALUES (?, ?, ?)",
            (alias_snapshot.MODEL, alias, version),
        )


def assert_starters(models: ModelCache, expected: alias_snapshot.AliasSnapshot) -> None:
    for alias in ("champion", "fallback"):
        version = models.find(alias)
        assert version == expected.resolve(alias)
        assert models.get(version).classes
    assert models.registry_error == ""


def test_starters_serve_in_place_of_two_models_without_files(home: Home) -> None:
    models = ModelCache(home)
    for alias in ("champion", "fallback"):
        models.get(models.find(alias))
    for alias in ("champion", "fallback"):
        shutil.rmtree(models.find(alias).path(home))
    for alias in ("champion", "fallback"):  # the first notices it
        with contextlib.suppress(AppError):
            models.get(models.find(alias))
    starters = starter_models.unregistered(home)
    for alias, number in starters.aliases.items():
        assert models.find(alias).folder == starters.versions[number].folder
        models.get(models.find(alias))
    assert "a starter model is used instead" in models.registry_error
