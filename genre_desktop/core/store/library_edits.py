"""The library as a list: what each clip is, without its features; relabelling and removing that can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from genre_desktop.core.store.corrections import Correction, Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.repository import Repository

_TABLES = ("clips", "files", "windows")
"""Parents first, as they must be put back."""


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """One training example.

    Attributes
    ----------
    clip_id:
        In the library; 0 for a correction of music outside it.
    label:
        What training uses: the person's word before the imported label.
    source:
        ``audio``, ``table`` or ``correction``.
    correction:
        The person's word about it, if any.
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
    """Everything about clips that were taken out, to be put back; and corrections that were taken back."""

    rows: dict[str, list[sqlite3.Row]]
    corrections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relabelled:
    """What a relabelling changed: the labels before it by clip, and the corrections it added."""

    before: dict[int, str]
    corrections: tuple[int, ...]
    label: str


class ClipList(Repository):
    """Lists, relabels and removes training examples."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._corrections = Corrections(db)

    def entries(self) -> list[TrainingExample]:
        """Everything the person has taught, newest first."""
        words = {word.clip_hash or word.path: word for word in self._corrections.latest()}
        found = [self._of_clip(row, words.pop(row["content_hash"], None)) for row in self._clips()]
        return [_of_word(word) for word in reversed(words.values())] + found

    def relabel(self, entries: Sequence[TrainingExample], label: str) -> Relabelled:
        """Give examples another label; all or none."""
        before: dict[int, str] = {}
        added = []
        with self._db.transaction() as connection:
            for entry in entries:
                word = entry.correction
                if word is not None and word.prediction_id is not None:
                    added.append(self._corrections.add(word.prediction_id, label))
                elif entry.clip_id and word is None:
                    before[entry.clip_id] = entry.label
                    connection.execute("UPDATE clips SET label = ? WHERE id = ?", (label, entry.clip_id))
        return Relabelled(before, tuple(added), label)

    def relabel_back(self, change: Relabelled) -> None:
        """Undo :meth:`relabel`."""
        self._set(change.before, change.corrections, self._corrections.undo)

    def relabel_again(self, change: Relabelled) -> None:
        """Redo :meth:`relabel`."""
        again = dict.fromkeys(change.before, change.label)
        self._set(again, change.corrections, self._corrections.redo)

    def take_out(self, entries: Sequence[TrainingExample]) -> Removed:
        """Delete examples from the library; the files stay where they are."""
        ids = [entry.clip_id for entry in entries if entry.clip_id]
        words = tuple(entry.correction.id for entry in entries if entry.correction is not None)
        with self._db.transaction() as connection:
            rows = {table: self._rows_of(table, ids) for table in _TABLES}
            connection.executemany("DELETE FROM clips WHERE id = ?", [(clip_id,) for clip_id in ids])
            for word in words:
                self._corrections.undo(word)
        return Removed(rows, words)

    def put_back(self, removed: Removed) -> None:
        """Undo :meth:`take_out`. A clip that was imported again meanwhile stays as it is now."""
        with self._db.transaction() as connection:
            for table in _TABLES:
                for row in removed.rows[table]:
                    marks = ", ".join("?" * len(row))
                    connection.execute(
                        f"INSERT OR IGNORE INTO {table} VALUES ({marks})",  # noqa: S608  # a literal
                        tuple(row),
                    )
            for word in removed.corrections:
                self._corrections.redo(word)

    def _set(self, labels: Mapping[int, str], words: Sequence[int], change: Callable[[int], None]) -> None:
        with self._db.transaction() as connection:
            connection.executemany(
                "UPDATE clips SET label = ? WHERE id = ?", [(label, clip) for clip, label in labels.items()]
            )
            for word in words:
                change(word)

    def _clips(self) -> list[sqlite3.Row]:
        return self._db.connection.execute("SELECT * FROM clips ORDER BY id DESC").fetchall()

    def _rows_of(self, table: str, ids: Sequence[int]) -> list[sqlite3.Row]:
        key = "id" if table == "clips" else "clip_id"
        query = f"SELECT * FROM {table} WHERE {key} = ?"  # noqa: S608  # literals
        return [row for clip_id in ids for row in self._db.connection.execute(query, (clip_id,))]

    @staticmethod
    def _of_clip(row: sqlite3.Row, word: Correction | None) -> TrainingExample:
        label = row["label"] if word is None else word.label
        source = row["source"] if word is None else "correction"
        return TrainingExample(
            row["id"], row["path"], label, row["group_key"], source, row["duration_s"], row["added"], word
        )


def _of_word(word: Correction) -> TrainingExample:
    return TrainingExample(0, word.path, word.label, "", "correction", 0.0, word.time, word)
