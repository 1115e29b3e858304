"""Folders being classified: the rows done so far, so that a killed run resumes without redoing them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from genre_desktop.core import serialization
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.repository import Repository
from genre_desktop.core.types import Analysis, Mode


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What makes two runs the same.

    Attributes
    ----------
    paths:
        Files and folders as the person named them.
    recursive, model, mode:
        As in the command line; see :class:`~genre_desktop.core.types.AnalyseRequest`.
    folder:
        Where relative paths begin; empty where all are absolute.
    """

    paths: tuple[str, ...]
    recursive: bool = False
    model: str = "champion"
    mode: Mode = "song"
    folder: str = ""

    def key(self) -> str:
        """The request as the store keeps it."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_key(cls, key: str) -> BatchRequest:
        """The inverse of :meth:`key`."""
        document = json.loads(key)
        return cls(**document | {"paths": tuple(document["paths"])})


@dataclass(frozen=True, slots=True)
class InterruptedBatch:
    """A batch that was interrupted; ``started`` in seconds since 1970, ``done`` rows are kept."""

    id: int
    started: float
    request: BatchRequest
    done: int


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A finished file: where it is, what it was when it was read, and its answer."""

    path: str
    stamp: str
    analysis: Analysis


def stamp(path: str | os.PathLike[str]) -> str:
    """Size and time of a file; another stamp means another content. Empty when it cannot be seen."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}"


class BatchStore(Repository):
    """Rows of unfinished batches."""

    def open(self, request: BatchRequest) -> int:
        """Begin a batch; returns its id."""
        with self._db.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO batches (started, request) VALUES (?, ?)", (self._clock(), request.key())
            )
        return int(cursor.lastrowid or 0)

    def add(self, batch_id: int, rows: Iterable[BatchRow]) -> None:
        """Keep finished rows, all or none; a row that was redone replaces the earlier one."""
        values = [(batch_id, os.fsencode(row.path), row.stamp, *_kept(row.analysis)) for row in rows]
        with self._db.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO batch_rows (batch_id, path, stamp, answer, prediction_id) "
                "SELECT id, ?2, ?3, ?4, ?5 FROM batches WHERE id = ?1",  # nothing after "forget everything"
                values,
            )

    def find(self, batch_id: int, path: str, now: str) -> Analysis | None:
        """The kept answer of a file whose stamp is still ``now``, else None."""
        row = self._db.connection.execute(
            "SELECT answer, prediction_id FROM batch_rows WHERE batch_id = ? AND path = ? AND stamp = ?",
            (batch_id, os.fsencode(path), now),
        ).fetchone()
        if row is None or row["prediction_id"] is None:
            return None if row is None else serialization.restore(row["answer"])
        answer = PredictionLog(self._db).answer(row["prediction_id"], path)
        return None if answer is None else Analysis(answer, prediction_id=row["prediction_id"])

    def close(self, batch_id: int) -> None:
        """The batch is over and every row was handed over: forget it."""
        with self._db.transaction() as connection:
            connection.execute("DELETE FROM batches WHERE id = ?", (batch_id,))

    def unfinished(self) -> list[InterruptedBatch]:
        """Batches whose run did not come to its end (or still goes on), newest first."""
        rows = self._db.connection.execute(
            "SELECT b.id, b.started, b.request, count(r.path) AS done FROM batches b "
            "LEFT JOIN batch_rows r ON r.batch_id = b.id GROUP BY b.id ORDER BY b.id DESC"
        )
        return [
            InterruptedBatch(r["id"], r["started"], BatchRequest.from_key(r["request"]), r["done"])
            for r in rows
        ]

    def delete_before(self, moment: float) -> int:
        """Retention: forget batches begun before ``moment``; returns how many."""
        with self._db.transaction() as connection:
            return connection.execute("DELETE FROM batches WHERE started < ?", (moment,)).rowcount


def _kept(analysis: Analysis) -> tuple[str, int | None]:
    """An answer that is among the predictions is kept there alone."""
    if analysis.prediction_id is not None and analysis.answer.ok:
        return "", analysis.prediction_id
    return serialization.dump(analysis), None
