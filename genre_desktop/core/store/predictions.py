"""The history of predictions, until retention or the user deletes them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import dumps, loads
from genre_desktop.core.own_files.damaged_rows import moment
from genre_desktop.core.own_files.reader import parse_json
from genre_desktop.core.serialization import song_tags, surrogate_safe, tempo
from genre_desktop.core.store.database import Database, pack, unpack
from genre_desktop.core.store.repository import Repository
from genre_desktop.core.types import Answer, GenreScore, ModelRef, Segment, Source, TagScore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Prediction:
    """One stored answer.

    ``features`` is the pooled row ``(n_features,)`` of ``feature_version``, or None when the
    clip could not be read; ``correction`` is the label the user gave it, if any (equal to
    ``genre`` for a confirmation).
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


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """The features of a stored answer ``(n_features,)``, of ``feature_version``."""

    id: int
    clip_hash: str
    feature_version: str
    features: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CheckedAnswers:
    """Answers that a drift check has tested: those with an id above ``since`` and up to ``newest``."""

    since: int = 0
    newest: int = 0


_SELECT = (
    "SELECT p.*, (SELECT c.label FROM corrections c WHERE c.clip_hash = p.clip_hash "
    "AND c.clip_hash != '' AND c.undone IS NULL ORDER BY c.id DESC LIMIT 1) AS correction FROM predictions p "
)
_CLIP = "CASE clip_hash WHEN '' THEN path ELSE clip_hash END"
_UNTESTED = (
    "id > :newest AND error_code = '' AND genre != '' AND features IS NOT NULL "
    "AND source IN (SELECT value FROM json_each(:sources)) AND NOT EXISTS (SELECT 1 FROM predictions t "
    "WHERE t.clip_hash = predictions.clip_hash AND t.clip_hash != '' AND t.id > :since AND t.id <= :newest "
    "AND t.error_code = '' AND t.source IN (SELECT value FROM json_each(:sources)))"
)
_JUDGEABLE = (
    f"SELECT id, {_CLIP} FROM predictions WHERE {_UNTESTED} "  # noqa: S608  # literals
    "AND feature_version IN (SELECT value FROM json_each(:versions)) ORDER BY id DESC"
)
TOO_OLD = (
    "time < ? AND id NOT IN "
    "(SELECT prediction_id FROM corrections WHERE undone IS NULL AND prediction_id IS NOT NULL)"
)
"""Condition of the answers that retention deletes; those with an active correction stay: they are training rows."""
_ANSWERS = (
    "SELECT id, genre, confidence, unusual, model_name, model_version, alias, because, duration_s, latency_ms, "
    "probabilities, clip_hash, feature_version, details FROM predictions "
    "WHERE id IN (SELECT value FROM json_each(?)) AND details IS NOT NULL"
)

_FEATURES = (
    "SELECT id, clip_hash, feature_version, features FROM predictions WHERE id IN (SELECT value FROM json_each(?)) "
    "AND feature_version IN (SELECT value FROM json_each(?)) AND features IS NOT NULL"
)


class PredictionLog(Repository):
    """Adds and reads predictions."""

    def add(self, answer: Answer, source: Source) -> int:
        """Store an answer, failures included; return its id."""
        return self._insert("predictions", time=self._clock(), **_values(answer, source))

    def get(self, prediction_id: int) -> Prediction | None:
        """Return one prediction, or None when it was deleted."""
        row = self._row(_SELECT + "WHERE p.id = ?", prediction_id)
        return next(self._parsed("predictions", [] if row is None else [row], _prediction), None)

    def answer(self, prediction_id: int, path: str) -> Answer | None:
        """Return the answer without its features, for the file at ``path``; None where only the genre is stored."""
        return self.answers({prediction_id: path}).get(prediction_id)

    def answers(self, paths: Mapping[int, str], *, whole: bool = True) -> dict[int, Answer]:
        """Return the answers with these ids, as :meth:`answer` does for the file of each; missing ones are left out.

        ``whole=False`` leaves out timeline and probabilities, which take half of the time.
        """
        rows = self._rows(_ANSWERS, json.dumps(list(paths)))
        return dict(
            self._parsed(
                "predictions",
                rows,
                lambda row: (row["id"], _answer(row, paths[row["id"]], whole=whole)),
            )
        )

    def recent(self, n: int = 100) -> list[Prediction]:
        """Return the last ``n``, newest first."""
        return list(
            self._parsed("predictions", self._rows(_SELECT + "ORDER BY p.id DESC LIMIT ?", n), _prediction)
        )

    def latest_id(self, path: str) -> int | None:
        """Return the id of the newest successful prediction for a file, or None."""
        query = "SELECT coalesce(max(id), 0) FROM predictions WHERE path = ? AND error_code = ''"
        return self._number(query, surrogate_safe(path)) or None

    def count(self, since: int = 0, source: Source | None = None) -> int:
        """Return the number of predictions after an id, failures included."""
        if since == 0 and source is None:
            return self._number("SELECT count(*) FROM predictions")  # from the smallest index
        query = "SELECT count(*) FROM predictions WHERE id > ?1 AND (?2 IS NULL OR source = ?2)"
        return self._number(query, since, source)

    def last_id(self) -> int:
        """Return the newest id, 0 when there is none."""
        return self._number("SELECT coalesce(max(id), 0) FROM predictions")

    def judgeable(
        self,
        versions: Collection[str],
        *,
        tested: CheckedAnswers | None = None,
        newest: int = 1000,
        sources: Sequence[Source] = ("file", "batch"),
    ) -> list[Prediction]:
        """Return the predictions that a drift check may use, oldest first.

        Genres predicted from these feature versions, with their rows: the latest of each clip, at most
        ``newest`` of them, without ``tested`` clips. Live windows are excluded by default, because they overlap.
        """
        parameters = _parameters(tested or CheckedAnswers(), sources) | {
            "versions": json.dumps(list(versions))
        }
        found: dict[str, int] = {}
        for number, clip in self._db.connection.execute(_JUDGEABLE, parameters):
            found.setdefault(clip, number)
            if len(found) == newest:
                break
        ids = json.dumps(list(found.values()))
        rows = self._rows(_SELECT + "WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id", ids)  # noqa: S608
        widths = _widths(versions)
        return [
            one
            for one in self._parsed("predictions", rows, lambda row: _prediction(row, widths))
            if one.features is not None
        ]

    def feature_rows(self, ids: Sequence[int], versions: Mapping[str, Collection[str]]) -> list[FeatureRow]:
        """Return the features of answers with these ids, in any order; those without features of a version are left out.

        ``versions`` holds the names of the columns of each.
        """
        rows = self._rows(_FEATURES, json.dumps(list(ids)), json.dumps(list(versions)))
        widths = _widths(versions)
        return list(self._parsed("predictions", rows, lambda row: _feature_row(row, widths)))

    def count_untested(self, tested: CheckedAnswers, sources: Sequence[Source] = ("file", "batch")) -> int:
        """Return the number of clips that :meth:`judgeable` returns without its limit."""
        query = f"SELECT count(DISTINCT {_CLIP}) FROM predictions WHERE {_UNTESTED}"  # noqa: S608  # literals
        row = self._db.connection.execute(query, _parameters(tested, sources)).fetchone()
        return int(row[0])

    def replace_features(
        self, prediction_id: int, features: NDArray[np.float64], feature_version: str
    ) -> None:
        """Replace the feature row of a prediction, measured again by a newer version; its answer stays."""
        query = "UPDATE predictions SET features = ?, feature_version = ? WHERE id = ?"
        self._write(query, pack(features), feature_version, prediction_id)

    def delete_before(self, moment: float) -> int:
        """Delete predictions older than ``moment``, as :data:`TOO_OLD` has it; return how many."""
        return self._delete("predictions", TOO_OLD, moment)


def _parameters(tested: CheckedAnswers, sources: Sequence[Source]) -> dict[str, object]:
    return {"since": tested.since, "newest": tested.newest, "sources": json.dumps(list(sources))}


def forget_everything(db: Database) -> None:
    """Empty every table and free the space, so that nothing can be read from the file.

    Models, settings and recordings are separate files and stay.

    Raises
    ------
    AppError
        ``store-busy`` when another process uses the store; the tables are empty then, but
        the file may still contain their old content.
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


def _values(answer: Answer, source: Source) -> dict[str, object]:
    model = answer.model or ModelRef("", "", "")
    scores = answer.probabilities or answer.top
    return {
        "source": source,
        "path": surrogate_safe(answer.path),
        "clip_hash": answer.clip_hash,
        "duration_s": answer.duration_s,
        "feature_version": answer.feature_version,
        "features": pack(answer.features),
        "genre": answer.genre if answer.ok else "",
        "confidence": answer.confidence if answer.ok else 0.0,
        "probabilities": json.dumps({score.genre: score.probability for score in scores}),
        "unusual": int(answer.unusual),
        "model_name": model.name,
        "model_version": model.version,
        "alias": model.alias,
        "because": dumps(model.because),
        "latency_ms": answer.elapsed_ms,
        "error_code": answer.error.code if answer.error else "",
        "details": _details(answer) if answer.ok and source != "live" else None,
    }


def _details(answer: Answer) -> bytes:
    document = {
        "top": [[score.genre, score.probability] for score in answer.top],
        "segments": [[s.start_s, s.end_s, s.genre, s.probability, s.kind] for s in answer.segments],
        "warnings": answer.warnings,
        "family": answer.model.family if answer.model else "",
        "kind": answer.kind,
        "tags": [[tag.tag, tag.score] for tag in answer.tags],
        "style": answer.style,
        "bpm": answer.bpm,
        "key": answer.key,
        **answer.song.to_dict(),
    }
    return zlib.compress(json.dumps(document).encode(), 1)


def _answer(row: sqlite3.Row, path: str, *, whole: bool) -> Answer:
    details = parse_json(zlib.decompress(row["details"]).decode())
    model = ModelRef(
        row["model_name"], row["model_version"], row["alias"], details["family"], loads(row["because"])
    )
    return Answer(
        path,
        row["genre"],
        row["confidence"],
        tuple(GenreScore(*score) for score in details["top"]),
        bool(row["unusual"]),
        tuple(Segment(*segment) for segment in details["segments"]) if whole else (),
        model if model.name else None,
        duration_s=row["duration_s"],
        elapsed_ms=row["latency_ms"],
        warnings=tuple(details["warnings"]),
        probabilities=_probabilities(row["probabilities"]) if whole else (),
        clip_hash=row["clip_hash"],
        feature_version=row["feature_version"],
        kind=details.get("kind", "music"),  # answers of 0.1.0 lack this and what follows
        tags=tuple(TagScore(*tag) for tag in details.get("tags", ())),
        style=details.get("style", ""),
        bpm=tempo(details.get("bpm")),
        key=str(details.get("key") or ""),
        song=song_tags(details),
    )


def _probabilities(text: str) -> tuple[GenreScore, ...]:
    return tuple(GenreScore(*score) for score in parse_json(text).items())


_PLAIN = (
    "id", "time", "source", "path", "clip_hash", "duration_s", "genre", "confidence", "latency_ms",
    "error_code", "correction", "feature_version",
)  # fmt: skip


def _widths(versions: Collection[str]) -> dict[str, int]:
    """Return the number of columns of each feature version, where the caller passed them."""
    return {name: len(columns) for name, columns in versions.items()} if isinstance(versions, Mapping) else {}


def _feature_row(row: sqlite3.Row, widths: Mapping[str, int]) -> FeatureRow:
    version = row["feature_version"]
    return FeatureRow(row["id"], row["clip_hash"], version, unpack(row["features"], widths[version]))


def _prediction(row: sqlite3.Row, widths: Mapping[str, int] = MappingProxyType({})) -> Prediction:
    plain = {name: row[name] for name in _PLAIN} | {"time": moment(row["time"])}
    return Prediction(
        **plain,
        probabilities=parse_json(row["probabilities"]),
        unusual=bool(row["unusual"]),
        model=ModelRef(row["model_name"], row["model_version"], row["alias"], because=loads(row["because"])),
        features=None
        if row["features"] is None
        else unpack(row["features"], widths.get(row["feature_version"])),
    )
