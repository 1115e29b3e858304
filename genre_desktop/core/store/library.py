"""The library of labelled clips: written by imports, read by training."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from genre_desktop.core.labels import clean_label
from genre_desktop.core.own_files.damaged_rows import readable
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.database import pack, unpack
from genre_desktop.core.store.repository import Repository

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["added", "replaced", "relabelled", "moved", "remeasured", "unchanged", "duplicate"]


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Size in bytes and modification time in nanoseconds, which identify an unchanged file cheaply."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path) -> FileStamp:
        """Return the stamp of a file on disk; ``OSError`` when it is inaccessible."""
        found = path.stat()
        return cls(found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled clip with its feature windows.

    Attributes
    ----------
    content_hash:
        Hash of the audio, independent of the path and the tags.
    group:
        Clips of one group stay on one side of a split (:func:`genre_desktop.core.labels.group_key`).
    source:
        ``audio``, ``table``, ``correction`` or ``reference``.
    starts, lengths:
        ``(n_windows,)`` seconds.
    features:
        ``(n_windows, n_features)`` float64; NaN where a table lacks a column.
    """

    content_hash: str
    path: str
    label: str
    group: str
    source: str
    duration_s: float
    starts: NDArray[np.float64] = field(repr=False, compare=False)
    lengths: NDArray[np.float64] = field(repr=False, compare=False)
    features: NDArray[np.float64] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class LibraryClip:
    """Path and label of a clip in the library."""

    id: int
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """What :meth:`Library.put` did; ``before`` is the replaced label or path.

    ``label`` is set for a duplicate: the label of the first copy.
    """

    kind: Kind
    before: str = ""
    label: str = ""


class Library(Repository):
    """Reads and writes clips; each write is one transaction."""

    def unchanged(self, path: Path, stamp: FileStamp, feature_version: str) -> LibraryClip | None:
        """Return the clip of an unchanged file that has features of this version, else None."""
        row = self._row(
            "SELECT c.id, c.path, c.label FROM files f JOIN clips c ON c.id = f.clip_id "
            "WHERE f.path = ? AND f.size = ? AND f.mtime_ns = ? "
            "AND EXISTS (SELECT 1 FROM windows w WHERE w.clip_id = c.id AND w.feature_version = ?)",
            surrogate_safe(str(path)),
            stamp.size,
            stamp.mtime_ns,
            feature_version,
        )
        return None if row is None else LibraryClip(**dict(row))

    def latest_files(self, n: int) -> list[str]:
        """Return the paths of the ``n`` files that were read last, the latest first."""
        return [
            str(row["path"]) for row in self._rows("SELECT path FROM files ORDER BY rowid DESC LIMIT ?", n)
        ]

    def relabel(self, clip_id: int, label: str) -> None:
        """Set the label of a clip; ``AppError`` as :func:`.clean_label`."""
        self._write("UPDATE clips SET label = ? WHERE id = ?", clean_label(label), clip_id)

    def put(self, clip: Clip, feature_version: str, stamp: FileStamp | None = None) -> Change:
        """Store one clip, unless its audio is in the library already.

        The same audio whose old path no longer exists has moved; where the old path exists, the new file
        is a duplicate and changes nothing. Other audio at a known path replaces the clip there.

        Parameters
        ----------
        stamp:
            Of the file it was read from; None for rows of a table, which have no files.

        Raises
        ------
        AppError
            As :func:`.clean_label`.
        """
        clip = replace(clip, label=clean_label(clip.label))
        with self._db.transaction():
            known = self._find("content_hash", clip.content_hash)
            change = self._add(clip) if known is None else self._update(known, clip, feature_version)
            row = self._find("content_hash", clip.content_hash)
            assert row is not None  # noqa: S101  # inserted or found above
            if change.kind != "duplicate":
                self._write_windows(row.id, clip, feature_version)
            if stamp is not None:
                self._write_file(row.id, clip.path, stamp)
        return change

    def together(self) -> AbstractContextManager[object]:
        """Make the writes of a ``with`` block one transaction; other processes wait for its end."""
        return self._db.transaction()

    def clips(self, versions: Collection[str]) -> Iterator[Clip]:
        """Yield every clip with features of one of these versions, in the order of import; labels as imported."""
        windows = self._db.connection.execute(
            f"{_WINDOWS} ORDER BY c.id, w.start_s, w.length_s", _among(versions)
        )
        for _, rows in groupby(windows, key=lambda row: int(row["id"])):
            yield from self._usable(list(rows), versions)

    def get(self, content_hash: str, versions: Collection[str]) -> Clip | None:
        """Return one clip with its windows of one of these feature versions, or None."""
        query = f"{_WINDOWS} AND c.content_hash = ? ORDER BY w.start_s, w.length_s"
        rows = self._rows(query, *_among(versions), content_hash)
        return next(self._usable(rows, versions), None)

    def outdated(self, versions: Collection[str]) -> int:
        """Return how many clips only have features of other versions."""
        query = (
            "SELECT count(*) FROM clips WHERE id NOT IN (SELECT clip_id FROM windows "
            "WHERE feature_version IN (SELECT value FROM json_each(?)))"
        )
        return self._number(query, *_among(versions))

    def outdated_files(self, feature_version: str) -> list[str]:
        """Return the content hashes of clips read from files that only have features of other versions."""
        rows = self._rows(
            "SELECT content_hash FROM clips WHERE id IN (SELECT clip_id FROM files) "
            "AND id NOT IN (SELECT clip_id FROM windows WHERE feature_version = ?) ORDER BY id",
            feature_version,
        )
        return [str(row["content_hash"]) for row in rows]

    def replace_windows(self, content_hash: str, clip: Clip, feature_version: str) -> None:
        """Replace the windows of a clip, measured again by a newer version; label and path stay."""
        with self._db.transaction():
            known = self._find("content_hash", content_hash)
            if known is not None:
                self._write_windows(known.id, clip, feature_version)

    def genres(self) -> dict[str, int]:
        """Return the number of clips of each label, most frequent first."""
        rows = self._rows("SELECT label, count(*) FROM clips GROUP BY label ORDER BY count(*) DESC, label")
        return {str(label): int(n) for label, n in rows}

    def labels(self) -> dict[str, str]:
        """Return the label of each clip by its content hash."""
        return {str(row[0]): str(row[1]) for row in self._rows("SELECT content_hash, label FROM clips")}

    def count(self) -> int:
        """Return the number of clips."""
        return self._number("SELECT count(*) FROM clips")

    def remove(self, content_hashes: Sequence[str]) -> int:
        """Delete clips with their windows; return how many existed."""
        with self._db.transaction() as connection:
            cursor = connection.executemany(
                "DELETE FROM clips WHERE content_hash = ?", [(h,) for h in content_hashes]
            )
        return cursor.rowcount

    def _usable(self, windows: Sequence[sqlite3.Row], versions: Collection[str]) -> Iterator[Clip]:
        """Yield the clip of these windows, unless it or all of them are damaged; damaged windows are left out."""
        widths = (
            {name: len(columns) for name, columns in versions.items()}
            if isinstance(versions, Mapping)
            else {}
        )
        usable = readable(
            self._db.path,
            "windows",
            windows,
            lambda row: _window(row, widths),
            lambda row: (row["id"], row["start_s"]),
        )
        rows = list(usable)
        if rows:
            yield from self._parsed("clips", windows[:1], lambda row: _clip(row, rows))

    def _find(self, column: Literal["content_hash", "path"], value: str) -> LibraryClip | None:
        row = self._row(f"SELECT id, path, label FROM clips WHERE {column} = ?", value)  # noqa: S608  # a literal
        return None if row is None else LibraryClip(**dict(row))

    def _add(self, clip: Clip) -> Change:
        path = surrogate_safe(clip.path)
        old = self._find("path", path)
        if old is not None:  # the old audio is no longer there
            self._write("DELETE FROM clips WHERE id = ?", old.id)
        plain = {name: getattr(clip, name) for name in ("content_hash", "label", "source", "duration_s")}
        self._insert("clips", path=path, group_key=clip.group, added=self._clock(), **plain)
        return Change("added") if old is None else Change("replaced", old.label)

    def _update(self, known: LibraryClip, clip: Clip, feature_version: str) -> Change:
        path = surrogate_safe(clip.path)
        if known.path != path and Path(known.path).exists():
            return Change("duplicate", known.path, known.label)
        changes = (path, clip.label, clip.group)
        self._write("UPDATE clips SET path = ?, label = ?, group_key = ? WHERE id = ?", *changes, known.id)
        if known.label != clip.label:
            return Change("relabelled", known.label)
        if known.path != path:
            return Change("moved", known.path)
        query = "SELECT count(*) FROM windows WHERE clip_id = ? AND feature_version = ?"
        measured = self._number(query, known.id, feature_version)
        return Change("unchanged" if measured else "remeasured")

    def _write_windows(self, clip_id: int, clip: Clip, feature_version: str) -> None:
        # Rows of older feature versions are deleted too: these hold their columns.
        rows = zip(clip.starts, clip.lengths, clip.features, strict=True)
        connection = self._db.connection
        connection.execute("DELETE FROM windows WHERE clip_id = ?", (clip_id,))
        connection.executemany(
            "INSERT INTO windows (clip_id, feature_version, start_s, length_s, features) "
            "VALUES (?, ?, ?, ?, ?)",
            [(clip_id, feature_version, float(s), float(n), pack(row)) for s, n, row in rows],
        )

    def _write_file(self, clip_id: int, path: str, stamp: FileStamp) -> None:
        self._write(
            "INSERT OR REPLACE INTO files (path, size, mtime_ns, clip_id) VALUES (?, ?, ?, ?)",
            surrogate_safe(path),
            stamp.size,
            stamp.mtime_ns,
            clip_id,
        )


_WINDOWS = (
    "SELECT c.*, w.feature_version, w.start_s, w.length_s, w.features FROM clips c JOIN windows w ON w.clip_id = c.id "
    "WHERE w.feature_version IN (SELECT value FROM json_each(?))"
)


def _among(versions: Collection[str]) -> tuple[str]:
    return (json.dumps(list(versions)),)


def _window(row: sqlite3.Row, widths: Mapping[str, int]) -> tuple[float, float, NDArray[np.float64]]:
    features = unpack(row["features"], widths.get(row["feature_version"]))
    return 0.0 + row["start_s"], 0.0 + row["length_s"], features


def _clip(row: sqlite3.Row, windows: Sequence[tuple[float, float, NDArray[np.float64]]]) -> Clip:
    """Return a clip from a row of :data:`_WINDOWS` and starts, lengths and features of its windows, at least one."""
    import numpy as np

    if not all(isinstance(row[name], str) for name in ("content_hash", "path", "label", "group_key")):
        raise ValueError("its texts are none")
    return Clip(
        content_hash=row["content_hash"],
        path=row["path"],
        label=row["label"],
        group=row["group_key"],
        source=row["source"],
        duration_s=0.0 + row["duration_s"],
        starts=np.array([start_s for start_s, _, _ in windows]),
        lengths=np.array([length_s for _, length_s, _ in windows]),
        features=np.stack([features for _, _, features in windows]),
    )
