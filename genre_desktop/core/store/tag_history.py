"""Genres that were written into files, and what stood there before, so that it can be put back any day."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass

from genre_desktop.core.store.repository import Repository


@dataclass(frozen=True, slots=True)
class TagWrite:
    """One file's change.

    ``before`` and ``after`` are the entries as they stood in the file; ``had_tags`` is False for one
    that had no tags at all. ``stamp`` is its size and time as we left it.
    """

    id: int
    batch: int
    time: float
    path: str
    before: tuple[str, ...]
    had_tags: bool
    after: tuple[str, ...]
    stamp: str


@dataclass(frozen=True, slots=True)
class TagBatch:
    """Files written together: when (seconds since 1970), how many, and the first of them."""

    id: int
    time: float
    files: int
    first: str


class TagWrites(Repository):
    """Adds, reads and closes records of tag writes."""

    def new_batch(self) -> int:
        """The number for what is written together next."""
        row = self._db.connection.execute("SELECT coalesce(max(batch), 0) + 1 FROM tag_writes").fetchone()
        return int(row[0])

    def add(
        self, batch: int, path: str, before: tuple[str, ...], had_tags: bool, after: tuple[str, ...]
    ) -> int:
        """Keep what is about to be overwritten; returns its id."""
        with self._db.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO tag_writes (batch, time, path, before, after, stamp) VALUES (?, ?, ?, ?, ?, '')",
                (
                    batch,
                    self._clock(),
                    os.fsencode(path),
                    json.dumps({"genres": before, "had_tags": had_tags}),
                    json.dumps(after),
                ),
            )
        return int(cursor.lastrowid or 0)

    def done(self, write_id: int, stamp: str) -> None:
        """The file is written; this is its size and time now."""
        self._set("stamp", stamp, write_id)

    def drop(self, write_id: int) -> None:
        """Nothing came of it: the file is as it was."""
        with self._db.transaction() as connection:
            connection.execute("DELETE FROM tag_writes WHERE id = ?", (write_id,))

    def restored(self, write_id: int, stamp: str) -> None:
        """What stood there before stands there again; this is the file's size and time now."""
        with self._db.transaction():
            self._set("restored", self._clock(), write_id)
            self._set("stamp", stamp, write_id)

    def standing(self, batch: int) -> list[TagWrite]:
        """What of a batch was not taken back, the last written first."""
        rows = self._db.connection.execute(
            "SELECT * FROM tag_writes WHERE batch = ? AND restored IS NULL ORDER BY id DESC", (batch,)
        )
        return [_write(row) for row in rows]

    def batches(self, n: int = 50) -> list[TagBatch]:
        """Batches of which something was not taken back, newest first."""
        rows = self._db.connection.execute(
            "SELECT batch, max(time) AS time, count(*) AS files, min(id) AS first FROM tag_writes "
            "WHERE restored IS NULL GROUP BY batch ORDER BY batch DESC LIMIT ?",
            (n,),
        ).fetchall()
        return [TagBatch(row["batch"], row["time"], row["files"], self._path(row["first"])) for row in rows]

    def is_ours(self, path: str, stamp: str) -> bool:
        """Whether a file looks as we left it: nobody else has changed it since."""
        row = self._db.connection.execute(
            "SELECT stamp FROM tag_writes WHERE path = ? ORDER BY id DESC LIMIT 1", (os.fsencode(path),)
        ).fetchone()
        return row is not None and row["stamp"] == stamp

    def _path(self, write_id: int) -> str:
        row = self._db.connection.execute("SELECT path FROM tag_writes WHERE id = ?", (write_id,)).fetchone()
        return os.fsdecode(row["path"])

    def _set(self, column: str, value: object, write_id: int) -> None:
        with self._db.transaction() as connection:
            connection.execute(f"UPDATE tag_writes SET {column} = ? WHERE id = ?", (value, write_id))  # noqa: S608


def _write(row: sqlite3.Row) -> TagWrite:
    before = json.loads(row["before"])
    return TagWrite(
        row["id"],
        row["batch"],
        row["time"],
        os.fsdecode(row["path"]),
        tuple(before["genres"]),
        bool(before["had_tags"]),
        tuple(json.loads(row["after"])),
        row["stamp"],
    )
