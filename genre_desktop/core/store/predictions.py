"""Every answer the app ever gave, until retention or the person removes it."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import dumps, loads
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.database import Database, pack, unpack
from genre_desktop.core.store.repository import Repository
from genre_desktop.core.types import Answer, GenreScore, ModelRef, Segment, Source


@dataclass(frozen=True, slots=True)
class Prediction:
    """One remembered answer.

    ``features`` is the pooled row ``(n_features,)`` of ``feature_version``, or None when the
    clip could not be read; ``correction`` is the label the person gave it, if any (equal to
    ``genre`` when they confirmed it).
    """

    id: int
    time: float
    source: Source
    path: str
    clip_hash: str
    duration_s: float
    genre: str
    confidence: float
    probabilities: dict[str, float]
    unusual: bool
    model: ModelRef
    latency_ms: float
    error_code: str = ""
    correction: str | None = None
    feature_version: str = ""
    features: NDArray[np.float64] | None = field(default=None, repr=False, compare=False)


_COLUMNS = (
    "time, source, path, clip_hash, duration_s, feature_version, features, genre, confidence, "
    "probabilities, unusual, model_name, model_version, alias, because, latency_ms, error_code, details"
)
_SELECT = (
    "SELECT p.*, (SELECT c.label FROM corrections c WHERE c.clip_hash = p.clip_hash "
    "AND c.clip_hash != '' AND c.undone IS NULL ORDER BY c.id DESC LIMIT 1) AS correction FROM predictions p "
)
_JUDGEABLE = (
    "WHERE p.id IN (SELECT max(id) FROM predictions WHERE id > ? AND error_code = '' "
    "AND features IS NOT NULL AND feature_version = ? AND source IN (SELECT value FROM json_each(?)) "
    "GROUP BY CASE clip_hash WHEN '' THEN path ELSE clip_hash END) ORDER BY p.id DESC LIMIT ?"
)


class PredictionLog(Repository):
    """Adds and reads predictions."""

    def add(self, answer: Answer, source: Source) -> int:
        """Remember an answer, failures included; returns its id."""
        row = _row(answer, source, self._clock())
        marks = ", ".join("?" * len(row))
        with self._db.transaction() as connection:
            cursor = connection.execute(f"INSERT INTO predictions ({_COLUMNS}) VALUES ({marks})", row)  # noqa: S608
        return int(cursor.lastrowid or 0)

    def get(self, prediction_id: int) -> Prediction | None:
        """One prediction, or None when it is gone."""
        row = self._db.connection.execute(_SELECT + "WHERE p.id = ?", (prediction_id,)).fetchone()
        return None if row is None else _prediction(row)

    def answer(self, prediction_id: int, path: str) -> Answer | None:
        """The whole answer but for its features, about the file at ``path``; None where only its genre is kept.

        Raises
        ------
        ValueError, KeyError, TypeError, zlib.error
            The row is damaged.
        """
        row = self._db.connection.execute(
            "SELECT * FROM predictions WHERE id = ? AND details IS NOT NULL", (prediction_id,)
        ).fetchone()
        return None if row is None else _answer(row, path)

    def recent(self, n: int = 100) -> list[Prediction]:
        """The last ``n``, newest first."""
        rows = self._db.connection.execute(_SELECT + "ORDER BY p.id DESC LIMIT ?", (n,))
        return [_prediction(row) for row in rows]

    def since(self, prediction_id: int, limit: int = 10_000) -> list[Prediction]:
        """Those after an id, oldest first."""
        rows = self._db.connection.execute(
            _SELECT + "WHERE p.id > ? ORDER BY p.id LIMIT ?", (prediction_id, limit)
        )
        return [_prediction(row) for row in rows]

    def latest_id(self, path: str) -> int | None:
        """The newest answered prediction about a file, or None."""
        row = self._db.connection.execute(
            "SELECT max(id) FROM predictions WHERE path = ? AND error_code = ''", (surrogate_safe(path),)
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def count(self, since: int = 0, source: Source | None = None) -> int:
        """How many came after an id, failures included."""
        row = self._db.connection.execute(
            "SELECT count(*) FROM predictions WHERE id > ? AND (? IS NULL OR source = ?)",
            (since, source, source),
        ).fetchone()
        return int(row[0])

    def last_id(self) -> int:
        """The newest id, 0 when there is none."""
        return int(self._db.connection.execute("SELECT coalesce(max(id), 0) FROM predictions").fetchone()[0])

    def judgeable(
        self,
        feature_version: str,
        *,
        after: int = 0,
        newest: int = 1000,
        sources: Sequence[Source] = ("file", "batch"),
    ) -> list[Prediction]:
        """What a drift check may look at, oldest first.

        Answered clips of this feature version with their rows, each clip once (its latest
        answer) and at most the ``newest`` of them. Live windows are left out: they overlap,
        so thirty of them are one piece of music and not thirty.
        """
        rows = self._db.connection.execute(
            _SELECT + _JUDGEABLE,
            (after, feature_version, json.dumps(list(sources)), newest),
        ).fetchall()
        return [_prediction(row) for row in reversed(rows)]

    def delete_before(self, moment: float) -> int:
        """Retention: delete predictions older than ``moment``; returns how many.

        Those that a standing correction refers to stay: they are the person's training rows.
        """
        with self._db.transaction() as connection:
            cursor = connection.execute(
                "DELETE FROM predictions WHERE time < ? AND id NOT IN "
                "(SELECT prediction_id FROM corrections WHERE undone IS NULL AND prediction_id IS NOT NULL)",
                (moment,),
            )
        return cursor.rowcount


def forget_everything(db: Database) -> None:
    """Empty every table and give the space back, so that nothing can be read from the file.

    Models, settings and recordings are files of their own and stay.

    Raises
    ------
    AppError
        ``store-busy`` when another process holds the store; the tables are empty then, but
        their old content may still be found in the file.
    """
    with db.transaction() as connection:
        for table in _tables(connection):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  # names come from the schema
    try:
        db.connection.execute("VACUUM")
        busy = db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        busy = True
    if busy:
        raise AppError("store-busy")


def _tables(connection: sqlite3.Connection) -> list[str]:
    # Children first: foreign keys are enforced.
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY sql NOT LIKE '%REFERENCES%'"
    )
    return [str(row["name"]) for row in rows]


def _row(answer: Answer, source: Source, moment: float) -> tuple[object, ...]:
    model = answer.model or ModelRef("", "", "")
    scores = answer.probabilities or answer.top
    return (
        moment,
        source,
        surrogate_safe(answer.path),
        answer.clip_hash,
        answer.duration_s,
        answer.feature_version,
        pack(answer.features),
        answer.genre if answer.ok else "",
        answer.confidence if answer.ok else 0.0,
        json.dumps({score.genre: score.probability for score in scores}),
        int(answer.unusual),
        model.name,
        model.version,
        model.alias,
        dumps(model.because),
        answer.elapsed_ms,
        answer.error.code if answer.error else "",
        _details(answer) if answer.ok and source != "live" else None,
    )


def _details(answer: Answer) -> bytes:
    document = {
        "top": [[score.genre, score.probability] for score in answer.top],
        "segments": [[s.start_s, s.end_s, s.genre, s.probability] for s in answer.segments],
        "warnings": answer.warnings,
        "family": answer.model.family if answer.model else "",
    }
    return zlib.compress(json.dumps(document).encode(), 1)


def _answer(row: sqlite3.Row, path: str) -> Answer:
    details = json.loads(zlib.decompress(row["details"]))
    model = ModelRef(row["model_name"], row["model_version"], row["alias"], details["family"], row["because"])
    return Answer(
        path,
        row["genre"],
        row["confidence"],
        tuple(GenreScore(*score) for score in details["top"]),
        bool(row["unusual"]),
        tuple(Segment(*segment) for segment in details["segments"]),
        model if model.name else None,
        duration_s=row["duration_s"],
        elapsed_ms=row["latency_ms"],
        warnings=tuple(details["warnings"]),
        probabilities=tuple(GenreScore(*score) for score in json.loads(row["probabilities"]).items()),
        clip_hash=row["clip_hash"],
        feature_version=row["feature_version"],
    )


def _prediction(row: sqlite3.Row) -> Prediction:
    return Prediction(
        id=row["id"],
        time=row["time"],
        source=row["source"],
        path=row["path"],
        clip_hash=row["clip_hash"],
        duration_s=row["duration_s"],
        genre=row["genre"],
        confidence=row["confidence"],
        probabilities=json.loads(row["probabilities"]),
        unusual=bool(row["unusual"]),
        model=ModelRef(row["model_name"], row["model_version"], row["alias"], because=loads(row["because"])),
        latency_ms=row["latency_ms"],
        error_code=row["error_code"],
        correction=row["correction"],
        feature_version=row["feature_version"],
        features=None if row["features"] is None else unpack(row["features"]),
    )
