"""The maintenance job: retention, compaction and an integrity check of the store."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.predictions import PredictionLog, forget_everything
from genre_desktop.core.store.repository import pause
from genre_desktop.core.store.results_list import ResultsListStore
from genre_desktop.jobs.context import TaskContext

DAY = 86_400.0
KEEP_REPORTS = 20
KEEP_RUNS = 1000
"""Entries kept in the job history."""
KEEP_HISTORY_S = 2 * 365 * DAY
"""Age after which drift checks and resolved alerts are deleted."""
MAX_FREE_SHARE = 0.25
"""Share of free pages in the store's file above which they are freed."""
PAGES = 100
"""Pages freed in one transaction."""
_INCREMENTAL = 2


def run(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Delete what is older than the retention settings, check the store and compact it.

    Returns
    -------
    dict
        ``predictions``, ``reports``: how many were deleted; ``freed_bytes`` of the store's file.

    Raises
    ------
    AppError
        ``store-damaged`` when SQLite finds its file damaged.
    """
    database = context.parts.database
    now = time.time()
    days = int(context.parts.settings["privacy.keep_days"])
    deleted = PredictionLog(database).delete_before(now - days * DAY) if days else 0
    if days:
        ResultsListStore(database).delete_before(now - days * DAY)
    context.log(
        f"{deleted} predictions older than {days} days were deleted." if days else "All predictions are kept."
    )
    DriftLog(database).delete_before(now - KEEP_HISTORY_S)
    _trim(database, now)
    context.progress(0.5, message("Tidying the library file"))
    _check(database)
    reports = remove_old(context.home.reports)
    freed = _compact(database)
    return {"predictions": deleted, "reports": reports, "freed_bytes": freed}


def forget(home: Home, database: Database) -> None:
    """Delete the store's contents, drift reports and job logs; models, settings and recordings stay.

    Raises
    ------
    AppError
        As :func:`.forget_everything`.
    """
    for path in [*home.reports.glob("*.html"), *(home.logs / "jobs").glob("*.log")]:
        path.unlink(missing_ok=True)
    forget_everything(database)


def remove_old(folder: Path, keep: int = KEEP_REPORTS) -> int:
    """Delete all but the newest drift reports; return how many were deleted."""
    old = sorted(folder.glob("drift-*.html"))[:-keep]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _trim(database: Database, now: float) -> None:
    with database.transaction() as connection:
        connection.execute("DELETE FROM alerts WHERE resolved < ?", (now - KEEP_HISTORY_S,))
        connection.execute(
            "DELETE FROM job_runs WHERE finished IS NOT NULL AND id <= (SELECT max(id) FROM job_runs) - ?",
            (KEEP_RUNS,),
        )


def _check(database: Database) -> None:
    try:
        messages = [str(row[0]) for row in database.connection.execute("PRAGMA quick_check(3)")]
    except sqlite3.DatabaseError as error:
        messages = [str(error)]
    if messages != ["ok"]:
        raise AppError("store-damaged", found="; ".join(messages))


def _compact(database: Database) -> int:
    """Shrink the file if much of it is free, unless it is locked; return the freed bytes."""
    before = database.path.stat().st_size
    connection = database.connection
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA analysis_limit=400")
        connection.execute("PRAGMA optimize")
        if _number(connection, "freelist_count") > _number(connection, "page_count") * MAX_FREE_SHARE:
            _free_pages(connection)
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # writers wait for the other one
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return max(before - database.path.stat().st_size, 0)


def _free_pages(connection: sqlite3.Connection) -> None:
    """Move pages from the end of the file into its holes, a slice at a time, so that other writers hardly wait.

    A file of an older version cannot do that before it was rewritten once, in one go.
    """
    if _number(connection, "auto_vacuum") != _INCREMENTAL:
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        connection.execute("VACUUM")
    while _number(connection, "freelist_count"):
        started = time.monotonic()
        connection.execute(f"PRAGMA incremental_vacuum({PAGES})").fetchall()
        pause(started)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
