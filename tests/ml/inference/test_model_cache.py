"""What an alias means while the registry is only half made."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.ml.inference.model_cache import GRACE_S, ModelCache
from genre_desktop.ml.registry import alias_snapshot, starter_models


def test_starters_serve_while_another_process_registers_them(
    template: Path, with_starters: Path, tmp_path: Path
) -> None:
    home = Home(tmp_path).create()
    expected = starter_models.unregistered(home)
    shelf = ModelCache(home)
    assert shelf.snapshot() == expected
    shutil.copy2(template / "empty.db", alias_snapshot.database(home))  # the database is there, no alias yet
    assert_starters(shelf, expected)
    version = replace(expected.versions["1"], version="9")
    alias_snapshot.write(
        home, alias_snapshot.AliasSnapshot({}, {"9": version})
    )  # registered, no alias set yet
    assert_starters(shelf, expected)


def test_a_promotion_seen_half_way_costs_nobody_the_seconds_of_mlflow(
    template: Path, with_starters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, now, asked = Home(tmp_path).create(), [0.0], []
    expected = starter_models.unregistered(home)
    shelf = ModelCache(home, clock=lambda: now[0])
    assert shelf.snapshot() == expected
    monkeypatch.setattr(ModelCache, "_ask_mlflow", lambda _: asked.append(now[0]))
    shutil.copy2(template / "empty.db", alias_snapshot.database(home))
    move_alias(home, "champion", "1")  # the other alias and the snapshot are still to come
    assert_starters(shelf, expected)
    now[0] = GRACE_S - 0.1
    assert_starters(shelf, expected)
    assert asked == []
    now[0] = GRACE_S  # nobody is about to write it: another program moved the alias
    shelf.snapshot()
    assert asked == [GRACE_S]


def test_every_disagreement_gets_its_own_grace(
    template: Path, with_starters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, now, asked = Home(tmp_path).create(), [0.0], []
    shelf = ModelCache(home, clock=lambda: now[0])
    starters = shelf.snapshot()
    monkeypatch.setattr(ModelCache, "_ask_mlflow", lambda _: asked.append(now[0]))
    shutil.copy2(template / "empty.db", alias_snapshot.database(home))
    move_alias(home, "champion", "1")
    shelf.snapshot()
    alias_snapshot.write(home, alias_snapshot.AliasSnapshot({"champion": "1"}, starters.versions))
    assert shelf.snapshot().aliases == {"champion": "1"}
    now[0] = 100.0
    move_alias(home, "fallback", "2")
    shelf.snapshot()
    assert asked == []


def move_alias(home: Home, alias: str, version: str) -> None:
    """As MLflow does it."""
    with closing(sqlite3.connect(alias_snapshot.database(home))) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO registered_model_aliases (name, alias, version) VALUES (?, ?, ?)",
            (alias_snapshot.MODEL, alias, version),
        )


def assert_starters(shelf: ModelCache, expected: alias_snapshot.AliasSnapshot) -> None:
    for alias in ("champion", "fallback"):
        version = shelf.find(alias)
        assert version == expected.resolve(alias)
        assert shelf.get(version).classes
    assert shelf.trouble == ""
