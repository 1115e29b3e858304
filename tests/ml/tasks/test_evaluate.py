"""The job that evaluates a labelled folder: real files, worker processes and models."""

from __future__ import annotations

import json
import shutil

import pytest

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import shipped
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.ml.tasks import evaluate
from tests.ml.data.test_folder_import import Context

DEMO = shipped("resources", "demo.flac")


@pytest.fixture
def context(home):
    return Context(home.root)


@pytest.fixture
def genre(home):
    """What the demo clip is taken for."""
    parts = ProcessResources(home)
    try:
        return operations.measure(TaskContext(parts), AnalyseRequest(str(DEMO))).answer.genre
    finally:
        parts.close()


def test_a_labelled_folder(context, tmp_path, genre):
    top = tmp_path / "labelled"
    for name in (f"{genre.title()}/a.flac", "polka/b.flac", "c.flac"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DEMO, top / name)
    (top / "polka" / "broken.mp3").write_text("no music")
    found = evaluate.run(context, {"folder": str(top), "workers": 1})
    assert json.loads(json.dumps(found)) == found
    assert (found["n"], found["accuracy"], found["folder"]) == (2, 0.5, str(top))
    assert found["confusion"] == {genre: {genre: 1}, "polka": {genre: 1}}
    interval = found["intervals"]["gmean"]
    assert interval["low"] <= interval["value"] <= interval["high"]
    assert interval["value"] == pytest.approx(found["gmean"])
    assert found["model"]["version"] == "1"
    reasons = {entry["path"].rpartition("/")[2]: entry["reason"] for entry in found["skipped"]}
    assert set(reasons) == {"c.flac", "broken.mp3"}
    assert "not in the folder of a genre" in reasons["c.flac"]
    assert context.reports[-1][0] == 1.0
    database = Database(context.home.store)
    assert PredictionLog(database).count() == 0  # measuring leaves no trace
    database.close()


def test_a_version_of_the_registry(context, tmp_path):
    (tmp_path / "labelled" / "jazz").mkdir(parents=True)
    shutil.copyfile(DEMO, tmp_path / "labelled" / "jazz" / "a.flac")
    found = evaluate.run(context, {"folder": str(tmp_path / "labelled"), "model": "2", "workers": 1})
    assert found["model"]["version"] == "2"


def test_an_empty_folder_is_reported(context, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(AppError) as caught:
        evaluate.run(context, {"folder": str(tmp_path / "empty")})
    assert caught.value.problem.code == "nothing-to-evaluate"


def test_it_can_be_cancelled(context, tmp_path):
    (tmp_path / "labelled" / "jazz").mkdir(parents=True)
    shutil.copyfile(DEMO, tmp_path / "labelled" / "jazz" / "a.flac")
    context.cancelled = lambda: True
    with pytest.raises(Cancelled):
        evaluate.run(context, {"folder": str(tmp_path / "labelled"), "workers": 1})
