from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store import Database, repository
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.core.store.live.sections import LiveSections
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.runner.process import RunningJob
from genre_desktop.jobs.tasks import store_maintenance
from tests.core.listening.samples import line
from tests.core.monitoring.test_alert_service import SLOW
from tests.core.store.samples import answer
from tests.core.store.test_drift_checks import CHECK

DAY = 86400.0


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path).create()


@pytest.fixture
def context(home) -> Iterator[TaskContext]:
    parts = ProcessResources(home)
    yield TaskContext(parts)
    parts.close()


@pytest.fixture
def db(context) -> Database:
    return context.parts.database


def ago(days: float):
    return lambda: time.time() - days * DAY


def test_retention_follows_the_setting(home, context, db):
    PredictionLog(db, ago(400)).add(answer("old"), "file")
    PredictionLog(db, ago(10)).add(answer("new"), "file")
    ResultsListStore(db, ago(400)).change([], [StoredResult(1, "/music/old.wav", "waiting")])
    ResultsListStore(db, ago(10)).change([], [StoredResult(2, "/music/new.wav", "waiting")])
    assert store_maintenance.run(context, {})["predictions"] == 1
    assert [row.id for row in ResultsListStore(db).page(0, 9)] == [2]
    settings = Settings.load(home.settings)
    settings["privacy.keep_days"] = 5
    assert store_maintenance.run(context, {})["predictions"] == 1
    assert PredictionLog(db).count() == 0
    assert ResultsListStore(db).page(0, 9) == []


def test_zero_days_keep_everything(home, context, db):
    settings = Settings.load(home.settings)
    settings["privacy.keep_days"] = 0
    PredictionLog(db, ago(4000)).add(answer("old"), "file")
    assert store_maintenance.run(context, {})["predictions"] == 0
    assert PredictionLog(db).count() == 1


def test_the_live_log_is_kept_as_long_as_answers_and_up_to_a_number(home, context, db, monkeypatch):
    sections = [
        replace(line(0.0), id=place, started=ago(days)()) for place, days in enumerate((400, 30, 3, 2, 1))
    ]
    LiveSections(db).change([], sections)
    store_maintenance.run(context, {})
    assert LiveSections(db).newest() == sections[1:]
    Settings.load(home.settings)["privacy.keep_days"] = 5
    store_maintenance.run(context, {})
    assert LiveSections(db).newest() == sections[2:]
    Settings.load(home.settings)["privacy.keep_days"] = 0
    monkeypatch.setattr(LiveSections.trim, "__defaults__", (None, 2))
    store_maintenance.run(context, {})
    assert LiveSections(db).newest() == sections[3:]


def test_history_is_kept_for_two_years(context, db):
    for days in (800, 10):
        DriftLog(db, ago(days)).add(CHECK)
        centre = AlertService(db, ago(days))
        centre.raise_(SLOW)
        centre.resolve("slow")
    AlertService(db, ago(800)).raise_(SLOW)  # not resolved
    store_maintenance.run(context, {})
    assert len(DriftLog(db).recent()) == 1
    assert len(AlertService(db).history()) == 2


def test_the_job_history_is_cut(context, db, monkeypatch):
    monkeypatch.setattr(store_maintenance, "KEEP_RUNS", 2)
    runs = JobRuns(db)
    for _ in range(5):
        runs.finish(runs.start("drift"), "succeeded")
    store_maintenance.run(context, {})
    assert len(runs.recent()) == 2


def test_only_the_newest_reports_stay(home, context):
    for number in range(25):
        (home.reports / f"drift-20260101-0000{number:02d}.html").write_text("x")
    (home.reports / "mine.html").write_text("x")
    assert store_maintenance.run(context, {})["reports"] == 5
    left = sorted(path.name for path in home.reports.glob("drift-*"))
    assert len(left) == 20
    assert left[0] == "drift-20260101-000005.html"
    assert (home.reports / "mine.html").exists()


def test_a_file_full_of_holes_is_rewritten(context, db):
    log = PredictionLog(db, ago(400))
    with db.transaction():
        for number in range(300):
            log.add(answer(str(number), path="x" * 2000), "file")
    PredictionLog(db).add(answer("new"), "file")
    db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert store_maintenance.run(context, {})["freed_bytes"] > 100_000


def test_a_busy_store_is_rewritten_another_day(context, db):
    log = PredictionLog(db, ago(400))
    with db.transaction():
        for number in range(300):
            log.add(answer(str(number), path="x" * 2000), "file")
    assert log.delete_before(time.time()) == 300
    other = sqlite3.connect(db.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    db.connection.execute("PRAGMA busy_timeout=0")
    assert store_maintenance._compact(db) == 0
    other.close()


def test_damage_is_found_and_reported(home, context, db):
    log = PredictionLog(db)
    with db.transaction():
        for number in range(300):
            log.add(answer(str(number), path="x" * 500), "file")
    context.parts.close()
    raw = bytearray(home.store.read_bytes())
    raw[40_000:60_000] = b"\xff" * 20_000
    home.store.write_bytes(raw)
    fresh = TaskContext(ProcessResources(home))
    with pytest.raises((AppError, sqlite3.DatabaseError)) as caught:
        store_maintenance._check(fresh.parts.database)
    fresh.parts.close()
    assert isinstance(caught.value, AppError)
    assert caught.value.problem.code == "store-damaged"


def test_a_store_that_cannot_be_checked_is_damaged(db, monkeypatch):
    class Broken:
        def execute(self, query):
            raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(type(db), "connection", Broken())
    with pytest.raises(AppError, match="malformed"):
        store_maintenance._check(db)


def test_forgetting_takes_reports_and_logs_along(home, db):
    PredictionLog(db).add(answer(), "file")
    report = home.reports / "drift-20260101-000000.html"
    log = home.logs / "jobs" / "drift-1.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    take = home.takes / "mine.flac"
    for path in (report, log, take):
        path.write_text("x")
    store_maintenance.forget(home, db)
    assert not report.exists()
    assert not log.exists()
    assert take.exists()
    assert PredictionLog(db).count() == 0


def test_it_runs_as_a_job(home):
    assert JOBS["maintenance"].target is store_maintenance.run
    outcome = RunningJob(home, "maintenance").wait(60)
    assert outcome is not None
    assert outcome.ended.status == "succeeded"
    assert outcome.ended.result == {
        "predictions": 0,
        "reports": 0,
        "freed_bytes": outcome.ended.result["freed_bytes"],
    }


def test_others_can_write_while_much_is_deleted(home, context, db, monkeypatch):
    monkeypatch.setattr(repository, "SLICE", 10)
    log = PredictionLog(db, ago(400))
    with db.transaction():
        for number in range(300):
            log.add(answer(str(number), path="x" * 2000), "file")
    PredictionLog(db).add(answer("today"), "file")
    other = Database(home.store)
    other.connection.execute("PRAGMA busy_timeout=0")  # none waits, as the pause belongs to the others
    written = []

    def pause(seconds):
        written.append(PredictionLog(other, ago(1)).add(answer("new"), "file"))

    monkeypatch.setattr(time, "sleep", pause)
    assert store_maintenance.run(context, {})["predictions"] == 300
    other.close()
    assert len(written) > 30
    assert PredictionLog(db).count() == len(written) + 1


def test_a_file_of_an_older_version_is_rewritten_once(tmp_path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE holes (text TEXT)")
    db = Database(path)
    db.connection.execute("INSERT INTO holes SELECT hex(zeroblob(500000)) FROM (VALUES (1), (2))")
    assert db.connection.execute("PRAGMA auto_vacuum").fetchone()[0] == 0
    db.connection.execute("DELETE FROM holes")
    assert store_maintenance._compact(db) > 1_900_000
    assert db.connection.execute("PRAGMA auto_vacuum").fetchone()[0] == 2
    db.connection.execute("INSERT INTO holes SELECT hex(zeroblob(500000)) FROM (VALUES (1), (2))")
    db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.connection.execute("DELETE FROM holes")
    assert store_maintenance._compact(db) > 1_900_000
    db.close()


def _answers_of_a_year(db: Database, home: Home, n: int = 365) -> None:
    for number in range(n):
        then = ago((n - 1 - number) * 365 / n)
        PredictionLog(db, then).add(answer(f"song {number}"), "file")
        row = StoredResult(number + 1, f"/music/{number}.wav", "waiting")
        ResultsListStore(db, then).change([], [row])
    settings = Settings.load(home.settings)
    settings["privacy.keep_days"] = 365


def _at(monkeypatch, days: float) -> None:
    """Let the clock be wrong by so many days."""
    now = time.time()
    monkeypatch.setattr(store_maintenance.time, "time", lambda: now + days * DAY)


def _stored(db: Database) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    connection = db.connection
    answers = connection.execute("SELECT * FROM predictions ORDER BY id").fetchall()
    return [tuple(row) for row in answers], [
        tuple(row) for row in connection.execute("SELECT * FROM listing")
    ]


def test_a_clock_that_jumps_deletes_hardly_anything_and_all_of_it_can_be_had_back(
    home, context, db, monkeypatch
):
    _answers_of_a_year(db, home)
    store_maintenance.run(context, {})
    before = _stored(db)
    with monkeypatch.context() as patch:
        _at(patch, 12 * 365)
        for _ in range(5):
            store_maintenance.run(context, {})
        (alert,) = AlertService(db).standing("clock-jumped")
        assert alert.notice.level == "info"
    kept = PredictionLog(db).count()
    assert len(before[0]) - kept in range(25, 33)
    store_maintenance.run(context, {})
    assert AlertService(db).standing("clock-jumped") == []
    assert store_maintenance.restore(context, {})["predictions"] == len(before[0]) - kept
    assert _stored(db) == before
    assert list((home.root / "deleted").iterdir()) == []
    store_maintenance.run(context, {})
    assert _stored(db) == before


def test_a_clock_in_the_past_deletes_nothing(home, context, db, monkeypatch):
    _answers_of_a_year(db, home, 20)
    store_maintenance.run(context, {})
    before = _stored(db)
    with monkeypatch.context() as patch:
        _at(patch, -20 * 365)
        store_maintenance.run(context, {})
    store_maintenance.run(context, {})
    assert _stored(db) == before


def test_many_deleted_answers_are_reported_with_a_way_back_for_a_week(home, context, db, monkeypatch):
    _answers_of_a_year(db, home, 200)
    settings = Settings.load(home.settings)
    settings["privacy.keep_days"] = 100
    before = _stored(db)
    assert store_maintenance.run(context, {})["predictions"] > 100
    (alert,) = AlertService(db).standing("answers-deleted")
    assert JOBS[alert.notice.action].target is store_maintenance.restore
    PredictionLog(db).add(answer("meanwhile"), "file")
    store_maintenance.restore(context, {})
    assert AlertService(db).standing("answers-deleted") == []
    assert _stored(db)[0][: len(before[0])] == before[0]
    with monkeypatch.context() as patch:
        for days in (8, 16):
            _at(patch, days)
            store_maintenance.run(context, {})
    assert PredictionLog(db).count() < 100
    assert list((home.root / "deleted").iterdir()) == []


def test_restored_answers_do_not_replace_new_ones_of_the_same_number(home, context, db):
    PredictionLog(db, ago(400)).add(answer("old"), "file")
    PredictionLog(db).add(answer("other"), "file")
    store_maintenance.run(context, {})
    db.connection.execute("DELETE FROM predictions")
    PredictionLog(db).add(answer("new"), "file")
    assert store_maintenance.restore(context, {})["predictions"] == 1
    assert {row.path for row in PredictionLog(db).recent()} == {answer("old").path, answer("new").path}


def test_forgetting_deletes_what_could_be_had_back(home, context, db):
    PredictionLog(db, ago(400)).add(answer("old"), "file")
    PredictionLog(db).add(answer("new"), "file")
    store_maintenance.run(context, {})
    assert list((home.root / "deleted").iterdir())
    store_maintenance.forget(home, db)
    assert not (home.root / "deleted").exists()
