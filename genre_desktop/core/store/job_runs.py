"""The history of jobs: when they ran, their status and their results."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from genre_desktop.core.messages import EMPTY, Message, dumps, from_json, loads, message, to_json
from genre_desktop.core.own_files.damaged_rows import moment, moment_or_none
from genre_desktop.core.own_files.reader import parse_json
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.repository import Repository

Status = Literal["running", "succeeded", "failed", "cancelled", "died"]

INTERRUPTED = message("Genre Desktop or the computer was shut down while the job was running.")


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
        """Duration, None while the job runs."""
        return None if self.finished is None else self.finished - self.started


class JobRuns(Repository):
    """Adds and reads runs."""

    def start(self, name: str, log_path: str = "") -> int:
        """Record the start of a run; return its id."""
        path = surrogate_safe(log_path)
        return self._insert("job_runs", name=name, started=self._clock(), status="running", log_path=path)

    def finish(
        self, run_id: int, status: Status, message: Message = EMPTY, result: dict[str, Any] | None = None
    ) -> bool:
        """Record the end of a run; return False, and change nothing, when its end was recorded before."""
        document = json.dumps(to_json(result or {}))
        changed = self._write(
            "UPDATE job_runs SET finished = ?, status = ?, message = ?, result = ? "
            "WHERE id = ? AND status = 'running'",
            self._clock(),
            status,
            dumps(message),
            document,
            run_id,
        )
        return changed > 0

    def get(self, run_id: int) -> JobRun | None:
        """Return one run, or None when it was deleted."""
        row = self._row("SELECT * FROM job_runs WHERE id = ?", run_id)
        return None if row is None else _run(row)

    def recent(self, name: str | None = None, n: int = 50) -> list[JobRun]:
        """Return the last ``n`` (of one job), newest first."""
        query = "SELECT * FROM job_runs WHERE ?1 IS NULL OR name = ?1 ORDER BY id DESC LIMIT ?2"
        return list(self._parsed("job_runs", self._rows(query, name, n), _run))

    def last(self) -> dict[str, JobRun]:
        """Return the newest run of each job."""
        query = "SELECT * FROM job_runs WHERE id IN (SELECT max(id) FROM job_runs GROUP BY name)"
        return {run.name: run for run in self._parsed("job_runs", self._rows(query), _run)}

    def mark_crashed(self, is_running: Callable[[str], bool]) -> list[JobRun]:
        """Mark the runs whose process is gone as died; return them.

        ``is_running(name)`` returns whether a job of that name runs now. Two never run at once,
        so every run but the newest is certainly dead.
        """
        rows = self._rows("SELECT * FROM job_runs WHERE status = 'running' ORDER BY id DESC")
        alive: set[str] = set()
        dead = []
        for run in self._parsed("job_runs", rows, _run):
            if run.name not in alive and is_running(run.name):
                alive.add(run.name)
            elif self.finish(run.id, "died", INTERRUPTED):
                dead.append(run)
        return dead


def _run(row: sqlite3.Row) -> JobRun:
    parsed = {
        "started": moment(row["started"]),
        "finished": moment_or_none(row["finished"]),
        "message": loads(row["message"]),
        "result": dict(from_json(parse_json(row["result"]))),
    }
    return JobRun(**dict(row) | parsed)
