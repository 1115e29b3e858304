"""APScheduler's SQLAlchemy job store, with JSON in place of pickles.

APScheduler stores pickled job objects, and unpickling a tampered file may run any code. Jobs here have
fixed names and one function, so only their interval and next time are stored.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.base import ConflictingIdError, JobLookupError
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.triggers.interval import IntervalTrigger
from apscheduler.util import datetime_to_utc_timestamp
from sqlalchemy import event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import IntegrityError

from genre_desktop.core.errors import AppError, Problem, disk_full
from genre_desktop.core.own_files.damaged_rows import LAST_MOMENT
from genre_desktop.core.own_files.reader import parse_json

TABLE = "schedule"


class JsonJobStore(SQLAlchemyJobStore):  # type: ignore[misc]
    """Stores interval jobs in the SQLite file ``path``.

    Parameters
    ----------
    function, key:
        Every job calls ``function(id, key)``; a module-level function, as APScheduler requires.
    """

    def __init__(self, path: Path, function: Callable[[str, str], None], key: str) -> None:
        super().__init__(url=f"sqlite:///{path.as_posix()}", tablename=TABLE)
        event.listen(self.engine, "connect", _sync_deletions)
        self._function = function
        self._key = key
        self._path = path
        event.listen(self.engine, "handle_error", self._raise_for_users)

    def _raise_for_users(self, context: ExceptionContext) -> None:
        """Raise ``no-space`` or ``schedule-failed`` in place of an error of SQLite that has no meaning here."""
        error = context.original_exception
        if isinstance(error, sqlite3.OperationalError):
            problem = disk_full(error, self._path)
            raise AppError(
                problem or Problem("schedule-failed", path=str(self._path), error=str(error))
            ) from error

    def start(self, scheduler: Any, alias: str) -> None:
        """Create the table, and delete invalid rows."""
        super().start(scheduler, alias)
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    f"DELETE FROM {TABLE} WHERE typeof(next_run_time) NOT IN ('real', 'integer') "  # noqa: S608
                    "OR NOT next_run_time BETWEEN 0 AND :last"
                ),
                {"last": LAST_MOMENT},
            )
        self.get_all_jobs()  # deletes what it cannot restore

    def add_job(self, job: Job) -> None:
        """Insert a job; ``ConflictingIdError`` when the id exists."""
        with self.engine.begin() as connection:
            try:
                connection.execute(self.jobs_t.insert().values(id=job.id, **_state(job)))
            except IntegrityError as error:
                raise ConflictingIdError(job.id) from error

    def update_job(self, job: Job) -> None:
        """Update a job; ``JobLookupError`` when the id does not exist."""
        update = self.jobs_t.update().where(self.jobs_t.c.id == job.id).values(**_state(job))
        with self.engine.begin() as connection:
            if connection.execute(update).rowcount == 0:
                raise JobLookupError(job.id)

    def _reconstitute_job(self, job_state: bytes) -> Job:
        state = parse_json(job_state)
        name, next_run = str(state["id"]), datetime.fromtimestamp(float(state["next"]), UTC)
        job = Job(
            self._scheduler,
            id=name,
            func=self._function,
            args=(name, self._key),
            kwargs={},
            trigger=IntervalTrigger(seconds=int(float(state["seconds"])), start_date=next_run, timezone=UTC),
            executor="default",
            coalesce=True,  # an overdue job runs once, however late
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=next_run,
            name=name,
        )
        job._jobstore_alias = self._alias
        return job


def next_runs(path: Path) -> dict[str, float]:
    """Return the next time of each job in seconds since 1970, read without APScheduler; empty without a file."""
    if not path.exists():
        return {}
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
        ) as connection:
            rows = connection.execute(
                f"SELECT id, next_run_time FROM {TABLE} WHERE next_run_time IS NOT NULL"  # noqa: S608
            ).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):  # as in damage.integrity
        return {}
    return {str(name): found for name, found in rows if isinstance(found, int | float)}


def _sync_deletions(connection: sqlite3.Connection, _record: object) -> None:
    # A transaction ends with the deletion of its journal, which a loss of power would undo.
    connection.execute("PRAGMA synchronous=EXTRA")


def _state(job: Job) -> dict[str, Any]:
    moment = datetime_to_utc_timestamp(job.next_run_time)
    document = {"id": job.id, "seconds": job.trigger.interval_length, "next": moment}
    return {"next_run_time": moment, "job_state": json.dumps(document).encode()}
