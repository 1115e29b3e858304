"""The databases of a home: store and schedule."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fuzz.mutation.documents import sqlite_pages
from fuzz.seeds import homes
from fuzz.target import Target
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.paths import Home
from genre_desktop.core.store.alerts import AlertStore
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore
from genre_desktop.jobs.schedule.job_store import next_runs
from genre_desktop.jobs.schedule.scheduler import JobHandle, JobScheduler
from genre_desktop.ml.features.schema import FEATURE_VERSION

DAMAGED = (sqlite3.DatabaseError, ValueError, KeyError, TypeError, zlib.error)
"""What reading a damaged store raises at present, besides its sentence."""


def store(path: Path) -> str:
    """Open the store and read the list, answers, corrections, library, alerts and the serving state."""
    with _home() as home:
        shutil.copyfile(path, home.store)
        db = Database(home.store)
        try:
            return _read_all(db)
        finally:
            db.close()


def _read_all(db: Database) -> str:
    listing = ResultsListStore(db)
    rows = listing.page(0, 500)
    answers = [listing.answer(row) for row in rows]
    briefs = [row.brief for row in rows]
    log = PredictionLog(db)
    recent = log.recent(50)
    log.add(homes.answer("new"), "file")
    Corrections(db).latest()
    AlertStore(db).recent(10)
    ServingController(db).current()
    clips = list(Library(db).clips([FEATURE_VERSION]))
    return f"{len(rows)} {sum(a is not None for a in answers)} {sum(b is not None for b in briefs)} {len(recent)} {len(clips)}"


def schedule(path: Path) -> str:
    """Start the scheduler with this file, read its rows and stop it."""
    with _home() as home:
        shutil.copyfile(path, home.schedule)
        times = next_runs(home.schedule)
        scheduler = JobScheduler(home, _never, startup_delay_s=3600.0)
        try:
            opened = scheduler.open()
            return f"{min(len(times), 9)} times, {len(scheduler.rows())} rows, {opened}"
        finally:
            scheduler.close()


def _never(name: str, params: dict[str, Any]) -> JobHandle:
    raise AssertionError(f"{name} must not start")


@contextlib.contextmanager
def _home() -> Iterator[Home]:
    with tempfile.TemporaryDirectory(prefix="genre-fuzz-") as folder:
        yield Home(Path(folder)).create()


TARGETS = (
    Target(
        "store", "the store (SQLite)", homes.stores, store, (sqlite_pages, sqlite_pages), expected=DAMAGED
    ),
    Target("schedule", "the schedule (SQLite)", homes.schedules, schedule, (sqlite_pages, sqlite_pages)),
)
