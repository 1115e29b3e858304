"""The report contains what helps, and nothing private."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import genre_desktop
from genre_desktop.app.monitoring.diagnostics import Diagnostics, shortened
from genre_desktop.core.errors import Problem
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.store import database as database_module
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns
from tests.fixtures.qt import GONE

SONG = "My Secret Song"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return Home(tmp_path / "data").create()


def test_it_names_versions_screen_sound_and_models(home: Home) -> None:
    report = Diagnostics(home).gather({"qt": "6.9 (offscreen)"})
    for part in (f"genre-desktop: {genre_desktop.__version__}", "numpy: ", "qt: 6.9 (offscreen)", "[Sound]",
                 "serving: champion", "predictions: 0"):  # fmt: skip
        assert part in report
    assert f"folder: {Path('~/data')}" in report
    assert str(home.root) not in report


def test_problems_alerts_jobs_and_errors_appear_by_type_not_by_text(home: Home) -> None:
    diagnostics = Diagnostics(home)
    diagnostics.note(Problem("missing-file/made-up", title=SONG, reason=f"{SONG}.mp3 is not there"))
    database = Database(home.store)
    AlertService(database).raise_(AlertMessage("drift", "warning", SONG, SONG))
    runs = JobRuns(database)
    runs.finish(runs.start("retrain"), "failed", SONG)
    database.close()
    line = f"2026-01-01 10:00:00,123 ERROR some.module: {SONG}.mp3 is broken\n"
    trace = f'Traceback\n  File "/x/genre_desktop/ml/data/dataset.py", line 7, in read\nValueError: {SONG}\n'
    (home.logs / "genre-desktop.log").write_text(line + trace)
    report = diagnostics.gather({})
    for part in (GONE.code, "warning drift", "retrain: failed", "ERROR some.module ValueError",
                 "genre_desktop/ml/data/dataset.py:7 read"):  # fmt: skip
        assert part in report
    assert "Secret" not in report


def test_a_broken_store_is_reported_and_the_rest_is_still_there(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "WAIT_S", 0.1)
    with closing(Database(home.store)):  # it is not set aside while it is open
        with closing(sqlite3.connect(home.store)) as connection:
            connection.execute("DROP TABLE state")
        report = Diagnostics(home).gather({})
    assert "[Versions]" in report
    assert "[Store]" in report
    assert "predictions:" not in report
    logging.getLogger(__name__).debug(report)


def test_paths_elsewhere_stay_whole(home: Home) -> None:
    assert shortened(Path("/somewhere/else")) == str(Path("/somewhere/else"))
