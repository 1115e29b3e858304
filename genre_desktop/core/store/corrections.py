"""What the person said a clip is: confirmations and corrections, each of which can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.repository import Repository


@dataclass(frozen=True, slots=True)
class Correction:
    """One word from the person about one clip.

    ``undone`` is when it was taken back (seconds since 1970), ``trained_run`` the run that
    learned from it first.
    """

    id: int
    time: float
    prediction_id: int | None
    clip_hash: str
    path: str
    predicted: str
    label: str
    model_version: str
    undone: float | None
    trained_run: str | None

    @property
    def confirms(self) -> bool:
        """True when the person agreed with the answer."""
        return self.label == self.predicted


# The latest standing word about each clip; an empty hash (nothing could be read) stands for itself.
_LATEST = (
    "SELECT * FROM corrections WHERE id IN (SELECT max(id) FROM corrections WHERE undone IS NULL "
    "GROUP BY CASE clip_hash WHEN '' THEN path ELSE clip_hash END) "
)


class Corrections(Repository):
    """Adds, takes back and lists corrections."""

    def add(self, prediction_id: int, label: str) -> int:
        """Say what a predicted clip really is; returns the correction's id.

        Raises
        ------
        AppError
            ``prediction-gone`` when the prediction was deleted, ``empty-label``.
        """
        label = label.strip()
        if not label:
            raise AppError("empty-label")
        with self._db.transaction() as connection:
            row = connection.execute("SELECT * FROM predictions WHERE id = ?", (prediction_id,)).fetchone()
            if row is None:
                raise AppError("prediction-gone")
            cursor = connection.execute(
                "INSERT INTO corrections (time, prediction_id, clip_hash, path, predicted, label, model_version) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self._clock(),
                    prediction_id,
                    row["clip_hash"],
                    row["path"],
                    row["genre"],
                    label,
                    row["model_version"],
                ),
            )
        return int(cursor.lastrowid or 0)

    def undo(self, correction_id: int) -> None:
        """Take a correction back; the one before it stands again."""
        self._mark(correction_id, self._clock())

    def redo(self, correction_id: int) -> None:
        """Let a correction stand that was taken back."""
        self._mark(correction_id, None)

    def get(self, correction_id: int) -> Correction | None:
        """One correction, undone or not."""
        row = self._db.connection.execute(
            "SELECT * FROM corrections WHERE id = ?", (correction_id,)
        ).fetchone()
        return None if row is None else _correction(row)

    def latest(self) -> list[Correction]:
        """The standing word about each clip, oldest first."""
        return [_correction(row) for row in self._db.connection.execute(_LATEST + "ORDER BY id")]

    def label_of(self, clip_hash: str) -> str | None:
        """What the person says this clip is, or None."""
        row = self._db.connection.execute(
            "SELECT label FROM corrections WHERE clip_hash = ? AND undone IS NULL ORDER BY id DESC LIMIT 1",
            (clip_hash,),
        ).fetchone()
        return None if row is None else str(row["label"])

    def standing(self, clip_hash: str) -> Correction | None:
        """The standing word about a clip, or None."""
        row = self._db.connection.execute(
            "SELECT * FROM corrections WHERE clip_hash = ? AND undone IS NULL ORDER BY id DESC LIMIT 1",
            (clip_hash,),
        ).fetchone()
        return None if row is None else _correction(row)

    def waiting(self, after: int = 0) -> int:
        """How many clips have a standing word that no training has used yet; said after an id, if given."""
        row = self._db.connection.execute(
            f"SELECT count(*) FROM ({_LATEST} AND trained_run IS NULL AND id > ?)",  # noqa: S608
            (after,),
        ).fetchone()
        return int(row[0])

    def last_id(self) -> int:
        """The newest id, 0 when there is none."""
        return int(self._db.connection.execute("SELECT coalesce(max(id), 0) FROM corrections").fetchone()[0])

    def mark_trained(self, correction_ids: Iterable[int], run_id: str) -> None:
        """Note the run that learned from these; earlier marks are kept."""
        with self._db.transaction() as connection:
            connection.executemany(
                "UPDATE corrections SET trained_run = ? WHERE id = ? AND trained_run IS NULL",
                [(run_id, correction_id) for correction_id in correction_ids],
            )

    def _mark(self, correction_id: int, undone: float | None) -> None:
        with self._db.transaction() as connection:
            connection.execute("UPDATE corrections SET undone = ? WHERE id = ?", (undone, correction_id))


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(**{key: row[key] for key in row.keys()})  # noqa: SIM118  # a Row is not a dict
