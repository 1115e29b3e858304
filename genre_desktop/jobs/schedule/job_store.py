"""APScheduler's SQLAlchemy job store, with JSON in place of pickles.

APScheduler pickles whole job objects into the database, and unpickles whatever it finds there.
Our jobs have fixed names and one function, so their interval and next time are all there is to
keep; a file that was tampered with can make a job late, and nothing else.
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
from sqlalchemy.exc import IntegrityError

TABLE = "schedule"


class JsonJobStore(SQLAlchemyJobStore):  # type: ignore[misc]
    """Keeps interval jobs that all call one function with their own id.

    Parameters
    ----------
    path:
        SQLite file.
    function, key:
        Every job calls ``function(id, key)``; a module-level function, as APScheduler demands.
    """

    def __init__(self, path: Path, function: Callable[[str, str], None], key: str) -> None:
        super().__init__(url=f"sqlite:///{path.as_posix()}", tablename=TABLE)
        self._function = function
        self._key = key

    def start(self, scheduler: Any, alias: str) -> None:
        """Make the table, and drop rows that are not ours."""
        super().start(scheduler, alias)
        self.get_all_jobs()

    def add_job(self, job: Job) -> None:
        """Insert; ``ConflictingIdError`` when the id exists."""
        with self.engine.begin() as connection:
            try:
                connection.execute(self.jobs_t.insert().values(id=job.id, **_state(job)))
            except IntegrityError as error:
                raise ConflictingIdError(job.id) from error

    def update_job(self, job: Job) -> None:
        """Update; ``JobLookupError`` when the id does not exist."""
        update = self.jobs_t.update().where(self.jobs_t.c.id == job.id).values(**_state(job))
        with self.engine.begin() as connection:
            if connection.execute(update).rowcount == 0:
                raise JobLookupError(job.id)

    def _reconstitute_job(self, job_state: bytes) -> Job:
        state = json.loads(job_state)
        job = _new_job(
            self._scheduler,
            str(state["id"]),
            float(state["seconds"]),
            datetime.fromtimestamp(float(state["next"]), UTC),
            self._function,
            self._key,
        )
        job._jobstore_alias = self._alias
        return job


def _new_job(
    scheduler: Any,
    name: str,
    seconds: float,
    next_run: datetime,
    function: Callable[[str, str], None],
    key: str,
) -> Job:
    """A job as this store keeps it: an overdue one runs once, however late it is."""
    return Job(
        scheduler,
        id=name,
        func=function,
        args=(name, key),
        kwargs={},
        trigger=IntervalTrigger(seconds=int(seconds), start_date=next_run, timezone=UTC),
        executor="default",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        next_run_time=next_run,
        name=name,
    )


def next_runs(path: Path) -> dict[str, float]:
    """Next time of each job in seconds since 1970, read without APScheduler; empty without a schedule."""
    if not path.exists():
        return {}
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
        ) as connection:
            rows = connection.execute(
                f"SELECT id, next_run_time FROM {TABLE} WHERE next_run_time IS NOT NULL"  # noqa: S608
            ).fetchall()
    except sqlite3.Error:
        return {}
    return {str(name): float(moment) for name, moment in rows}


def _state(job: Job) -> dict[str, Any]:
    moment = datetime_to_utc_timestamp(job.next_run_time)
    document = {"id": job.id, "seconds": job.trigger.interval_length, "next": moment}
    return {"next_run_time": moment, "job_state": json.dumps(document).encode()}
