"""Confirmations and corrections by the user, each of which can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import clean_label
from genre_desktop.core.own_files.damaged_rows import moment, text
from genre_desktop.core.store.repository import Repository


@dataclass(frozen=True, slots=True)
class Correction:
    """The genre that the user gave a clip.

    ``undone`` is the time of the undo (seconds since 1970), ``trained_run`` the first run that
    learned from it.
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


# The latest active correction of each clip; clips without a hash (unreadable files) are identified by path.
_LATEST = (
    "SELECT * FROM corrections WHERE id IN (SELECT max(id) FROM corrections WHERE undone IS NULL "
    "GROUP BY CASE clip_hash WHEN '' THEN path ELSE clip_hash END) "
)


class Corrections(Repository):
    """Adds, undoes and lists corrections."""

    def add(self, prediction_id: int, label: str) -> int:
        """Record the genre that the user gave a predicted clip; return the correction's id.

        Raises
        ------
        AppError
            ``prediction-gone`` when the prediction was deleted, and as :func:`.clean_label`.
        """
        label = clean_label(label)
        with self._db.transaction():
            row = self._row("SELECT * FROM predictions WHERE id = ?", prediction_id)
            if row is None:
                raise AppError("prediction-gone")
            same = {name: row[name] for name in ("clip_hash", "path", "model_version")}
            return self._insert(
                "corrections",
                time=self._clock(),
                prediction_id=prediction_id,
                predicted=row["genre"],
                label=label,
                **same,
            )

    def undo(self, correction_id: int) -> None:
        """Undo a correction; the one before it becomes active again."""
        self._write("UPDATE corrections SET undone = ? WHERE id = ?", self._clock(), correction_id)

    def redo(self, correction_id: int) -> None:
        """Make a correction active again that was undone."""
        self._write("UPDATE corrections SET undone = NULL WHERE id = ?", correction_id)

    def get(self, correction_id: int) -> Correction | None:
        """Return one correction, undone or not."""
        return self._first("SELECT * FROM corrections WHERE id = ?", correction_id)

    def latest(self) -> list[Correction]:
        """Return the active correction of each clip, oldest first."""
        return list(self._parsed("corrections", self._rows(_LATEST + "ORDER BY id"), _parse))

    def labels(self) -> list[str]:
        """Return each label of the active corrections, in the order in which they were first given."""
        query = f"SELECT label FROM ({_LATEST}) GROUP BY label ORDER BY min(id)"  # noqa: S608
        return [str(row["label"]) for row in self._rows(query)]

    def label_of(self, clip_hash: str) -> str | None:
        """Return the genre that the user gave this clip, or None."""
        correction = self.standing(clip_hash)
        return None if correction is None else correction.label

    def standing(self, clip_hash: str) -> Correction | None:
        """Return the active correction of a clip, or None."""
        query = "SELECT * FROM corrections WHERE clip_hash = ? AND undone IS NULL ORDER BY id DESC LIMIT 1"
        return self._first(query, clip_hash)

    def waiting(self, after: int = 0) -> int:
        """Return how many clips have an active correction, newer than id ``after``, that no training has used."""
        query = f"SELECT count(*) FROM ({_LATEST} AND trained_run IS NULL AND id > ?)"  # noqa: S608
        return self._number(query, after)

    def outdated(self, feature_version: str) -> list[int]:
        """Return the ids of corrected predictions whose features another version measured."""
        query = (
            f"SELECT p.id FROM ({_LATEST}) c JOIN predictions p ON p.id = c.prediction_id "  # noqa: S608
            "WHERE p.clip_hash != '' AND p.features IS NOT NULL AND p.feature_version != ? ORDER BY p.id"
        )
        return [int(row["id"]) for row in self._rows(query, feature_version)]

    def last_id(self) -> int:
        """Return the newest id, 0 when there is none."""
        return self._number("SELECT coalesce(max(id), 0) FROM corrections")

    def mark_trained(self, correction_ids: Iterable[int], run_id: str) -> None:
        """Record the run that learned from these; earlier marks are kept."""
        with self._db.transaction() as connection:
            connection.executemany(
                "UPDATE corrections SET trained_run = ? WHERE id = ? AND trained_run IS NULL",
                [(run_id, correction_id) for correction_id in correction_ids],
            )

    def _first(self, query: str, *values: object) -> Correction | None:
        return next(self._parsed("corrections", self._rows(query, *values), _parse), None)


def _parse(row: sqlite3.Row) -> Correction:
    found = Correction(**dict(row))
    for value in (found.clip_hash, found.path, found.predicted, found.label):
        text(value)
    moment(found.time)
    return found
