"""The history of jobs: when they ran, how they ended, what they found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from genre_desktop.core.messages import EMPTY, Message, dumps, from_json, loads, message, to_json
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.repository import Repository

Status = Literal["running", "succeeded", "failed", "cancelled", "died"]

INTERRUPTED = message("Genre Desktop or the computer was shut down while it ran.")


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run of a job; times in seconds since 1970, ``finished`` None while it runs."""

    id: int
    name: str
    started: float
    finished: float | None
    status: Status
    message: Message
    result: dict[str, Any]
    log_path: str

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return None if self.finished is None else self.finished - self.started


class JobRuns(Repository):
    """Adds and reads runs."""

    def start(self, name: str, log_path: str = "") -> int:
        """A run begins; returns its id."""
        with self._db.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO job_runs (name, started, status, log_path) VALUES (?, ?, 'running', ?)",
                (name, self._clock(), surrogate_safe(log_path)),
            )
        return int(cursor.lastrowid or 0)

    def finish(
        self, run_id: int, status: Status, message: Message = EMPTY, result: dict[str, Any] | None = None
    ) -> bool:
        """A run ends; the first word counts. Returns False when it had already ended."""
        with self._db.transaction() as connection:
            cursor = connection.execute(
                "UPDATE job_runs SET finished = ?, status = ?, message = ?, result = ? "
                "WHERE id = ? AND status = 'running'",
                (self._clock(), status, dumps(message), json.dumps(to_json(result or {})), run_id),
            )
        return cursor.rowcount > 0

    def get(self, run_id: int) -> JobRun | None:
        """One run, or None when it was forgotten."""
        row = self._db.connection.execute("SELECT * FROM job_runs WHERE id = ?", (run_id,)).fetchone()
        return None if row is None else _run(row)

    def recent(self, name: str | None = None, n: int = 50) -> list[JobRun]:
        """The last ``n`` (of one job), newest first."""
        rows = self._db.connection.execute(
            "SELECT * FROM job_runs WHERE ?1 IS NULL OR name = ?1 ORDER BY id DESC LIMIT ?2", (name, n)
        )
        return [_run(row) for row in rows]

    def last(self) -> dict[str, JobRun]:
        """The newest run of each job."""
        rows = self._db.connection.execute(
            "SELECT * FROM job_runs WHERE id IN (SELECT max(id) FROM job_runs GROUP BY name)"
        )
        return {row["name"]: _run(row) for row in rows}

    def mark_died(self, is_running: Callable[[str], bool]) -> list[JobRun]:
        """Find runs whose process is gone without a word, and say so; returns them.

        ``is_running(name)`` tells whether a job of that name runs now. Two never do at once,
        so every run but the newest is dead for certain.
        """
        rows = self._db.connection.execute(
            "SELECT * FROM job_runs WHERE status = 'running' ORDER BY id DESC"
        ).fetchall()
        alive: set[str] = set()
        dead = []
        for run in map(_run, rows):
            if run.name not in alive and is_running(run.name):
                alive.add(run.name)
            elif self.finish(run.id, "died", INTERRUPTED):
                dead.append(run)
        return dead


def _run(row: sqlite3.Row) -> JobRun:
    result = from_json(json.loads(row["result"]))
    return JobRun(**{**dict(row), "message": loads(row["message"]), "result": result})
