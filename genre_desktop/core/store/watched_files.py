"""What in watched folders needs no reading any more, so that nothing is read twice, also after a restart."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from genre_desktop.core.store.repository import Repository


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file that was seen to: its size and time then, and its sound (empty when it was never read)."""

    stamp: str
    clip_hash: str = ""


class WatchedFiles(Repository):
    """Reads and writes what is known about files in watched folders."""

    def under(self, folder: str) -> dict[str, SeenFile]:
        """Everything known in a folder and below, by path."""
        low = os.fsencode(os.path.join(folder, ""))  # noqa: PTH118  # with its last stroke
        rows = self._db.connection.execute(
            "SELECT path, stamp, clip_hash FROM watched_files WHERE substr(path, 1, ?) = ?", (len(low), low)
        )
        return {os.fsdecode(row["path"]): SeenFile(row["stamp"], row["clip_hash"]) for row in rows}

    def keep(self, files: Mapping[str, SeenFile]) -> None:
        """These were seen to as they are now."""
        values = [(os.fsencode(path), known.stamp, known.clip_hash) for path, known in files.items()]
        with self._db.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO watched_files VALUES (?, ?, ?)", values)

    def forget(self, paths: Iterable[str]) -> None:
        """These are not there any more, or nobody watches them."""
        values = [(os.fsencode(path),) for path in paths]
        with self._db.transaction() as connection:
            connection.executemany("DELETE FROM watched_files WHERE path = ?", values)
