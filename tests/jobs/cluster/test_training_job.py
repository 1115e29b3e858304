"""A job process trains folds where its parameters say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.jobs.cluster.address import VARIABLE
from genre_desktop.jobs.context import TaskContext
from genre_desktop.jobs.runner.process import RunningJob

PATIENCE_S = 380.0


def opens_fold_runner(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """A job, in its process: name what would train the folds."""
    with context.fold_runner() as runner:
        if runner is None:
            return {"runner": "", "threads": os.environ["OMP_NUM_THREADS"]}
        return {"runner": type(runner).__name__, "describes": runner.describe()}


def run(home: Home, **params: Any) -> dict[str, Any]:
    outcome = RunningJob(home, f"{__name__}:opens_fold_runner", params).wait(PATIENCE_S)
    assert outcome is not None
    assert outcome.ended.status == "succeeded", outcome.ended
    return outcome.ended.result


def test_folds_are_trained_where_the_parameters_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    home = Home(tmp_path).create()
    assert run(home) == {"runner": "", "threads": "1"}
    assert run(home, cluster="local:1") == {
        "runner": "ClusterFolds",
        "describes": "Folds were trained on a cluster (workers: 1, lost: 0, folds repeated: 0).",
    }
