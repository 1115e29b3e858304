"""The common base of the classes that read and write the store."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from genre_desktop.core.own_files.damaged_rows import readable
from genre_desktop.core.store.database import Database

SLICE = 100
"""Rows deleted in one transaction."""
PAUSE_S = 0.01
"""Pause between slices, at least; SQLite wakes a waiting writer by trial, so it needs some free time."""


def pause(started: float) -> None:
    """Let other writers work for as long as a slice took that began at ``started`` (``time.monotonic``)."""
    time.sleep(max(PAUSE_S, time.monotonic() - started))


Parsed = TypeVar("Parsed")


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "replace")


class Repository:
    """Access to one kind of record.

    Parameters
    ----------
    db:
        The store.
    clock:
        Seconds since 1970, for tests.
    """

    def __init__(self, db: Database, clock: Callable[[], float] = time.time) -> None:
        self._db = db
        self._clock = clock

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        return self._lenient(lambda: self._db.connection.execute(query, values).fetchall())

    def _row(self, query: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._lenient(lambda: self._db.connection.execute(query, values).fetchone())
        return row

    def _lenient(self, read: Callable[[], Parsed]) -> Parsed:
        """Read; text that is no UTF-8, which the program never writes, is read with replacement characters."""
        try:
            return read()
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
            self._db.connection.text_factory = _decode  # slower, so only from now on
            return read()

    def _parsed(
        self, table: str, rows: Iterable[sqlite3.Row], parse: Callable[[sqlite3.Row], Parsed]
    ) -> Iterator[Parsed]:
        """Yield the parsed rows; damaged ones are left out, counted and reported."""
        return readable(self._db.path, table, rows, parse, lambda row: row["id"])

    def _number(self, query: str, *values: object) -> int:
        return int(self._db.connection.execute(query, values).fetchone()[0])

    def _write(self, statement: str, *values: object) -> int:
        """Run a statement in a transaction; return the number of rows it changed."""
        with self._db.transaction() as connection:
            return connection.execute(statement, values).rowcount

    def _insert(self, table: str, **values: object) -> int:
        """Add a row; return its id."""
        marks = ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608  # names are literals
        with self._db.transaction() as connection:
            return connection.execute(statement, tuple(values.values())).lastrowid or 0

    def _delete(self, table: str, condition: str, *values: object, at_once: int = SLICE) -> int:
        """Delete rows, ``at_once`` at a time, so that other writers hardly wait; return how many."""
        statement = (
            f"DELETE FROM {table} WHERE rowid IN "  # noqa: S608  # literals
            f"(SELECT rowid FROM {table} WHERE {condition} LIMIT {at_once})"
        )
        total = 0
        while True:
            started = time.monotonic()
            deleted = self._write(statement, *values)
            total += deleted
            if deleted < at_once:
                return total
            pause(started)
