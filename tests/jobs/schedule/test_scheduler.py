from __future__ import annotations

import errno
import json
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.process_lock import Lock
from genre_desktop.jobs.runner.process import RunningJob
from genre_desktop.jobs.schedule import scheduler
from genre_desktop.jobs.schedule.job_store import TABLE, next_runs
from genre_desktop.jobs.schedule.scheduler import RETRY_S, JobScheduler, on_battery
from genre_desktop.jobs.schedule.status import rows
from tests.core.store.samples import answer, failure
from tests.jobs.sample_jobs import crashing, returning
from tests.jobs.sample_jobs import waiting as waiting_job

PATIENCE_S = 60
HOUR, DAY = 3600.0, 86400.0
NAMES = ["drift", "retrain", "sweep", "maintenance"]


class Handle:
    running = False


class Starts:
    """Replaces job processes: records the started jobs."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.params: list[dict[str, Any]] = []
        self.called = threading.Event()
        self.problem: AppError | None = None
        self.handle = Handle()

    def __call__(self, name: str, params: dict[str, Any]) -> Handle:
        self.names.append(name)
        self.params.append(params)
        self.called.set()
        if self.problem is not None:
            raise self.problem
        return self.handle


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


@pytest.fixture
def starts() -> Starts:
    return Starts()


@pytest.fixture
def around() -> SimpleNamespace:
    return SimpleNamespace(live=False, battery=False)


@pytest.fixture
def schedule(home: Home, starts: Starts, around: SimpleNamespace) -> Iterator[JobScheduler]:
    made = JobScheduler(home, starts, is_live=lambda: around.live, is_on_battery=lambda: around.battery)
    yield made
    made.close()


def make_overdue(home: Home, name: str, by_s: float) -> None:
    moment = time.time() - by_s
    with closing(sqlite3.connect(home.schedule)) as connection, connection:
        (state,) = connection.execute(f"SELECT job_state FROM {TABLE} WHERE id = ?", (name,)).fetchone()
        state = json.dumps(json.loads(state) | {"next": moment}).encode()
        connection.execute(
            f"UPDATE {TABLE} SET next_run_time = ?, job_state = ? WHERE id = ?", (moment, state, name)
        )


def set_interval(schedule: JobScheduler, home: Home, key: str, amount: int) -> None:
    """Change a setting as the preferences do."""
    Settings.load(home.settings)[key] = amount
    schedule.refresh()


def test_a_new_schedule_runs_nothing_at_once(home, schedule, starts):
    before = time.time()
    assert schedule.open()
    assert schedule.open()  # once is enough
    times = next_runs(home.schedule)
    assert sorted(times) == sorted(NAMES)
    assert before + HOUR <= times["drift"] <= time.time() + HOUR
    assert before + 7 * DAY <= times["retrain"] <= time.time() + 7 * DAY
    schedule.tick()
    assert starts.names == []


def test_the_rows_follow_the_contract(home, db, schedule):
    schedule.open()
    run = JobRuns(db).start("drift", "/logs/drift.log")
    JobRuns(db).finish(run, "succeeded", "All quiet.")
    lines = {
        line["name"]: line for line in json.loads(json.dumps([row.to_dict() for row in schedule.rows()]))
    }
    assert list(lines) == NAMES
    assert lines["drift"]["trigger"] == "every hour and after 50 new predictions"
    assert lines["retrain"]["trigger"] == "every 7 days and after 20 new corrections"
    assert lines["sweep"]["trigger"] == "every day"
    assert lines["drift"]["last_status"] == "succeeded"
    assert lines["drift"]["last_seconds"] >= 0
    assert lines["drift"]["log_path"] == "/logs/drift.log"
    assert lines["sweep"]["last_status"] is None
    assert lines["drift"]["next_run"] == next_runs(home.schedule)["drift"]


def test_the_rows_can_be_read_where_no_clock_runs(home, db):
    assert [(row.name, row.next_run) for row in rows(home, db)] == [(name, None) for name in NAMES]
    home.schedule.write_bytes(b"no database" * 100)
    assert next_runs(home.schedule) == {}


@pytest.mark.parametrize("late_s", [60.0, 400 * DAY])
def test_what_became_due_meanwhile_runs_exactly_once(home, starts, schedule, late_s):
    schedule.open()
    schedule.close()
    make_overdue(home, "drift", late_s)
    again = JobScheduler(home, starts, is_on_battery=lambda: False, startup_delay_s=0.0)
    again.open()
    assert starts.called.wait(PATIENCE_S)
    again.close()  # waits for the clock's thread
    assert starts.names == ["drift"]
    assert starts.params == [{"why": "schedule"}]
    assert next_runs(home.schedule)["drift"] > time.time() + HOUR - PATIENCE_S


def test_what_is_overdue_at_the_start_lets_the_window_open_first(home, starts, schedule):
    schedule.open()
    schedule.close()
    make_overdue(home, "retrain", DAY)
    schedule.open()
    assert next_runs(home.schedule)["retrain"] > time.time()
    assert starts.names == []


def test_a_restart_keeps_the_times(home, schedule):
    schedule.open()
    before = next_runs(home.schedule)
    schedule.close()
    schedule.open()
    assert next_runs(home.schedule) == before


def test_a_hard_exit_loses_nothing(home, schedule):
    code = (
        "import os, sys; from pathlib import Path; from genre_desktop.core.paths import Home; "
        "from genre_desktop.jobs.schedule.scheduler import JobScheduler; "
        "s = JobScheduler(Home(Path(sys.argv[1])), lambda name, params: None); assert s.open(); os._exit(9)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(home.root)], timeout=PATIENCE_S, check=False)
    assert ended.returncode == 9
    before = next_runs(home.schedule)
    assert sorted(before) == sorted(NAMES)
    assert schedule.open()
    assert next_runs(home.schedule) == before


def test_only_one_instance_holds_the_clock(home, starts, schedule):
    schedule.open()
    second = JobScheduler(home, starts)
    assert not second.open()
    set_interval(second, home, "drift.every_minutes", 30)
    assert second.rows()[0].trigger == "every 30 minutes and after 50 new predictions"
    schedule.tick()  # the holder notices
    assert next_runs(home.schedule)["drift"] < time.time() + 1801
    schedule.close()
    assert second.open()
    second.close()


def test_editing_a_trigger_counts_from_the_last_run(home, schedule):
    schedule.open()
    set_interval(schedule, home, "train.every_days", 3)
    assert next_runs(home.schedule)["retrain"] == pytest.approx(time.time() + 3 * DAY, abs=PATIENCE_S)
    set_interval(schedule, home, "train.every_days", 30)
    assert next_runs(home.schedule)["retrain"] == pytest.approx(time.time() + 30 * DAY, abs=PATIENCE_S)


def test_a_job_can_be_switched_off_and_on(home, schedule):
    schedule.open()
    set_interval(schedule, home, "jobs.sweep_every_days", 0)
    assert "sweep" not in next_runs(home.schedule)
    row = next(row for row in schedule.rows() if row.name == "sweep")
    assert (row.trigger, row.next_run) == ("off", None)
    set_interval(schedule, home, "jobs.sweep_every_days", 2)
    assert "sweep" in next_runs(home.schedule)


def test_enough_new_predictions_make_the_drift_check_due(db, schedule, starts):
    log = PredictionLog(db)
    schedule.open()
    for number in range(49):
        log.add(answer(str(number)), "batch" if number % 2 else "file")
    log.add(answer("live"), "live")
    schedule.tick()
    assert starts.names == []
    log.add(failure(), "file")
    schedule.tick()
    schedule.tick()
    assert starts.names == ["drift"]
    for number in range(50):
        log.add(answer(f"more-{number}"), "file")
    schedule.tick()
    assert starts.names == ["drift", "drift"]


def test_enough_new_corrections_make_retraining_due(db, home, schedule, starts):
    settings = Settings.load(home.settings)
    settings["train.after_corrections"] = 2
    log, corrections = PredictionLog(db), Corrections(db)
    schedule.open()
    corrections.add(log.add(answer("a"), "file"), "blues")
    undone = corrections.add(log.add(answer("b"), "file"), "blues")
    corrections.undo(undone)
    schedule.tick()
    assert starts.names == []
    corrections.redo(undone)
    schedule.tick()
    schedule.tick()  # they still wait when the retrain was not better: no reason to try again
    assert starts.names == ["retrain"]
    settings["train.after_corrections"] = 0
    corrections.add(log.add(answer("c"), "file"), "blues")
    corrections.add(log.add(answer("d"), "file"), "blues")
    schedule.tick()
    assert starts.names == ["retrain"]


def test_a_count_brings_the_next_run_forward_and_the_interval_starts_again(home, db, schedule, starts):
    schedule.open()
    schedule.close()
    make_overdue(home, "drift", -10.0)  # due in ten seconds
    schedule.open()
    for number in range(50):
        PredictionLog(db).add(answer(str(number)), "file")
    schedule.tick()
    assert starts.names == ["drift"]
    assert next_runs(home.schedule)["drift"] > time.time() + HOUR - PATIENCE_S


def waiting(schedule: JobScheduler, name: str) -> str:
    return next(row.waiting for row in schedule.rows() if row.name == name)


@pytest.mark.parametrize(("what", "words"), [("battery", "plugged in"), ("live", "live analysis stops")])
def test_jobs_wait_for_power_and_quiet_and_then_run_once(schedule, starts, around, what, words):
    schedule.open()
    setattr(around, what, True)
    schedule.due(["retrain"])
    schedule.tick()
    assert starts.names == []
    assert words in waiting(schedule, "retrain")
    setattr(around, what, False)
    schedule.tick()
    schedule.tick()
    assert starts.names == ["retrain"]
    assert waiting(schedule, "retrain") == ""


def test_a_waiting_job_is_not_forgotten_by_a_restart(home, schedule, starts, around):
    around.battery = True
    schedule.open()
    schedule.due(["retrain"])
    schedule.close()
    around.battery = False
    schedule.open()
    schedule.tick()
    assert starts.names == ["retrain"]


def test_waiting_can_be_switched_off(home, schedule, starts, around):
    settings = Settings.load(home.settings)
    settings["jobs.wait_on_battery"] = False
    settings["jobs.wait_while_live"] = False
    around.battery = around.live = True
    schedule.due(["retrain"])
    assert starts.names == ["retrain"]


def test_one_job_at_a_time(home, schedule, starts):
    other = Lock(home, "job-retrain")
    assert other.acquire()
    schedule.due(["drift", "retrain"])
    assert starts.names == []
    assert "“Retraining” has finished" in waiting(schedule, "drift")
    assert waiting(schedule, "retrain") == ""  # it runs already: that run counts
    other.release()
    schedule.tick()
    assert starts.names == ["drift"]


def test_two_due_at_once_do_not_start_side_by_side(schedule, starts):
    starts.handle.running = True
    schedule.due(["drift", "sweep"])
    assert starts.names == ["drift"]
    starts.handle.running = False
    schedule.tick()
    assert starts.names == ["drift", "sweep"]


def test_a_job_that_cannot_be_started_is_reported(db, schedule, starts):
    starts.problem = AppError("no-such-job/made-up", title="There is no job", reason="It is unknown.")
    schedule.due(["drift"])
    (alert,) = AlertService(db).standing("job-failed:drift")
    assert alert.notice.happened == "It is unknown."


def test_a_job_that_died_is_seen_reported_and_tried_again(home, db, schedule):
    schedule.open()
    runs, alerts = JobRuns(db), AlertService(db)
    for retry_s in (RETRY_S, 2 * RETRY_S, 4 * RETRY_S):
        runs.start("retrain")  # its lock is free: the process is gone
        schedule.tick()
        assert runs.last()["retrain"].status == "died"
        assert next_runs(home.schedule)["retrain"] == pytest.approx(time.time() + retry_s, abs=PATIENCE_S)
        schedule._postpone("retrain")
    assert alerts.standing("job-died:retrain")[0].count == 3
    runs.start("retrain")
    schedule.tick()  # enough is enough: the regular time it is
    assert next_runs(home.schedule)["retrain"] > time.time() + 6 * DAY
    runs.finish(runs.start("retrain"), "succeeded")
    schedule.tick()
    assert alerts.standing() == []


def test_failures_are_reported_once_and_resolved_by_success(db, schedule):
    runs, alerts = JobRuns(db), AlertService(db)
    schedule.open()
    runs.finish(runs.start("import"), "failed", "The disk is full.")
    schedule.tick()
    schedule.tick()
    (alert,) = alerts.standing()
    assert (alert.notice.code, alert.count) == ("job-failed:import", 1)
    assert alert.notice.happened == "The disk is full."
    runs.finish(runs.start("import"), "cancelled")
    schedule.tick()
    assert len(alerts.standing()) == 1
    runs.finish(runs.start("import"), "succeeded")
    schedule.tick()
    assert alerts.standing() == []


def test_a_store_that_cannot_be_reached_postpones(home, db, schedule, starts, monkeypatch):
    schedule.open()

    def locked(names):
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(schedule, "due", locked)
    scheduler.fire("retrain", str(home.root))
    assert starts.names == []
    assert next_runs(home.schedule)["retrain"] < time.time() + RETRY_S + PATIENCE_S


def test_a_closed_clock_does_nothing(home, starts):
    scheduler.fire("drift", str(home.root))
    scheduler.tick(str(home.root))
    assert starts.names == []


def test_unreadable_settings_do_not_stop_the_clock(home, schedule, starts):
    home.settings.write_text("nonsense", "utf-8")
    schedule.open()
    schedule.due(["drift"])
    assert starts.names == ["drift"]


def test_a_damaged_schedule_is_put_aside(home, schedule):
    home.schedule.write_bytes(b"no database at all" * 200)
    assert schedule.open()
    assert sorted(next_runs(home.schedule)) == sorted(NAMES)
    assert len(list(home.root.glob("schedule.db.damaged-*"))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
@pytest.mark.parametrize(
    "make",
    [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")],
    ids=["pipe", "folder", "device"],
)
def test_what_is_no_file_is_put_aside(home, schedule, make):
    make(home.schedule)
    assert schedule.open()
    assert sorted(next_runs(home.schedule)) == sorted(NAMES)


@pytest.mark.parametrize(
    ("column", "value"),
    [("job_state", b"[" * 100_000), ("job_state", b'{"id": 1}'), ("job_state", b'{"id":"sweep","seconds":1e999,"next":0}'),
     ("next_run_time", "x"), ("next_run_time", 1e300), ("next_run_time", -1e300), ("next_run_time", None)],
)  # fmt: skip
def test_a_damaged_row_is_replaced_by_the_usual_time(home, schedule, column, value):
    schedule.open()
    schedule.close()
    with closing(sqlite3.connect(home.schedule)) as connection:
        connection.execute(f"UPDATE schedule SET {column} = ? WHERE id = 'sweep'", (value,))
        connection.commit()
    assert set(NAMES) - {"sweep"} <= set(next_runs(home.schedule))
    again = JobScheduler(home, lambda *_: None)
    assert again.open()
    assert sorted(next_runs(home.schedule)) == sorted(NAMES)
    again.close()


def test_jobs_that_a_wrong_clock_planned_far_ahead_are_planned_again(home, schedule, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(scheduler, "_now", lambda: datetime(2038, 1, 1, tzinfo=UTC))
        schedule.open()
        schedule.close()
    again = JobScheduler(home, lambda *_: None)
    assert again.open()
    assert max(next_runs(home.schedule).values()) < time.time() + 31 * DAY
    again.close()


class Bomb:
    def __reduce__(self) -> Any:
        return Path.touch, (Path("exploded"),)


def test_pickles_in_the_schedule_are_never_loaded(home, schedule, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    schedule.open()
    schedule.close()
    with closing(sqlite3.connect(home.schedule)) as connection, connection:
        connection.execute(f"UPDATE {TABLE} SET job_state = ?", (pickle.dumps(Bomb()),))
    schedule.open()
    assert not Path("exploded").exists()
    assert sorted(next_runs(home.schedule)) == sorted(NAMES)


@pytest.mark.parametrize(
    ("plugged", "expected"), [(True, False), (None, False), (False, True), ("none", False)]
)
def test_only_a_battery_that_is_used_counts(monkeypatch, plugged, expected):
    battery = None if plugged == "none" else SimpleNamespace(power_plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert on_battery() is expected


def test_a_machine_without_battery_information_is_plugged_in(monkeypatch):
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert on_battery() is False


@pytest.mark.parametrize(("job", "status"), [(returning, "succeeded"), (crashing, "died")])
def test_the_clock_runs_real_processes(home, db, monkeypatch, job, status):
    monkeypatch.setitem(JOBS, "sweep", replace(JOBS["sweep"], target=job))
    made: list[RunningJob] = []

    def start(name: str, params: dict[str, Any]) -> RunningJob:
        made.append(RunningJob(home, name, params))
        return made[-1]

    schedule = JobScheduler(home, start, is_on_battery=lambda: False)
    schedule.open()
    schedule.due(["sweep"])
    assert made[0].wait(PATIENCE_S) is not None
    schedule.tick()
    row = next(row for row in schedule.rows() if row.name == "sweep")
    again_in = next_runs(home.schedule)["sweep"] - time.time()
    schedule.close()
    assert row.last is not None
    assert row.last.status == status
    assert Path(row.last.log_path).exists()
    assert bool(AlertService(db).standing("job-died:sweep")) == (status == "died")
    assert row.last.result == ({"why": "schedule"} if status == "succeeded" else {})
    assert again_in == pytest.approx(RETRY_S if status == "died" else DAY, abs=PATIENCE_S)


def test_a_restart_does_not_start_a_second_one_beside_a_real_job(home, db, monkeypatch):
    """The scheduler is closed and opened again while its job's process is running."""
    monkeypatch.setitem(JOBS, "sweep", replace(JOBS["sweep"], target=waiting_job))
    made: list[RunningJob] = []

    def start(name: str, params: dict[str, Any]) -> RunningJob:
        made.append(RunningJob(home, name, params))
        return made[-1]

    first = JobScheduler(home, start, is_on_battery=lambda: False)
    first.open()
    first.due(["sweep"])
    by = time.monotonic() + PATIENCE_S
    while not (home.root / "running").exists():
        assert time.monotonic() < by, "the job never ran"
        time.sleep(0.01)
    first.close()
    again = JobScheduler(home, start, is_on_battery=lambda: False)
    again.open()
    again.due(["sweep"])
    again.tick()
    assert len(made) == 1
    assert waiting(again, "sweep") == ""  # that run counts
    (home.root / "enough").touch()
    assert made[0].wait(PATIENCE_S) is not None
    again.tick()
    assert len(made) == 1
    assert [run.status for run in JobRuns(db).recent("sweep")] == ["succeeded"]
    again.close()


def test_a_schedule_that_cannot_be_opened_leaves_it_to_the_next(home, schedule, starts, monkeypatch):
    def full(self):
        raise OSError(errno.ENOSPC, "")

    with monkeypatch.context() as patched:
        patched.setattr(JobScheduler, "refresh", full)
        with pytest.raises(OSError, match="28"):
            schedule.open()
    other = JobScheduler(home, starts)
    assert other.open()
    other.close()
    schedule.close()
