"""A process that is started before its job."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.catalogue import JOBS, JobSpec
from genre_desktop.jobs.runner.process import JobOutcome, RunningJob
from genre_desktop.jobs.runner.spare import SpareProcess
from tests.jobs import sample_operations

OPS = "tests.jobs.sample_operations"
PATIENCE_S = 120


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path).create()
    Database(home.store).close()
    return home


@pytest.fixture
def spare(home: Home) -> Iterator[SpareProcess]:
    spare = SpareProcess(home, f"{OPS}:prepare")
    until(lambda: spare.ready)
    yield spare
    spare.close()


def until(condition: Callable[[], Any]) -> None:
    by = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < by, "it never happened"
        time.sleep(0.01)


def finished(job: RunningJob) -> JobOutcome:
    outcome = job.wait(PATIENCE_S)
    assert outcome is not None
    return outcome


def test_a_job_runs_in_the_prepared_process(home: Home, spare: SpareProcess) -> None:
    job = RunningJob(home, f"{OPS}:job_modesty", spare=spare)
    outcome = finished(job)
    assert outcome.ended.status == "succeeded"
    result = outcome.ended.result
    assert str(result["pid"]) == (home.root / "prepared").read_text() == str(job.pid)
    assert result["nice"] == 10
    assert result["group"] == result["pid"] != os.getpgid(0)
    assert not psutil.pid_exists(job.pid)


def test_its_log_is_that_of_the_job(home: Home, spare: SpareProcess) -> None:
    outcome = finished(RunningJob(home, f"{OPS}:job_adds", {"a": 1, "b": 2}, spare=spare))
    assert outcome.ended.result == {"sum": 3}
    assert "a native library says hello" in Path(outcome.log_path).read_text("utf-8")


def test_a_job_in_it_can_be_cancelled(home: Home, spare: SpareProcess, tmp_path: Path) -> None:
    job = RunningJob(
        home, f"{OPS}:job_waits", {"marker": str(tmp_path / "runs")}, grace_s=PATIENCE_S, spare=spare
    )
    until((tmp_path / "runs").exists)
    job.cancel()
    assert finished(job).ended.status == "cancelled"


def test_a_new_process_takes_the_job_of_one_that_has_ended(home: Home, spare: SpareProcess) -> None:
    spare.process.kill()
    spare.process.join()
    assert not spare.ready
    outcome = finished(RunningJob(home, f"{OPS}:job_adds", {"a": 1, "b": 2}, spare=spare))
    assert outcome.ended.result == {"sum": 3}


def test_one_that_cannot_be_prepared_runs_its_job_all_the_same(home: Home) -> None:
    spare = SpareProcess(home, f"{OPS}:prepare_badly")
    until(lambda: spare.ready)
    outcome = finished(RunningJob(home, f"{OPS}:job_adds", {"a": 1, "b": 2}, spare=spare))
    assert outcome.ended.result == {"sum": 3}


def test_it_ends_with_its_parent(home: Home) -> None:
    script = f"""
import os
from genre_desktop.core.paths import Home
from genre_desktop.jobs.runner.spare import SpareProcess
if __name__ == "__main__":
    spare = SpareProcess(Home({str(home.root)!r}), "{OPS}:prepare")
    while not spare.ready:
        pass
    print(spare.process.pid, flush=True)
    os._exit(0)
"""
    path = home.root / "parent.py"
    path.write_text(script)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    done = subprocess.run(
        [sys.executable, str(path)], env=environment, capture_output=True, text=True, check=True
    )
    pid = int(done.stdout)
    until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def test_closing_ends_it(home: Home) -> None:
    spare = SpareProcess(home, f"{OPS}:prepare")
    spare.close()
    assert not spare.process.is_alive()
    spare.close()  # twice is once


def test_a_job_that_the_user_waits_for_keeps_the_priority(
    home: Home, spare: SpareProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"{OPS}:job_modesty"
    monkeypatch.setitem(
        JOBS, "modesty", JobSpec("modesty", sample_operations.job_modesty, "Modesty", urgent=True)
    )
    for each in (spare, None):
        result = finished(RunningJob(home, "modesty", spare=each)).ended.result
        assert result["nice"] == psutil.Process().nice()
    assert finished(RunningJob(home, name)).ended.result["nice"] == 10
