from __future__ import annotations

import os
import queue
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store import database as store_database
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.jobs.messages import JobEnded, JobLog, JobStarted, Progress
from genre_desktop.jobs.process_lock import Lock
from genre_desktop.jobs.runner import process
from genre_desktop.jobs.runner.process import JobOutcome, RunningJob
from tests.fixtures.small_disk import fill

OPS = "tests.jobs.sample_operations"
PATIENCE_S = 60


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def runs(home: Home) -> Iterator[JobRuns]:
    database = Database(home.store)
    yield JobRuns(database)
    database.close()


def finished(job: RunningJob) -> JobOutcome:
    outcome = job.wait(PATIENCE_S)
    assert outcome is not None
    return outcome


def until(condition: Callable[[], Any]) -> None:
    by = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < by, "it never happened"
        time.sleep(0.01)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_job_reports_records_and_logs(home: Home, runs: JobRuns) -> None:
    events: queue.SimpleQueue[Any] = queue.SimpleQueue()
    outcome = finished(RunningJob(home, f"{OPS}:job_adds", {"a": 1, "b": 2}, events.put))
    assert outcome.ended == JobEnded("succeeded", {"sum": 3})
    seen = [events.get(timeout=PATIENCE_S) for _ in range(events.qsize())]
    assert [type(e) for e in seen if not isinstance(e, Progress)] == [JobStarted, JobLog, JobEnded]
    assert seen[1:-1][-1] == JobLog("adding")
    run = runs.get(outcome.run_id)
    assert run is not None
    assert (run.status, run.result, run.log_path) == ("succeeded", {"sum": 3}, outcome.log_path)
    assert run.seconds is not None
    log = Path(outcome.log_path).read_text()
    assert "adding" in log
    assert "a native library says hello" in log


def test_a_job_that_refuses_gives_its_problem(home: Home, runs: JobRuns) -> None:
    outcome = finished(RunningJob(home, f"{OPS}:job_fails"))
    assert outcome.ended.status == "failed"
    assert outcome.ended.problem is not None
    assert outcome.ended.problem.code == "no-rows"
    run = runs.get(outcome.run_id)
    assert run is not None
    assert (run.status, run.message) == ("failed", str(outcome.ended.problem))


def test_a_bug_in_a_job_is_a_problem_with_its_trace_in_the_log(home: Home) -> None:
    outcome = finished(RunningJob(home, f"{OPS}:job_stumbles"))
    assert outcome.ended.problem is not None
    assert outcome.ended.problem.reason == "ValueError: a bug"
    assert "Traceback" in Path(outcome.log_path).read_text()


def test_no_value_in_the_log_forges_a_line_or_is_obeyed_by_a_terminal(home: Home) -> None:
    text = "x.mp3\n10:00:00 forged\n2026-01-01 10:00:00,1 ERROR home: forged\x1b[31m\u202e"
    outcome = finished(RunningJob(home, f"{OPS}:job_stumbles", {"text": text}))
    log = Path(outcome.log_path).read_text("utf-8")
    assert log.count("forged") == 4
    assert not [line for line in log.split("\n") if line.startswith(("10:00:00", "2026-01-01"))]
    assert all(line.isprintable() for line in log.split("\n"))


def test_a_job_that_dies_is_seen_and_recorded(home: Home, runs: JobRuns) -> None:
    outcome = finished(RunningJob(home, f"{OPS}:job_dies"))
    assert outcome.ended.status == "died"
    assert "exit code 9" in str(outcome.ended.problem)
    run = runs.get(outcome.run_id)
    assert run is not None
    assert run.status == "died"


def test_a_job_that_writes_a_damaged_message_is_ended(home: Home, runs: JobRuns) -> None:
    outcome = finished(RunningJob(home, f"{OPS}:job_writes_noise"))
    assert outcome.ended.status == "died"
    assert "SIGKILL" in str(outcome.ended.problem)
    run = runs.get(outcome.run_id)
    assert run is not None
    assert run.status == "died"


@pytest.fixture
def locked_store(home: Home, runs: JobRuns) -> Iterator[Callable[[], sqlite3.Connection]]:
    with closing(sqlite3.connect(home.store, isolation_level=None)) as other:
        yield lambda: other.execute("BEGIN EXCLUSIVE").connection


@pytest.mark.parametrize("end", ["killed", "cancelled"])
def test_a_job_whose_end_cannot_be_recorded_is_over(
    home: Home,
    runs: JobRuns,
    tmp_path: Path,
    locked_store: Callable[[], sqlite3.Connection],
    monkeypatch: pytest.MonkeyPatch,
    end: str,
) -> None:
    monkeypatch.setattr(store_database, "WAIT_S", 0.1)  # here; the job's own process waits its ten seconds
    events: queue.SimpleQueue[Any] = queue.SimpleQueue()
    marker = tmp_path / "marker"
    job = RunningJob(home, f"{OPS}:job_waits", {"marker": str(marker)}, events.put, grace_s=PATIENCE_S)
    until(marker.exists)
    lock = locked_store()
    if end == "killed":
        psutil.Process(job.pid).kill()
    else:
        job.cancel()
    outcome = finished(job)
    assert outcome.ended.status == {"killed": "died", "cancelled": "cancelled"}[end]
    assert not job.running
    said = [event.text for event in iter(events.get, outcome.ended) if isinstance(event, JobLog)]
    assert any("could not be recorded" in text for text in said)
    lock.execute("ROLLBACK")
    run = runs.get(outcome.run_id)
    assert run is not None
    assert run.status == "running"
    process.mark_crashed(home, runs._db)
    run = runs.get(outcome.run_id)
    assert run is not None
    assert run.status == outcome.ended.status


def test_work_that_filled_the_disk_succeeded_and_is_recorded_with_space(small_disk: Path) -> None:
    home = Home(small_disk / "home").create()
    outcome = finished(
        RunningJob(home, "tests.jobs.sample_jobs:filling", {"file": str(small_disk / "filler")})
    )
    assert outcome.ended.status == "succeeded"
    assert not outcome.ended.recorded
    assert outcome.log_path == ""  # it is empty
    (small_disk / "filler").unlink()
    with closing(Database(home.store)) as database:
        assert process.mark_crashed(home, database) == []
        run = JobRuns(database).get(outcome.run_id)
    assert run is not None
    assert (run.status, run.result) == ("succeeded", {"done": True})


def test_a_job_on_a_full_disk_says_so_and_names_no_log(small_disk: Path) -> None:
    home = Home(small_disk / "home").create()
    fill(small_disk)
    outcome = finished(RunningJob(home, f"{OPS}:job_waits", {"marker": ""}))
    assert outcome.ended.problem is not None
    assert outcome.ended.problem.code == "no-space"
    assert outcome.log_path == ""


def test_a_cancelled_job_stops_by_itself(home: Home, runs: JobRuns, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    job = RunningJob(home, f"{OPS}:job_waits", {"marker": str(marker)}, grace_s=PATIENCE_S)
    until(marker.exists)
    job.cancel()
    outcome = finished(job)
    assert outcome.ended.status == "cancelled"
    run = runs.get(outcome.run_id)
    assert run is not None
    assert run.status == "cancelled"


def test_cancelling_a_deaf_job_kills_everything_it_started(home: Home, runs: JobRuns, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    job = RunningJob(home, f"{OPS}:job_with_children", {"marker": str(marker)}, grace_s=0.1)
    until(marker.exists)
    pids = [int(word) for word in marker.read_text().split()]
    assert not any(map(gone, pids))
    job.cancel()
    outcome = finished(job)
    assert outcome.ended.status == "cancelled"
    until(lambda: all(map(gone, pids)))
    run = runs.get(outcome.run_id)
    assert run is not None
    assert run.status == "cancelled"


def test_one_job_of_a_name_runs_at_a_time(home: Home, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    name = f"{OPS}:job_waits"
    first = RunningJob(home, name, {"marker": str(marker)})
    until(marker.exists)
    assert process.is_running(home, name)
    second = finished(RunningJob(home, name, {"marker": str(marker)}))
    assert second.ended.problem is not None
    assert second.ended.problem.code == "job-running"
    first.kill()
    assert finished(first).ended.status == "cancelled"
    assert not process.is_running(home, name)


def test_a_run_whose_process_is_gone_is_found_at_start(home: Home, runs: JobRuns) -> None:
    dead, older, alive = runs.start("drift"), runs.start("train"), runs.start("train")
    lock = Lock(home, "job-train")
    assert lock.acquire()
    database = Database(home.store)
    assert {run.id for run in process.mark_crashed(home, database)} == {dead, older}
    assert process.mark_crashed(home, database) == []
    lock.release()
    database.close()
    newest = runs.get(alive)
    assert newest is not None
    assert newest.status == "running"
    assert runs.last()["drift"].status == "died"


def test_an_unknown_job_is_refused(home: Home) -> None:
    with pytest.raises(AppError, match="There is no job"):
        RunningJob(home, "dance")


def test_old_logs_go(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "KEEP_LOGS", 3)
    folder = home.logs / "jobs"
    folder.mkdir(parents=True)
    for day in range(1, 9):
        (folder / f"tests-jobs-sample_operations-job_adds-2020010{day}-000000-1-000000.log").touch()
    other = folder / "drift-20200101-000000-1-000000.log"
    other.touch()
    finished(RunningJob(home, f"{OPS}:job_adds", {"a": 1, "b": 2}))
    assert other.exists()
    assert len(list(folder.glob("tests-*"))) == 3


_PARENT = f"""
import sys, time
from pathlib import Path
from genre_desktop.core.paths import Home
from genre_desktop.jobs.runner.process import RunningJob
if __name__ == "__main__":
    job = RunningJob(Home(Path(sys.argv[1])), "{OPS}:job_with_children", {{"marker": sys.argv[1] + "/marker"}})
    while not Path(sys.argv[1], "marker").exists():
        time.sleep(0.01)
    if sys.argv[2] == "wait":
        time.sleep(3600)
"""


@pytest.mark.parametrize("end", ["killed", "exits"])
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_no_job_survives_its_parent(home: Home, runs: JobRuns, tmp_path: Path, end: str) -> None:
    script, marker = tmp_path / "parent.py", tmp_path / "marker"
    script.write_text(_PARENT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    what = "wait" if end == "killed" else "leave"
    parent = subprocess.Popen([sys.executable, str(script), str(tmp_path), what], env=environment)
    until(marker.exists)
    pids = [int(word) for word in marker.read_text().split()]
    if end == "killed":
        parent.kill()
    parent.wait(PATIENCE_S)
    until(lambda: all(map(gone, pids)))
    database = Database(home.store)
    process.mark_crashed(home, database)
    database.close()
    assert [run.status for run in runs.recent()] in (["died"], ["cancelled"])


def test_a_job_is_modest(home: Home) -> None:
    result = finished(RunningJob(home, f"{OPS}:job_modesty")).ended.result
    assert result["threads"] == "1"
    if sys.platform != "win32":
        assert result["nice"] >= 10
        assert result["group"] == result["pid"]
    if result["session"]:  # Linux with autogroups: niceness only counts within a session
        assert int(result["session"].split()[-1]) >= 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that is in use")
def test_a_job_whose_home_was_removed_has_failed(home: Home) -> None:
    home.create()
    ended = finished(RunningJob(home, "tests.jobs.sample_jobs:removing_home")).ended
    assert ended.status == "failed"
    assert ended.problem is not None
    assert ended.problem.key == "home-gone"
    assert not home.root.exists()  # nothing half-made


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that is in use")
def test_a_job_does_not_create_a_home_that_was_removed_while_it_started(home: Home) -> None:
    home.create().use()
    job = RunningJob(home, f"{OPS}:job_waits_not")
    shutil.rmtree(home.root)  # its process has hardly begun
    ended = finished(job).ended
    assert ended.problem is not None
    assert ended.problem.code == "home-gone"
    assert not home.root.exists()
