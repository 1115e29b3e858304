from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import INTERRUPTED, JobRuns


@pytest.fixture
def runs(tmp_path: Path) -> JobRuns:
    ticks = count(100)
    return JobRuns(Database(tmp_path / "store.db"), clock=lambda: float(next(ticks)))


def test_a_run_from_start_to_end(runs: JobRuns) -> None:
    run = runs.start("train", "/logs/train.log")
    begun = runs.get(run)
    assert begun is not None
    assert (begun.status, begun.finished, begun.seconds, begun.result) == ("running", None, None, {})
    assert runs.finish(run, "succeeded", "Promoted.", {"version": "3"})
    ended = runs.get(run)
    assert ended is not None
    assert (ended.status, ended.message, ended.result) == ("succeeded", "Promoted.", {"version": "3"})
    assert ended.seconds == 1.0


def test_the_first_word_about_the_end_counts(runs: JobRuns) -> None:
    run = runs.start("train")
    assert runs.finish(run, "cancelled")
    assert not runs.finish(run, "died")
    assert not runs.finish(run + 1, "died")
    assert [r.status for r in runs.recent()] == ["cancelled"]


def test_history_by_job_newest_first(runs: JobRuns) -> None:
    first, drift, second = runs.start("train"), runs.start("drift"), runs.start("train")
    assert [r.id for r in runs.recent()] == [second, drift, first]
    assert [r.id for r in runs.recent("train", n=1)] == [second]
    assert {name: r.id for name, r in runs.last().items()} == {"train": second, "drift": drift}
    assert runs.get(99) is None


def test_only_the_newest_run_of_a_running_job_is_alive(runs: JobRuns) -> None:
    lost, drift, alive = runs.start("train"), runs.start("drift"), runs.start("train")
    dead = runs.mark_crashed(lambda name: name == "train")
    assert {r.id for r in dead} == {lost, drift}
    assert [(r.id, r.status) for r in runs.recent()] == [(alive, "running"), (drift, "died"), (lost, "died")]
    run = runs.get(lost)
    assert run is not None
    assert run.message == INTERRUPTED
