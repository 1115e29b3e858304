"""The user's corrections and confirmations of answers: written to the store, shown in the rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import clean_label, same_label, tidy_label
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES


@dataclass(frozen=True, slots=True)
class AppliedCorrection:
    """A correction of a row; ``correction`` is its id in the store."""

    row: ResultRow
    correction: int


class CorrectionService:
    """Confirm and correct answers.

    ``database`` returns the store, opened at first use; ``changed`` is called with each row whose label changed.
    """

    def __init__(self, database: Callable[[], Database], changed: Callable[[ResultRow], None]) -> None:
        self._database, self._changed = database, changed

    def look_up(self, rows: Iterable[ResultRow]) -> None:
        """Set the stored labels of answered rows, without calling ``changed``."""
        for row in rows:
            if row.label is None and row.state is State.DONE:
                row.label = self._label_of(row)

    def apply(self, rows: Sequence[ResultRow], genre: str) -> list[AppliedCorrection]:
        """Correct rows to this genre, or confirm each for an empty one; all are stored or none.

        Raises
        ------
        AppError
            ``not-remembered`` when the store lacks an answer, as :func:`.clean_label`, or as the store raises it.
        """
        database = self._database()
        corrections = Corrections(database)
        label = genre
        if genre and genre not in GENRES:  # their spelling is known; a long library need not be searched
            label = same_label(clean_label(genre), self.labels())
        with database.transaction():
            applied = [
                AppliedCorrection(row, corrections.add(self._prediction_of(row), label or row.genre))
                for row in rows
            ]
        self._refresh(applied)
        return applied

    def active_corrections(self, rows: Iterable[ResultRow]) -> list[AppliedCorrection]:
        """Return the active corrections of rows."""
        corrections = Corrections(self._database())
        found = [(row, corrections.standing(row.clip_hash)) for row in rows if row.label and row.clip_hash]
        return [AppliedCorrection(row, active.id) for row, active in found if active is not None]

    def undo(self, applied: Sequence[AppliedCorrection]) -> None:
        """Undo corrections; an earlier one of the same row is active again."""
        self._each(applied, Corrections(self._database()).undo)

    def repeat(self, applied: Sequence[AppliedCorrection]) -> None:
        """Redo corrections."""
        self._each(applied, Corrections(self._database()).redo)

    def labels(self) -> list[str]:
        """Return the ten genres, then the user's own, each in one spelling."""
        found = list(GENRES)
        try:
            database = self._database()
            own = [*Library(database).genres(), *Corrections(database).labels()]
        except (AppError, sqlite3.Error):
            return found
        for name in filter(None, map(tidy_label, own)):
            if same_label(name, found) not in found:
                found.append(name)
        return found

    def _each(self, applied: Sequence[AppliedCorrection], change: Callable[[int], None]) -> None:
        with self._database().transaction():
            for one in applied:
                change(one.correction)
        self._refresh(applied)

    def _refresh(self, applied: Sequence[AppliedCorrection]) -> None:
        for one in applied:
            one.row.label = self._label_of(one.row)
            self._changed(one.row)

    def _label_of(self, row: ResultRow) -> str:
        try:
            return (row.clip_hash and Corrections(self._database()).label_of(row.clip_hash)) or ""
        except (AppError, sqlite3.Error):  # writing reports it; the answer is shown without its label
            return ""

    def _prediction_of(self, row: ResultRow) -> int:
        found = row.prediction_id or PredictionLog(self._database()).latest_id(str(row.path))
        if found is None:
            raise AppError("not-remembered")
        return found
