"""The history of genres written into files, with the previous genres, so that they can be restored."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass

from genre_desktop.core.store.repository import Repository


@dataclass(frozen=True, slots=True)
class TagWrite:
    """One file's change.

    ``before`` and ``after`` are the entries of the genre field; ``had_tags`` is False for a file
    without any tags. ``stamp`` is its size and modification time after writing.
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
    """Files written together: time (seconds since 1970), number of files, and path of the first."""

    id: int
    time: float
    files: int
    first: str


class TagWrites(Repository):
    """Adds, reads and closes records of tag writes."""

    def new_batch(self) -> int:
        """Return the number of the next batch."""
        return self._number("SELECT coalesce(max(batch), 0) + 1 FROM tag_writes")

    def add(
        self, batch: int, path: str, before: tuple[str, ...], had_tags: bool, after: tuple[str, ...]
    ) -> int:
        """Record a change before it is written; return its id."""
        return self._insert(
            "tag_writes",
            batch=batch,
            time=self._clock(),
            path=os.fsencode(path),
            before=json.dumps({"genres": before, "had_tags": had_tags}),
            after=json.dumps(after),
            stamp="",
        )

    def done(self, write_id: int, stamp: str) -> None:
        """Record that the file is written, with its new stamp."""
        self._write("UPDATE tag_writes SET stamp = ? WHERE id = ?", stamp, write_id)

    def drop(self, write_id: int) -> None:
        """Delete the record of a change that did not take place."""
        self._write("DELETE FROM tag_writes WHERE id = ?", write_id)

    def restored(self, write_id: int, stamp: str) -> None:
        """Record that the previous genres are restored, with the file's new stamp."""
        statement = "UPDATE tag_writes SET restored = ?, stamp = ? WHERE id = ?"
        self._write(statement, self._clock(), stamp, write_id)

    def standing(self, batch: int) -> list[TagWrite]:
        """Return the changes of a batch that were not undone, last written first."""
        query = "SELECT * FROM tag_writes WHERE batch = ? AND restored IS NULL ORDER BY id DESC"
        return [_tag_write(row) for row in self._rows(query, batch)]

    def batches(self, n: int = 50) -> list[TagBatch]:
        """Return the batches that were not completely undone, newest first."""
        rows = self._rows(
            "SELECT batch, max(time) AS time, count(*) AS files, min(id) AS first FROM tag_writes "
            "WHERE restored IS NULL GROUP BY batch ORDER BY batch DESC LIMIT ?",
            n,
        )
        return [TagBatch(row["batch"], row["time"], row["files"], self._path(row["first"])) for row in rows]

    def is_ours(self, path: str, stamp: str) -> bool:
        """Return whether a file still has the stamp of this app's last change."""
        query = "SELECT stamp FROM tag_writes WHERE path = ? ORDER BY id DESC LIMIT 1"
        row = self._row(query, os.fsencode(path))
        return row is not None and row["stamp"] == stamp

    def _path(self, write_id: int) -> str:
        row = self._rows("SELECT path FROM tag_writes WHERE id = ?", write_id)[0]
        return os.fsdecode(row["path"])


def _tag_write(row: sqlite3.Row) -> TagWrite:
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
