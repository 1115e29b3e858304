"""Errors of the disk and of locks reach users in words, and those who expect SQLite's errors get them all the same."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files.query_errors import QueryError
from genre_desktop.core.store import database as database_module
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(database_module, "WAIT_S", 0.05)
    with closing(Database(tmp_path / "folder" / "store.db")) as opened:
        yield opened


def refused(database: Database) -> QueryError:
    with pytest.raises(QueryError) as caught:
        KeyValueStore(database).set("key", 1)
    assert isinstance(caught.value, AppError)
    assert isinstance(caught.value, sqlite3.OperationalError)
    assert not database.connection.in_transaction
    return caught.value


def test_a_statement_that_may_not_write(database: Database) -> None:
    database.connection.execute("PRAGMA query_only=ON")
    error = refused(database)
    assert error.problem.code == "store-failed"
    assert error.sqlite_errorname == "SQLITE_READONLY"
    assert str(database.path) in str(error.problem.reason)
    database.connection.execute("PRAGMA query_only=OFF")
    KeyValueStore(database).set("key", 2)
    assert KeyValueStore(database).get("key", 0) == 2


def test_a_locked_file(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused(database).problem.key == "store-busy/locked"


def test_a_file_that_cannot_be_opened(database: Database) -> None:
    database.close()
    shutil.rmtree(database.path.parent)
    with pytest.raises(QueryError) as caught:
        KeyValueStore(database).set("key", 1)
    assert caught.value.problem.code == "store-failed"
    database.path.parent.mkdir()


def test_a_full_disk(database: Database) -> None:
    pages = int(database.connection.execute("PRAGMA page_count").fetchone()[0])
    database.connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(QueryError) as caught:
        KeyValueStore(database).set("key", "x" * 100_000)
    assert caught.value.problem.code == "no-space"


def test_a_mistake_of_the_program_stays_one(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table") as caught:
        database.connection.execute("SELECT 1 FROM elsewhere")
    assert not isinstance(caught.value, AppError)


def test_it_crosses_processes(database: Database) -> None:
    database.connection.execute("PRAGMA query_only=ON")
    assert pickle.loads(pickle.dumps(refused(database))).problem.code == "store-failed"
