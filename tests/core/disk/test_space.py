"""A full disk is recognised: on a small file system of its own where one may be mounted."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.core.disk import space
from genre_desktop.core.errors import AppError, disk_full, problem_of
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from tests.fixtures.small_disk import fill


def test_the_errors_of_a_full_disk_are_told_from_others() -> None:
    assert space.is_full(OSError(errno.ENOSPC, "full"))
    assert not space.is_full(OSError(errno.EIO, "broken"))
    assert not space.is_full(ValueError())
    wrapped = RuntimeError()
    wrapped.__cause__ = OSError(errno.ENOSPC, "full")
    assert problem_of(wrapped).code == "no-space"
    assert disk_full(AppError(problem_of(wrapped))) == problem_of(wrapped)


def test_a_store_on_a_full_disk_says_so_and_works_again_with_space(small_disk: Path) -> None:
    with closing(Database(small_disk / "store.db")) as database:
        state = KeyValueStore(database)
        state.set("before", 1)
        filler = fill(small_disk)
        with pytest.raises(AppError) as refused:
            state.set("large", "x" * 200_000)
        assert refused.value.problem.code == "no-space"
        assert str(small_disk) in str(refused.value.problem.reason)
        assert state.get("before", 0) == 1
        filler.unlink()
        state.set("large", "x")
        assert state.get("large", "") == "x"


def test_a_new_store_on_a_full_disk_is_not_called_damaged(small_disk: Path) -> None:
    fill(small_disk)
    with pytest.raises(AppError) as refused:
        Database(small_disk / "store.db")
    assert refused.value.problem.code == "no-space"


def test_a_statement_of_its_own_says_so_too(small_disk: Path) -> None:
    with closing(Database(small_disk / "store.db")) as database:
        fill(small_disk)
        with pytest.raises(AppError) as refused:
            database.connection.execute(
                "INSERT INTO state (key, value) VALUES ('large', ?)", ("x" * 200_000,)
            )
        assert refused.value.problem.code == "no-space"
        assert isinstance(refused.value, sqlite3.Error)
        assert refused.value.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL
