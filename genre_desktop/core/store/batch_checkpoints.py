"""Checkpoints of folder runs, so that a killed run resumes without repeating finished files."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from genre_desktop.core import serialization
from genre_desktop.core.own_files.damaged_rows import moment
from genre_desktop.core.own_files.reader import parse_json
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.repository import Repository
from genre_desktop.core.types import Analysis, Answer, Mode

_CLOSED = 0.0
"""The start of a batch that is being deleted: it cannot be resumed."""

_ROWS_AT_ONCE = 2000
"""Rows deleted in one transaction: these are small."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """The request of a batch; equal requests can resume each other.

    Attributes
    ----------
    paths:
        Files and folders as the user named them.
    recursive, model, mode:
        As in the command line; see :class:`~genre_desktop.core.types.AnalyseRequest`.
    folder:
        Base of relative paths; empty where all are absolute.
    """

    paths: tuple[str, ...]
    recursive: bool = False
    model: str = "champion"
    mode: Mode = "song"
    folder: str = ""

    def key(self) -> str:
        """Return the request as stored text."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_key(cls, key: str) -> BatchRequest:
        """Return the request of a stored text."""
        document = parse_json(key)
        return cls(**document | {"paths": tuple(document["paths"])})


@dataclass(frozen=True, slots=True)
class InterruptedBatch:
    """An interrupted batch with ``done`` finished rows; ``started`` in seconds since 1970."""

    id: int
    started: float
    request: BatchRequest
    done: int


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A finished file: its path, its stamp when it was read, and its answer."""

    path: str
    stamp: str
    analysis: Analysis


def stamp(path: str | os.PathLike[str]) -> str:
    """Return size and modification time of a file, which change with its content; empty when it is inaccessible."""
    try:
        status = os.stat(path)  # noqa: PTH116  # for each of 100,000 files; Path takes twice as long
    except (OSError, ValueError):
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}"


def _interrupted(row: sqlite3.Row) -> InterruptedBatch:
    request = BatchRequest.from_key(row["request"])
    return InterruptedBatch(row["id"], moment(row["started"]), request, row["done"])


class BatchStore(Repository):
    """Rows of unfinished batches."""

    def open(self, request: BatchRequest) -> int:
        """Start a batch; return its id."""
        return self._insert("batches", started=self._clock(), request=request.key())

    def add(self, batch_id: int, rows: Iterable[BatchRow]) -> None:
        """Store finished rows in one transaction; a repeated row replaces the earlier one."""
        values = [(batch_id, os.fsencode(row.path), row.stamp, *_stored(row.analysis)) for row in rows]
        with self._db.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO batch_rows (batch_id, path, stamp, answer, prediction_id) "
                "SELECT id, ?2, ?3, ?4, ?5 FROM batches WHERE id = ?1",  # no row once everything was deleted
                values,
            )

    def stamps(self, batch_id: int, paths: Sequence[str]) -> dict[str, str]:
        """Return those of some files that are finished, with the stamp of each."""
        return {
            os.fsdecode(row["path"]): row["stamp"] for row in self._rows_of(batch_id, paths, "path, stamp")
        }

    def find(self, batch_id: int, paths: Sequence[str]) -> list[Analysis | None]:
        """Return the stored answer of each file; None where there is none or it was deleted meanwhile."""
        rows = self._rows_of(batch_id, paths, "path, answer, prediction_id")
        stored = {row["path"]: row for row in rows}
        ids = {
            row["prediction_id"]: os.fsdecode(row["path"]) for row in rows if row["prediction_id"] is not None
        }
        answers = PredictionLog(self._db).answers(ids)
        return [_analysis(stored.get(os.fsencode(path)), answers) for path in paths]

    def _rows_of(self, batch_id: int, paths: Sequence[str], columns: str) -> list[sqlite3.Row]:
        places = ", ".join("?" * len(paths))
        query = f"SELECT {columns} FROM batch_rows WHERE batch_id = ? AND path IN ({places})"  # noqa: S608  # literals
        return self._rows(query, batch_id, *map(os.fsencode, paths))

    def close(self, batch_id: int) -> None:
        """Delete a batch whose rows were all delivered."""
        self._write("UPDATE batches SET started = ? WHERE id = ?", _CLOSED, batch_id)
        self._delete_closed()

    def unfinished(self) -> list[InterruptedBatch]:
        """Return the batches that did not finish (or still run), newest first."""
        rows = self._rows(
            "SELECT b.id, b.started, b.request, count(r.path) AS done FROM batches b "
            "LEFT JOIN batch_rows r ON r.batch_id = b.id WHERE b.started != ? GROUP BY b.id ORDER BY b.id DESC",
            _CLOSED,
        )
        return list(self._parsed("batches", rows, _interrupted))

    def delete_before(self, moment: float) -> int:
        """Delete batches started before ``moment``; return how many."""
        query = "UPDATE batches SET started = ?1 WHERE started < ?2 AND started != ?1"
        deleted = self._write(query, _CLOSED, moment)
        self._delete_closed()
        return deleted

    def _delete_closed(self) -> None:
        """Delete closed batches, also one of a program that was killed meanwhile; a million rows take half a minute."""
        closed = "SELECT id FROM batches WHERE started = ?"
        self._delete("batch_rows", f"batch_id IN ({closed})", _CLOSED, at_once=_ROWS_AT_ONCE)
        self._write("DELETE FROM batches WHERE started = ?", _CLOSED)


def _analysis(row: sqlite3.Row | None, answers: Mapping[int, Answer]) -> Analysis | None:
    if row is None:
        return None
    if row["prediction_id"] is None:
        return serialization.restore(row["answer"])
    answer = answers.get(row["prediction_id"])
    return None if answer is None else Analysis(answer, prediction_id=row["prediction_id"])


def _stored(analysis: Analysis) -> tuple[str, int | None]:
    """Return the answer as text, or only its id where the table of predictions has it."""
    if analysis.prediction_id is not None and analysis.answer.ok:
        return "", analysis.prediction_id
    return serialization.dump(analysis), None
