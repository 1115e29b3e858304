"""What the person says about files in the list: kept in the store, shown in their rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import same_label
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES


@dataclass(frozen=True, slots=True)
class AppliedCorrection:
    """One word about one row: the correction's id in the store."""

    row: ResultRow
    correction: int


class CorrectionService:
    """Confirms and corrects answers.

    Parameters
    ----------
    database:
        Gives the store; opened at first use.
    changed:
        Told of each row whose label changed.
    """

    def __init__(self, database: Callable[[], Database], changed: Callable[[ResultRow], None]) -> None:
        self._database, self._changed = database, changed

    def look_up(self, rows: Iterable[ResultRow]) -> None:
        """Fill in what was said earlier about answered rows; nobody is told."""
        for row in rows:
            if row.label is None and row.state is State.DONE:
                row.label = self._label_of(row)

    def apply(self, rows: Sequence[ResultRow], genre: str) -> list[AppliedCorrection]:
        """The rows are of this genre; with no genre, each is what it says. All or none is kept.

        Raises
        ------
        AppError
            ``not-remembered`` when the store does not know an answer, or as the store raises it.
        """
        database = self._database()
        corrections = Corrections(database)
        label = same_label(genre, self.labels()) if genre else ""
        with database.transaction():
            said = [
                AppliedCorrection(row, corrections.add(self._prediction_of(row), label or row.genre))
                for row in rows
            ]
        self._refresh(said)
        return said

    def active_corrections(self, rows: Iterable[ResultRow]) -> list[AppliedCorrection]:
        """The words that stand about these rows."""
        corrections = Corrections(self._database())
        found = [(row, corrections.standing(row.clip_hash)) for row in rows if row.label and row.clip_hash]
        return [AppliedCorrection(row, word.id) for row, word in found if word is not None]

    def undo(self, said: Sequence[AppliedCorrection]) -> None:
        """Undo; the word before it stands again."""
        self._each(said, Corrections(self._database()).undo)

    def repeat(self, said: Sequence[AppliedCorrection]) -> None:
        """Redo."""
        self._each(said, Corrections(self._database()).redo)

    def labels(self) -> list[str]:
        """What can be chosen: the ten genres, then the person's own, each in its one spelling."""
        found = list(GENRES)
        try:
            database = self._database()
            own = [*Library(database).genres(), *(word.label for word in Corrections(database).latest())]
        except (AppError, sqlite3.Error):
            return found
        for name in own:
            if same_label(name, found) not in found:
                found.append(name)
        return found

    def _each(self, said: Sequence[AppliedCorrection], change: Callable[[int], None]) -> None:
        with self._database().transaction():
            for one in said:
                change(one.correction)
        self._refresh(said)

    def _refresh(self, said: Sequence[AppliedCorrection]) -> None:
        for one in said:
            one.row.label = self._label_of(one.row)
            self._changed(one.row)

    def _label_of(self, row: ResultRow) -> str:
        if not row.clip_hash:
            return ""
        try:
            return Corrections(self._database()).label_of(row.clip_hash) or ""
        except (
            AppError,
            sqlite3.Error,
        ):  # said once when the store is written to; an answer shows without it
            return ""

    def _prediction_of(self, row: ResultRow) -> int:
        found = row.prediction_id or PredictionLog(self._database()).latest_id(str(row.path))
        if found is None:
            raise AppError("not-remembered")
        return found
