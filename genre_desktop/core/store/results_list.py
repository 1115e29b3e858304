"""The window's list of results, so that the next start shows it as it was left."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from genre_desktop.core import serialization
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.repository import Repository
from genre_desktop.core.types import Analysis, Answer, GenreScore, ModelRef


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A file in the list.

    Attributes
    ----------
    id:
        Its place: the list is in the order of these numbers.
    state:
        As the window calls it.
    packed:
        Its answer, or why it has none, as :func:`pack` writes it; empty before it was read and where the
        predictions have the answer.
    brief:
        Of the answer what a list shows: no segments, the first two genres, the first one's probability. None
        without an answer. It stays when the prediction is deleted.
    prediction_id:
        The answer's number among the predictions, where it is remembered.
    label:
        What the person said about its sound; empty when nothing. Only read, never written: corrections
        have a table of their own.
    """

    id: int
    path: str
    state: str
    packed: bytes = b""
    brief: Answer | None = None
    prediction_id: int | None = None
    label: str = ""


def pack(analysis: Analysis) -> bytes:
    """The analysis but for features and picture, small."""
    return zlib.compress(serialization.dump(analysis).encode(), 1)


def unpack(packed: bytes) -> Analysis:
    """The inverse of :func:`pack`.

    Raises
    ------
    ValueError, KeyError, TypeError, zlib.error
        It is not what :func:`pack` writes.
    """
    plain = packed.startswith(b"{")  # taken over from a batch
    return serialization.restore((packed if plain else zlib.decompress(packed)).decode())


_UNSEARCHED = "list:unsearched"
_PUT = (
    "INSERT OR REPLACE INTO listing (id, path, state, time, prediction_id, clip_hash, genre, runner_up, "
    "confidence, duration_s, unusual, warnings, alias, model_version, answer) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PAGE = (
    "SELECT l.*, (SELECT c.label FROM corrections c WHERE c.clip_hash = l.clip_hash AND l.clip_hash != '' "
    "AND c.undone IS NULL ORDER BY c.id DESC LIMIT 1) AS label FROM listing l "
    "WHERE l.id > ? ORDER BY l.id LIMIT ?"
)


class ResultsListStore(Repository):
    """Writes and reads the list."""

    def change(self, gone: Iterable[int], rows: Iterable[StoredResult]) -> None:
        """Take some off by their numbers, then put these in or in the place of what they were; all or nothing."""
        now = self._clock()
        values = [_values(row, now) for row in rows]
        with self._db.transaction() as connection:
            connection.executemany("DELETE FROM listing WHERE id = ?", [(number,) for number in gone])
            connection.executemany(_PUT, values)

    def page(self, after: int, n: int) -> list[StoredResult]:
        """The next ``n`` after a number, in order."""
        rows = self._db.connection.execute(_PAGE, (after, n)).fetchall()
        return [_listed(row) for row in rows]

    def answer(self, row: StoredResult) -> Answer | None:
        """The whole answer, from any thread; None where there is no more than ``row.brief``.

        Raises
        ------
        ValueError, KeyError, TypeError, zlib.error
            What is stored is damaged.
        """
        if row.packed:
            return unpack(row.packed).answer
        if row.prediction_id is None:
            return None
        return PredictionLog(self._db).answer(row.prediction_id, row.path)

    def paths(self) -> frozenset[str]:
        """Every file in the list."""
        rows = self._db.connection.execute("SELECT path FROM listing")
        return frozenset(os.fsdecode(row["path"]) for row in rows)

    def last_id(self) -> int:
        """The last number, 0 when the list is empty."""
        return int(self._db.connection.execute("SELECT coalesce(max(id), 0) FROM listing").fetchone()[0])

    def unsearched(self) -> tuple[str, ...]:
        """Folders whose search was not over."""
        return tuple(KeyValueStore(self._db).get(_UNSEARCHED, ()))

    def note_unsearched(self, folders: Iterable[str]) -> None:
        """Keep which folders' search is not over."""
        KeyValueStore(self._db).set(_UNSEARCHED, list(folders))

    def clear(self) -> None:
        """Forget the list."""
        with self._db.transaction() as connection:
            connection.execute("DELETE FROM listing")
            KeyValueStore(self._db).delete(_UNSEARCHED)

    def delete_before(self, moment: float) -> int:
        """Retention: forget rows that were last changed before ``moment``; returns how many."""
        with self._db.transaction() as connection:
            return connection.execute("DELETE FROM listing WHERE time < ?", (moment,)).rowcount


_NOTHING = Answer("")


def _values(row: StoredResult, now: float) -> tuple[object, ...]:
    brief = row.brief or _NOTHING
    model = brief.model or ModelRef("", "", "")
    return (
        row.id,
        os.fsencode(row.path),
        row.state,
        now,
        row.prediction_id,
        brief.clip_hash,
        brief.genre,
        brief.top[1].genre if len(brief.top) > 1 else "",
        brief.confidence,
        brief.duration_s,
        int(brief.unusual),
        json.dumps(brief.warnings) if brief.warnings else "",
        model.alias,
        model.version,
        row.packed,
    )


def _listed(row: sqlite3.Row) -> StoredResult:
    path = os.fsdecode(row["path"])
    brief = _brief(path, row) if row["genre"] else None
    return StoredResult(
        row["id"], path, row["state"], row["answer"], brief, row["prediction_id"], row["label"] or ""
    )


@lru_cache(maxsize=32)
def _model(alias: str, version: str) -> ModelRef | None:
    return ModelRef("", version, alias) if version else None


def _brief(path: str, row: sqlite3.Row) -> Answer:
    second = (GenreScore(row["runner_up"], 0.0),) if row["runner_up"] else ()
    return Answer(
        path,
        row["genre"],
        row["confidence"],
        (GenreScore(row["genre"], row["confidence"]), *second),
        bool(row["unusual"]),
        model=_model(row["alias"], row["model_version"]),
        duration_s=row["duration_s"],
        warnings=tuple(json.loads(row["warnings"])) if row["warnings"] else (),
        clip_hash=row["clip_hash"],
    )
