"""The history of tags written into files, with the previous values, so that they can be restored."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import asdict, dataclass, fields
from typing import Any

from genre_desktop.core.own_files.reader import parse_json
from genre_desktop.core.store.repository import Repository


@dataclass(frozen=True, slots=True)
class TagValues:
    """The entries of the fields for genre, mood, tempo and key; None for a field that was not written."""

    genres: tuple[str, ...] | None = None
    moods: tuple[str, ...] | None = None
    bpm: tuple[str, ...] | None = None
    key: tuple[str, ...] | None = None


FIELDS = tuple(field.name for field in fields(TagValues))


@dataclass(frozen=True, slots=True)
class TagWrite:
    """One file's change.

    ``had_tags`` is False for a file without any tags, and ``id3`` the minor version of its ID3v2 tags before,
    0 for other kinds. ``stamp`` is its size and modification time after writing.
    """

    id: int
    batch: int
    time: float
    path: str
    before: TagValues
    after: TagValues
    had_tags: bool
    id3: int
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
        self, batch: int, path: str, before: TagValues, after: TagValues, *, had_tags: bool, id3: int = 0
    ) -> int:
        """Record a change before it is written; return its id."""
        return self._insert(
            "tag_writes",
            batch=batch,
            time=self._clock(),
            path=os.fsencode(path),
            before=json.dumps(asdict(before) | {"had_tags": had_tags, "id3": id3}),
            after=json.dumps(asdict(after)),
            stamp="",
        )

    def done(self, write_id: int, stamp: str) -> None:
        """Record that the file is written, with its new stamp."""
        self._write("UPDATE tag_writes SET stamp = ? WHERE id = ?", stamp, write_id)

    def drop(self, write_id: int) -> None:
        """Delete the record of a change that did not take place."""
        self._write("DELETE FROM tag_writes WHERE id = ?", write_id)

    def restored(self, write_id: int, stamp: str) -> None:
        """Record that the previous values are restored, with the file's new stamp."""
        statement = "UPDATE tag_writes SET restored = ?, stamp = ? WHERE id = ?"
        self._write(statement, self._clock(), stamp, write_id)

    def standing(self, batch: int) -> list[TagWrite]:
        """Return the changes of a batch that were not undone, last written first."""
        query = "SELECT * FROM tag_writes WHERE batch = ? AND restored IS NULL ORDER BY id DESC"
        return list(self._parsed("tag_writes", self._rows(query, batch), _tag_write))

    def paths(self, batch: int) -> list[str]:
        """Return the files of a batch, undone or not."""
        rows = self._rows("SELECT DISTINCT path FROM tag_writes WHERE batch = ?", batch)
        return [os.fsdecode(row["path"]) for row in rows]

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
    before, after = parse_json(row["before"]), parse_json(row["after"])
    if isinstance(after, list):  # version 0.1.0 wrote genres only
        after = {"genres": after}
    return TagWrite(
        row["id"],
        row["batch"],
        row["time"],
        os.fsdecode(row["path"]),
        _values(before),
        _values(after),
        bool(before["had_tags"]),
        int(before.get("id3", 0)),
        row["stamp"],
    )


def _values(document: dict[str, Any]) -> TagValues:
    found = (document.get(name) for name in FIELDS)  # earlier versions wrote fewer fields
    return TagValues(*(None if values is None else tuple(values) for values in found))
