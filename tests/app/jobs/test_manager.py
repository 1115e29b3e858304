"""Jobs in real processes, told in the window's thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home

SAMPLES = "tests.jobs.sample_operations"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[JobManager]:
    desk = JobManager(Home(tmp_path).create())
    yield desk
    desk.close()
    desk.deleteLater()


def run(qtbot: QtBot, desk: JobManager, name: str, **params: object) -> Job:
    with qtbot.waitSignal(desk.ended, timeout=60_000) as blocker:
        desk.start(f"{SAMPLES}:{name}", params)
    job = blocker.args[0]
    assert isinstance(job, Job)
    return job


def test_a_job_is_told_from_start_to_end(qtbot: QtBot, desk: JobManager) -> None:
    seen: list[str] = []
    desk.started.connect(lambda job: seen.append("started"))
    desk.changed.connect(lambda job: seen.append(job.message))
    job = run(qtbot, desk, "job_adds", a=2, b=3)
    assert seen[0] == "started"
    assert job.ended is not None
    assert (job.ended.status, job.running, desk.running()) == ("succeeded", False, [])
    assert job.run_id > 0


def test_a_failure_is_told_with_its_problem(qtbot: QtBot, desk: JobManager) -> None:
    job = run(qtbot, desk, "job_fails", reason="because")
    assert job.ended is not None
    assert job.ended.status == "failed"
    assert job.ended.problem is not None


def test_a_sudden_death_is_told(qtbot: QtBot, desk: JobManager) -> None:
    job = run(qtbot, desk, "job_dies")
    assert job.ended is not None
    assert job.ended.status == "died"


def test_cancelling_ends_it(qtbot: QtBot, desk: JobManager, tmp_path: Path) -> None:
    with qtbot.waitSignal(desk.started, timeout=60_000) as blocker:
        desk.start(f"{SAMPLES}:job_waits", {"marker": str(tmp_path / "runs")})
    (job,) = blocker.args
    assert desk.running() == [job]
    with qtbot.waitSignal(desk.ended, timeout=60_000):
        desk.cancel(job)
    assert job.ended.status == "cancelled"


def test_closing_leaves_no_process_behind(qtbot: QtBot, desk: JobManager, tmp_path: Path) -> None:
    with qtbot.waitSignal(desk.started, timeout=60_000):
        process = desk.start(f"{SAMPLES}:job_waits", {"marker": str(tmp_path / "runs")})
    desk.close()
    assert not process.running
    assert not psutil.pid_exists(process.pid)


def test_an_unknown_job_is_refused_and_not_listed(desk: JobManager) -> None:
    with pytest.raises(AppError) as refused:
        desk.start("no-such-thing")
    assert refused.value.problem.code == "no-such-job"
    assert desk.jobs == []


def test_time_left_follows_the_fraction() -> None:
    job = Job(1, "retrain", {}, started=0.0)
    assert job.seconds_left is None
    job.fraction = 0.5
    left = job.seconds_left
    assert left is not None
    assert left > 0
