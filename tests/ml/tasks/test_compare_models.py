"""The job that compares two versions: real registry, store and files."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.library import Library
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features.schema import VERSIONS
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.bundle import Member
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.tasks import compare_models
from tests.ml import tiny_models
from tests.ml.data.test_folder_import import Context, song
from tests.ml.tasks.test_train import fill


@pytest.fixture
def context(home, tmp_path, monkeypatch):
    """A job's context in a home with the small starters; there is no reference table."""
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: tmp_path / "none.npz")
    return Context(home.root)


def register(context, tmp_path, model):
    """Register a model and return its version."""
    folder = tmp_path / f"model-{np.random.default_rng().integers(1 << 30)}"
    bundle.save(model, folder)
    with Registry(context.home) as registry:
        return registry.register(folder)


def mistaken():
    """A model that was taught every genre under another name, so that all of its answers are wrong."""
    X, y = tiny_models.rows()
    names = np.unique(y)
    turned = dict(zip(names, np.roll(names, 1), strict=True))
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=200))
    pipeline.fit(X, np.array([turned[label] for label in y]))
    return tiny_models.linear(members=(Member.of(pipeline),), with_novelty=False)


def test_the_better_model_is_found_on_the_clips_of_the_library(context, tmp_path):
    fill(context.home).close()
    worse = register(context, tmp_path, mistaken())
    found = compare_models.run(context, {"versions": ["1", worse]})
    assert json.loads(json.dumps(found)) == found
    assert (found["n"], found["clips"], found["verdict"]) == (60, "library", "old")
    assert found["old"]["accuracy"] > 0.9 > 0.2 > found["new"]["accuracy"]
    assert found["sentence"].startswith(f"Version 1 is better than version {worse} on these 60 clips")
    assert found["biased"] == ["1", worse]  # the small models have no held-out predictions
    assert found["sentence"] in context.lines
    assert [fraction for fraction, _ in context.reports][-1] == 0.9


def test_clips_that_a_model_was_trained_on_get_their_held_out_predictions(context, tmp_path):
    """The model knows all clips by heart; its cross-validation was wrong about each of them."""
    database = fill(context.home)
    clips = list(Library(database).clips(VERSIONS))
    database.close()
    wrong = np.full((len(clips), 10), 0.01)
    wrong[:, 0] = 0.91
    held_out = held_out_predictions.encode([clip.content_hash for clip in clips], wrong)
    model = tiny_models.linear(with_novelty=False)
    version = register(
        context, tmp_path, replace(model, metadata={**model.metadata, held_out_predictions.KEY: held_out})
    )
    found = compare_models.run(context, {"versions": ["1", version]})
    assert found["new"]["accuracy"] == pytest.approx(0.1)
    assert found["biased"] == ["1"]


def test_a_model_equals_itself(context):
    fill(context.home).close()
    found = compare_models.run(context, {"versions": ["1", "1"]})
    assert found["verdict"] == "none"
    assert found["differences"]["gmean"] == {"value": 0.0, "low": 0.0, "high": 0.0}


def test_few_clips_of_the_user_are_joined_by_the_reference(context, tmp_path, monkeypatch):
    database = fill(context.home, per_class=1)
    clips = [replace(clip, source="reference") for clip in Library(database).clips(VERSIONS)]
    reference_dataset.save(tmp_path / "table.npz", clips)
    with database.transaction() as connection:
        connection.execute("DELETE FROM clips WHERE content_hash = ?", (clips[0].content_hash,))
    database.close()
    monkeypatch.setattr(reference_dataset, "shipped_path", lambda: tmp_path / "table.npz")
    found = compare_models.run(context, {"versions": ["1", "2"]})
    assert (found["clips"], found["n"], found["own"]) == ("reference", 10, 9)


def test_a_folder_counts_each_recording_once(context, tmp_path):
    top = tmp_path / "Music"
    for i, genre in enumerate(("jazz", "rock")):
        song(top / genre / f"{i}.wav", i)
    (top / "jazz" / "copy.wav").write_bytes((top / "jazz" / "0.wav").read_bytes())
    (top / "jazz" / "bad.wav").write_text("no music")
    song(top / "loose.wav", 5)
    found = compare_models.run(context, {"versions": ["1", "2"], "folder": str(top), "workers": 1})
    assert (found["n"], found["clips"], found["folder"]) == (2, "folder", str(top))
    assert {entry["path"].rpartition("/")[2] for entry in found["skipped"]} == {"bad.wav", "loose.wav"}


def test_without_clips_there_is_nothing_to_compare_on(context):
    with pytest.raises(AppError) as caught:
        compare_models.run(context, {"versions": ["1", "2"]})
    assert caught.value.problem.key == "nothing-to-compare/models"


def test_an_unknown_version_is_refused(context):
    with pytest.raises(AppError) as caught:
        compare_models.run(context, {"versions": ["1", "77"]})
    assert caught.value.problem.code == "model-unknown"
