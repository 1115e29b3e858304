"""Answers that retention deleted: kept for a week in files of their own, from which they can be had back."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from genre_desktop.core.disk.sync import sync_folder
from genre_desktop.core.own_files import damage
from genre_desktop.core.own_files.set_aside import set_aside
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import TOO_OLD

KEEP_S = 7 * 86_400.0
_SAME_ANSWER = (
    "CASE WHEN EXISTS (SELECT 1 FROM main.predictions p WHERE p.id = k.prediction_id "
    "AND p.clip_hash = k.clip_hash) THEN k.prediction_id END"
)
_TABLES = {"predictions": TOO_OLD, "listing": "time < ?"}


def folder(home: Home) -> Path:
    """Return the folder of the files."""
    return home.root / "deleted"


def keep(home: Home, database: Database, moment: float) -> int:
    """Copy the answers and rows of the list that are older than ``moment``; return how many answers.

    To be called before they are deleted: killed in between, they are in both places, which does no harm.
    """
    connection = database.connection
    conditions = {name: f"FROM main.{name} WHERE {condition}" for name, condition in _TABLES.items()}
    counts = {
        name: int(connection.execute(f"SELECT count(*) {rest}", (moment,)).fetchone()[0])  # literals
        for name, rest in conditions.items()
    }
    if any(counts.values()):
        with _attached(database, _new_file(home)):
            for name, rest in conditions.items():
                connection.execute(f"CREATE TABLE kept.{name} AS SELECT * {rest}", (0.0,))
                connection.execute(f"DELETE FROM kept.{name}")  # noqa: S608
                connection.execute(f"INSERT INTO kept.{name} SELECT * {rest}", (moment,))
        for changed in (folder(home), home.root):  # before they are deleted from the store
            sync_folder(changed)
    return counts["predictions"]


def restore(home: Home, database: Database) -> int:
    """Put back everything that is kept; return the number of answers."""
    restored = 0
    for path in sorted(folder(home).glob("*.db")):
        try:
            with _attached(database, path), database.transaction() as connection:
                restored += _insert(connection, "predictions", {}, "m.time = k.time AND m.path = k.path")
                _insert(connection, "listing", {"prediction_id": _SAME_ANSWER}, "m.path = k.path")
        except damage.DamagedError:
            set_aside(path)
        path.unlink(missing_ok=True)
    return restored


def prune(home: Home, now: float) -> None:
    """Delete what was kept for a week."""
    for path in folder(home).glob("*.db"):
        age = now - path.stat().st_mtime
        if age < 0:  # written while the clock was wrong: a week from now
            os.utime(path, (now, now))
        elif age > KEEP_S:
            path.unlink(missing_ok=True)


def forget(home: Home) -> None:
    """Delete everything that is kept, at once."""
    shutil.rmtree(folder(home), ignore_errors=True)


def _insert(connection: sqlite3.Connection, table: str, replaced: dict[str, str], same: str) -> int:
    """Copy the rows that are not there; a row whose id was given to another meanwhile gets a new one."""
    columns = [_columns(connection, schema, table) for schema in ("main", "kept")]
    shared = [name for name in columns[0] if name in columns[1]]
    free = f"CASE WHEN k.id IN (SELECT id FROM main.{table}) THEN NULL ELSE k.id END"  # noqa: S608
    values = {name: f"k.{name}" for name in shared} | {"id": free} | replaced
    return connection.execute(
        f"INSERT OR IGNORE INTO main.{table} ({', '.join(values)}) SELECT {', '.join(values.values())} "  # noqa: S608
        f"FROM kept.{table} k WHERE NOT EXISTS (SELECT 1 FROM main.{table} m WHERE {same}) ORDER BY k.id"
    ).rowcount


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [str(row[1]) for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]


@contextlib.contextmanager
def _attached(database: Database, path: Path) -> Iterator[None]:
    database.connection.execute("ATTACH DATABASE ? AS kept", (str(path),))
    try:
        yield
    finally:
        database.connection.execute("DETACH DATABASE kept")


def _new_file(home: Home) -> Path:
    folder(home).mkdir(mode=0o700, exist_ok=True)
    stem, number = time.strftime("answers-%Y%m%d-%H%M%S"), 1
    while True:
        path = folder(home) / f"{stem}{'' if number == 1 else f'-{number}'}.db"
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            number += 1
        else:
            return path
