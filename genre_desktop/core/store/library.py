"""The person's labelled clips: what an import brings in, and the rows that training reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.database import pack, unpack
from genre_desktop.core.store.repository import Repository

Kind = Literal["added", "replaced", "relabelled", "moved", "remeasured", "unchanged", "duplicate"]


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells cheaply that a file is the one read before: bytes, and nanoseconds of its last change."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path) -> FileStamp:
        """The stamp of a file on disk; ``OSError`` when it cannot be looked at."""
        found = path.stat()
        return cls(found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled clip with its feature windows.

    Attributes
    ----------
    content_hash:
        Of the sound, the same wherever the file lies and whatever its tags say.
    group:
        Clips of one group never stand on both sides of a split (:func:`core.library.group_key`).
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
    """A clip the library has: where and under which label."""

    id: int
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """What :meth:`Library.put` did; ``before`` is the label or path that stood there.

    ``label`` of a duplicate: the genre under which the library has the first copy.
    """

    kind: Kind
    before: str = ""
    label: str = ""


class Library(Repository):
    """Reads and writes clips; each write is one transaction, so there is never half a clip."""

    def unchanged(self, path: Path, stamp: FileStamp, feature_version: str) -> LibraryClip | None:
        """The clip of a file that was read before, has not changed, and is measured by this version."""
        row = self._db.connection.execute(
            "SELECT c.id, c.path, c.label FROM files f JOIN clips c ON c.id = f.clip_id "
            "WHERE f.path = ? AND f.size = ? AND f.mtime_ns = ? "
            "AND EXISTS (SELECT 1 FROM windows w WHERE w.clip_id = c.id AND w.feature_version = ?)",
            (surrogate_safe(str(path)), stamp.size, stamp.mtime_ns, feature_version),
        ).fetchone()
        return None if row is None else LibraryClip(row["id"], row["path"], row["label"])

    def relabel(self, clip_id: int, label: str) -> None:
        """Give a clip another label."""
        with self._db.transaction() as connection:
            connection.execute("UPDATE clips SET label = ? WHERE id = ?", (label, clip_id))

    def put(self, clip: Clip, feature_version: str, stamp: FileStamp | None = None) -> Change:
        """Store one clip, or note that its sound is known already.

        The same sound at a place that no longer exists has moved; at a second place it is a
        duplicate and the first one stands. Other sound at a known place replaces what was there.

        Parameters
        ----------
        stamp:
            Of the file it was read from; None for rows of a table, which have no file each.
        """
        with self._db.transaction():
            known = self._find("content_hash", clip.content_hash)
            change = self._insert(clip) if known is None else self._update(known, clip, feature_version)
            row = self._find("content_hash", clip.content_hash)
            assert row is not None  # noqa: S101  # inserted or found above
            if change.kind != "duplicate":
                self._write_windows(row.id, clip, feature_version)
            if stamp is not None:
                self._write_file(row.id, clip.path, stamp)
        return change

    def clips(self, feature_version: str) -> Iterator[Clip]:
        """Every clip measured by this feature version, in the order they came; labels as imported."""
        ids = self._db.connection.execute("SELECT id FROM clips ORDER BY id").fetchall()
        for (clip_id,) in ids:
            clip = self._read(clip_id, feature_version)
            if clip is not None:
                yield clip

    def get(self, content_hash: str, feature_version: str) -> Clip | None:
        """One clip with its windows of this feature version, or None."""
        known = self._find("content_hash", content_hash)
        return None if known is None else self._read(known.id, feature_version)

    def outdated(self, feature_version: str) -> int:
        """How many clips only other feature versions have measured."""
        return self._count(
            "SELECT count(*) FROM clips WHERE id NOT IN (SELECT clip_id FROM windows WHERE feature_version = ?)",
            feature_version,
        )

    def genres(self) -> dict[str, int]:
        """Clips for each label, most frequent first."""
        rows = self._db.connection.execute(
            "SELECT label, count(*) FROM clips GROUP BY label ORDER BY count(*) DESC, label"
        )
        return {str(label): int(n) for label, n in rows}

    def count(self) -> int:
        """How many clips there are."""
        return self._count("SELECT count(*) FROM clips")

    def remove(self, content_hashes: Sequence[str]) -> int:
        """Delete clips with their windows; returns how many were there."""
        with self._db.transaction() as connection:
            cursor = connection.executemany(
                "DELETE FROM clips WHERE content_hash = ?", [(h,) for h in content_hashes]
            )
        return cursor.rowcount

    def _count(self, query: str, *values: object) -> int:
        return int(self._db.connection.execute(query, values).fetchone()[0])

    def _find(self, column: Literal["content_hash", "path"], value: str) -> LibraryClip | None:
        row = self._db.connection.execute(
            f"SELECT id, path, label FROM clips WHERE {column} = ?",  # noqa: S608  # a literal
            (value,),
        ).fetchone()
        return None if row is None else LibraryClip(row["id"], row["path"], row["label"])

    def _insert(self, clip: Clip) -> Change:
        path = surrogate_safe(clip.path)
        old = self._find("path", path)
        if old is not None:  # the file holds other sound now; nobody can hear the old one there any more
            self._db.connection.execute("DELETE FROM clips WHERE id = ?", (old.id,))
        self._db.connection.execute(
            "INSERT INTO clips (content_hash, path, label, group_key, source, duration_s, added) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (clip.content_hash, path, clip.label, clip.group, clip.source, clip.duration_s, self._clock()),
        )
        return Change("added") if old is None else Change("replaced", old.label)

    def _update(self, known: LibraryClip, clip: Clip, feature_version: str) -> Change:
        path = surrogate_safe(clip.path)
        if known.path != path and Path(known.path).exists():
            return Change("duplicate", known.path, known.label)
        self._db.connection.execute(
            "UPDATE clips SET path = ?, label = ?, group_key = ? WHERE id = ?",
            (path, clip.label, clip.group, known.id),
        )
        if known.label != clip.label:
            return Change("relabelled", known.label)
        if known.path != path:
            return Change("moved", known.path)
        measured = self._count(
            "SELECT count(*) FROM windows WHERE clip_id = ? AND feature_version = ?",
            known.id,
            feature_version,
        )
        return Change("unchanged" if measured else "remeasured")

    def _write_windows(self, clip_id: int, clip: Clip, feature_version: str) -> None:
        # Rows of older feature versions go too: nothing reads them any more.
        rows = zip(clip.starts, clip.lengths, clip.features, strict=True)
        connection = self._db.connection
        connection.execute("DELETE FROM windows WHERE clip_id = ?", (clip_id,))
        connection.executemany(
            "INSERT INTO windows (clip_id, feature_version, start_s, length_s, features) "
            "VALUES (?, ?, ?, ?, ?)",
            [(clip_id, feature_version, float(s), float(n), pack(row)) for s, n, row in rows],
        )

    def _write_file(self, clip_id: int, path: str, stamp: FileStamp) -> None:
        self._db.connection.execute(
            "INSERT INTO files (path, size, mtime_ns, clip_id) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, "
            "clip_id = excluded.clip_id",
            (surrogate_safe(str(path)), stamp.size, stamp.mtime_ns, clip_id),
        )

    def _read(self, clip_id: int, feature_version: str) -> Clip | None:
        row = self._db.connection.execute("SELECT * FROM clips WHERE id = ?", (clip_id,)).fetchone()
        windows = self._db.connection.execute(
            "SELECT start_s, length_s, features FROM windows "
            "WHERE clip_id = ? AND feature_version = ? ORDER BY start_s, length_s",
            (clip_id, feature_version),
        ).fetchall()
        if row is None or not windows:
            return None
        return Clip(
            content_hash=row["content_hash"],
            path=row["path"],
            label=row["label"],
            group=row["group_key"],
            source=row["source"],
            duration_s=row["duration_s"],
            starts=np.array([w["start_s"] for w in windows]),
            lengths=np.array([w["length_s"] for w in windows]),
            features=np.stack([unpack(w["features"]) for w in windows]),
        )
