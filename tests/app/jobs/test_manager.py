"""Jobs in real processes, with signals in the window's thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.paths import Home
from genre_desktop.jobs.throughput import RemainingTime

SAMPLES = "tests.jobs.sample_operations"


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[JobManager]:
    jobs = JobManager(Home(tmp_path).create())
    yield jobs
    jobs.close()
    jobs.deleteLater()


def run(qtbot: QtBot, jobs: JobManager, name: str, **params: object) -> Job:
    with qtbot.waitSignal(jobs.ended, timeout=60_000) as blocker:
        jobs.start(f"{SAMPLES}:{name}", params)
    job = blocker.args[0]
    assert isinstance(job, Job)
    return job


def test_a_job_is_reported_from_start_to_end(qtbot: QtBot, jobs: JobManager) -> None:
    seen: list[str] = []
    jobs.started.connect(lambda job: seen.append("started"))
    jobs.changed.connect(lambda job: seen.append(job.message))
    job = run(qtbot, jobs, "job_adds", a=2, b=3)
    assert seen[0] == "started"
    assert job.ended is not None
    assert (job.ended.status, job.running, jobs.running()) == ("succeeded", False, [])
    assert job.run_id > 0


def test_a_failure_is_reported_with_its_problem(qtbot: QtBot, jobs: JobManager) -> None:
    job = run(qtbot, jobs, "job_fails", reason="because")
    assert job.ended is not None
    assert job.ended.status == "failed"
    assert job.ended.problem is not None


def test_a_crash_is_reported(qtbot: QtBot, jobs: JobManager) -> None:
    job = run(qtbot, jobs, "job_dies")
    assert job.ended is not None
    assert job.ended.status == "died"


def test_cancelling_ends_it(qtbot: QtBot, jobs: JobManager, tmp_path: Path) -> None:
    with qtbot.waitSignal(jobs.started, timeout=60_000) as blocker:
        jobs.start(f"{SAMPLES}:job_waits", {"marker": str(tmp_path / "runs")})
    (job,) = blocker.args
    assert jobs.running() == [job]
    with qtbot.waitSignal(jobs.ended, timeout=60_000):
        jobs.cancel(job)
    assert job.ended.status == "cancelled"


def test_closing_leaves_no_process_behind(qtbot: QtBot, jobs: JobManager, tmp_path: Path) -> None:
    with qtbot.waitSignal(jobs.started, timeout=60_000):
        process = jobs.start(f"{SAMPLES}:job_waits", {"marker": str(tmp_path / "runs")})
    jobs.close()
    assert not process.running
    assert not psutil.pid_exists(process.pid)


def test_an_unknown_job_is_refused_and_not_listed(jobs: JobManager) -> None:
    with pytest.raises(AppError) as refused:
        jobs.start("no-such-thing")
    assert refused.value.problem.code == "no-such-job"
    assert jobs.jobs == []


def test_the_time_left_is_set_with_each_report() -> None:
    """All views show what the last report has set, whenever they are drawn."""
    now = [0.0]
    job = Job(1, "retrain", {}, started=0.0)
    job._remaining = RemainingTime(lambda: now[0])
    assert job.seconds_left is None
    now[0] = 10.0
    job.report(0.5, message("Half"))
    assert (job.fraction, job.seconds_left, job.message) == (0.5, 10.0, "Half")
    now[0] = 30.0
    assert job.seconds_left == 10.0
    job.report(None)
    assert (job.seconds_left, job.message) == (None, "Half")
