from __future__ import annotations

import sqlite3

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files import damage


def test_a_query_on_a_damaged_file_raises_a_problem_and_marks_the_file(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"no database" * 1000)
    connection = sqlite3.connect(path, factory=damage.GuardedConnection)
    connection.path = path
    with pytest.raises(AppError) as caught:
        connection.execute("SELECT 1 FROM sqlite_master")
    assert isinstance(caught.value, sqlite3.DatabaseError)
    assert caught.value.problem.code == "store-damaged"
    assert damage.suspect(path).exists()
    connection.close()


def test_other_errors_pass_as_they_are(tmp_path):
    connection = sqlite3.connect(tmp_path / "a.db", factory=damage.GuardedConnection)
    connection.path = tmp_path / "a.db"
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        connection.execute("SELECT 1 FROM absent")
    assert not damage.suspect(connection.path).exists()
    connection.close()
