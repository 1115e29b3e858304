"""The library as a list of training examples, with relabelling and removal that can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from genre_desktop.core.labels import clean_label
from genre_desktop.core.own_files.damaged_rows import moment, text
from genre_desktop.core.store.corrections import Correction, Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.repository import Repository

_TABLES = ("clips", "files", "windows")
"""Parents first: the order in which rows are restored."""


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """One training example, without its features.

    Attributes
    ----------
    clip_id:
        In the library; 0 for a correction of music outside it.
    label:
        What training uses: the user's correction, else the imported label.
    source:
        ``audio``, ``table`` or ``correction``.
    correction:
        The user's correction of it, if any.
    """

    clip_id: int
    path: str
    label: str
    group: str
    source: str
    duration_s: float
    added: float
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """All rows of removed clips, to be restored, and the corrections that were undone."""

    rows: dict[str, list[sqlite3.Row]]
    corrections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relabelled:
    """What a relabelling changed: the earlier label of each clip, and the corrections it added."""

    before: dict[int, str]
    corrections: tuple[int, ...]
    label: str


class ClipList(Repository):
    """Lists, relabels and removes training examples."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._corrections = Corrections(db)

    def entries(self) -> list[TrainingExample]:
        """Return every example, newest first: corrections of music outside the library, then its clips."""
        corrections = {one.clip_hash or one.path: one for one in self._corrections.latest()}

        def example(row: sqlite3.Row) -> TrainingExample:
            found = _of_clip(row, corrections.get(row["content_hash"]))
            corrections.pop(row["content_hash"], None)  # that of a damaged clip is shown alone
            return found

        rows = self._rows("SELECT * FROM clips ORDER BY id DESC")
        clips = list(self._parsed("clips", rows, example))
        return [_of_correction(one) for one in reversed(corrections.values())] + clips

    def relabel(self, entries: Sequence[TrainingExample], label: str) -> Relabelled:
        """Set the label of examples, all or none; ``AppError`` as :func:`.clean_label`."""
        label = clean_label(label)
        before: dict[int, str] = {}
        added = []
        with self._db.transaction() as connection:
            for entry in entries:
                earlier = entry.correction
                if earlier is not None and earlier.prediction_id is not None:
                    added.append(self._corrections.add(earlier.prediction_id, label))
                elif entry.clip_id and earlier is None:
                    before[entry.clip_id] = entry.label
                    connection.execute("UPDATE clips SET label = ? WHERE id = ?", (label, entry.clip_id))
        return Relabelled(before, tuple(added), label)

    def undo_relabel(self, change: Relabelled) -> None:
        """Undo :meth:`relabel`."""
        self._set(change.before, change.corrections, self._corrections.undo)

    def redo_relabel(self, change: Relabelled) -> None:
        """Redo :meth:`relabel`."""
        labels = dict.fromkeys(change.before, change.label)
        self._set(labels, change.corrections, self._corrections.redo)

    def remove(self, entries: Sequence[TrainingExample]) -> Removed:
        """Delete examples from the library; the files stay."""
        ids = [entry.clip_id for entry in entries if entry.clip_id]
        corrections = tuple(entry.correction.id for entry in entries if entry.correction is not None)
        with self._db.transaction() as connection:
            rows = {table: self._rows_of(table, ids) for table in _TABLES}
            connection.executemany("DELETE FROM clips WHERE id = ?", [(clip_id,) for clip_id in ids])
            for correction_id in corrections:
                self._corrections.undo(correction_id)
        return Removed(rows, corrections)

    def restore(self, removed: Removed) -> None:
        """Undo :meth:`remove`. A clip that was imported again in the meantime stays as it is."""
        with self._db.transaction():
            for table in _TABLES:
                for row in removed.rows[table]:
                    marks = ", ".join("?" * len(row))
                    self._write(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", *row)  # noqa: S608  # a literal
            for correction_id in removed.corrections:
                self._corrections.redo(correction_id)

    def _set(
        self, labels: Mapping[int, str], corrections: Sequence[int], change: Callable[[int], None]
    ) -> None:
        with self._db.transaction() as connection:
            connection.executemany(
                "UPDATE clips SET label = ? WHERE id = ?", [(label, clip) for clip, label in labels.items()]
            )
            for correction_id in corrections:
                change(correction_id)

    def _rows_of(self, table: str, ids: Sequence[int]) -> list[sqlite3.Row]:
        key = "id" if table == "clips" else "clip_id"
        query = f"SELECT * FROM {table} WHERE {key} = ?"  # noqa: S608  # literals
        return [row for clip_id in ids for row in self._rows(query, clip_id)]


def _of_clip(row: sqlite3.Row, correction: Correction | None) -> TrainingExample:
    label, source = (correction.label, "correction") if correction else (row["label"], row["source"])
    group, duration_s, added = row["group_key"], row["duration_s"], row["added"]
    return TrainingExample(
        row["id"],
        text(row["path"]),
        text(label),
        text(group),
        text(source),
        duration_s,
        moment(added),
        correction,
    )


def _of_correction(one: Correction) -> TrainingExample:
    return TrainingExample(0, one.path, one.label, "", "correction", 0.0, one.time, one)
