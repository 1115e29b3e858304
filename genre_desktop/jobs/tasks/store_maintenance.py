"""The maintenance job: retention, compaction and an integrity check of the store."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.own_files import damage
from genre_desktop.core.own_files.query_errors import QueryError
from genre_desktop.core.paths import Home
from genre_desktop.core.recovery import deleted_answers, trusted_clock
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.live.sections import LiveSections
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
MANY, MANY_SHARE = 50, 0.1
"""Deleted answers, and their share of all, from which on an alert offers to restore them."""
_HOLD = "retention-hold"
"""Key of the time until which no answers are deleted."""
MAX_FREE_SHARE = 0.25
"""Share of free pages in the store's file above which they are freed."""
PAGES = 100
"""Pages freed in one transaction."""
_INCREMENTAL = 2


def run(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Delete what is older than the retention settings, check the store and compact it.

    What is older follows from :mod:`.trusted_clock`, and can be had back for a week (:func:`restore`).

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
    clock = trusted_clock.advance(database, time.time())
    now = clock.trusted
    _report_jump(database, clock)
    deleted = _delete_answers(context, now)
    if clock.ahead_s < DAY:
        deleted_answers.prune(context.home, now)
    DriftLog(database).delete_before(now - KEEP_HISTORY_S)
    _trim(database, now)
    days = int(context.parts.settings["privacy.keep_days"])
    LiveSections(database).trim(now - days * DAY if days else None)
    context.progress(0.5, message("Compacting the library file"))
    _check(database)
    reports = remove_old(context.home.reports)
    freed = _compact(database)
    return {"predictions": deleted, "reports": reports, "freed_bytes": freed}


def restore(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Put back the answers that were deleted in the last week, and delete none for another week.

    Returns
    -------
    dict
        ``predictions``: how many are back.
    """
    database = context.parts.database
    until = trusted_clock.advance(database, time.time()).trusted + deleted_answers.KEEP_S
    KeyValueStore(database).set(_HOLD, until)
    restored = deleted_answers.restore(context.home, database)
    AlertService(database).resolve(alert_messages.ANSWERS_DELETED)
    context.log(f"{restored} predictions are back. None is deleted for a week.")
    return {"predictions": restored}


def _delete_answers(context: TaskContext, now: float) -> int:
    database, days = context.parts.database, int(context.parts.settings["privacy.keep_days"])
    if not days:
        context.log("All predictions are kept.")
        return 0
    hold = KeyValueStore(database).get(_HOLD, 0)
    if isinstance(hold, int | float) and now < hold <= now + deleted_answers.KEEP_S:
        context.log("Restored predictions are kept for a week.")
        return 0
    everything = PredictionLog(database).count()
    deleted_answers.keep(context.home, database, now - days * DAY)
    deleted = PredictionLog(database).delete_before(now - days * DAY)
    ResultsListStore(database).delete_before(now - days * DAY)
    context.log(f"{deleted} predictions older than {days} days were deleted.")
    if deleted >= MANY and deleted > everything * MANY_SHARE:
        context.log("To have them back within a week: genre-desktop jobs run restore-answers")
        AlertService(database).raise_(alert_messages.answers_deleted(deleted, days))
    return deleted


def _report_jump(database: Database, clock: trusted_clock.TrustedTime) -> None:
    if clock.ahead_s >= DAY:
        AlertService(database).raise_(alert_messages.clock_jumped(int(clock.ahead_s // DAY)))
    else:
        AlertService(database).resolve(alert_messages.CLOCK_JUMPED)


def forget(home: Home, database: Database) -> None:
    """Delete the store's contents, drift reports and job logs; models, settings and recordings stay.

    Raises
    ------
    AppError
        As :func:`.forget_everything`.
    """
    for path in [*home.reports.glob("*.html"), *(home.logs / "jobs").glob("*.log")]:
        path.unlink(missing_ok=True)
    deleted_answers.forget(home)
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
    except QueryError:  # the disk failed, which says nothing about the file
        raise
    except sqlite3.DatabaseError as error:
        messages = [str(error)]
    if messages != ["ok"]:
        damage.mark(database.path)
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
