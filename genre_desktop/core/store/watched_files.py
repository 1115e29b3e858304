"""Files in watched folders that were handled, so that none is analysed twice, even after a restart."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from genre_desktop.core.store.repository import Repository


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A handled file: its stamp then, and its content hash (empty when it was never read)."""

    stamp: str
    clip_hash: str = ""


class WatchedFiles(Repository):
    """Reads and writes records of handled files."""

    def under(self, folder: str) -> dict[str, SeenFile]:
        """Return the files in a folder and below, by path."""
        low = os.fsencode(os.path.join(folder, ""))  # noqa: PTH118  # with a trailing separator
        query = "SELECT path, stamp, clip_hash FROM watched_files WHERE substr(path, 1, ?) = ?"
        rows = self._rows(query, len(low), low)
        return {os.fsdecode(row["path"]): SeenFile(row["stamp"], row["clip_hash"]) for row in rows}

    def keep(self, files: Mapping[str, SeenFile]) -> None:
        """Record files as handled."""
        values = [(os.fsencode(path), known.stamp, known.clip_hash) for path, known in files.items()]
        with self._db.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO watched_files VALUES (?, ?, ?)", values)

    def forget(self, paths: Iterable[str]) -> None:
        """Delete the records of files that are gone or no longer watched."""
        values = [(os.fsencode(path),) for path in paths]
        with self._db.transaction() as connection:
            connection.executemany("DELETE FROM watched_files WHERE path = ?", values)
