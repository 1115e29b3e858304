from __future__ import annotations

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.jobs.process_lock import Lock
from tests.fixtures.cli import Run
from tests.ml.tasks.test_train import fill


@pytest.fixture
def home(run: Run) -> Home:
    return Home.locate().create()


def test_train_tells_what_came_of_it(run: Run, home: Home) -> None:
    fill(home, per_class=3).close()
    shown = run("train", "--json", "--families", "lda", "--trials", "1", "--no-promote")
    assert shown.code == 0
    assert {
        "run_id",
        "family",
        "version",
        "metrics",
        "champion_before",
        "promoted",
        "reason",
        "seconds",
    } == set(shown.json)
    assert (shown.json["family"], shown.json["promoted"]) == ("adapted", False)
    listed = run("models", "--json").json
    assert listed[0]["version"] == shown.json["version"]
    assert listed[0]["aliases"] == []


def test_a_second_training_is_refused_politely(run: Run, home: Home) -> None:
    lock = Lock(home, "job-retrain")
    assert lock.acquire()
    try:
        shown = run("train", "--json")
    finally:
        lock.release()
    assert shown.code == 1
    assert shown.json["error"]["code"] == "job-running"
    assert "already running" in shown.err


def test_what_cannot_be_done_is_reported(run: Run) -> None:
    shown = run("train", "--json", "--families", "lda, oracle")
    assert shown.code == 1
    assert shown.json["error"]["code"] == "unknown-family"
    assert "oracle" in shown.err
