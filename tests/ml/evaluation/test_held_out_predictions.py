"""Training clips of a model get its held-out predictions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from genre_desktop.core.store.library import Clip
from genre_desktop.ml.data.dataset import TrainingRows
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features.schema import NAMES
from genre_desktop.ml.models import bundle
from tests.ml import training_rows
from tests.ml.starter_factory import starter


def test_training_clips_get_the_held_out_prediction_and_others_the_direct_one():
    own = training_rows.rows(6, 3, seed=50, noise=2.0)
    model = starter(own)
    new = training_rows.rows(2, 2, seed=51)
    new = replace(
        new, clips=np.array([f"new {i}" for i in range(len(new))]), names=np.array(["x"] * len(new))
    )
    known = held_out_predictions.decode(model)
    found = held_out_predictions.predict_held_out(model, training_rows.joined(own, new))
    assert np.allclose(found[0], known[own.clips[0]] / known[own.clips[0]].sum())
    assert not np.allclose(found[: len(own)], model.predict_proba(own.X), atol=0.01)
    assert np.allclose(found[len(own) :], model.predict_proba(new.X), rtol=1e-9)


def test_survives_storing(tmp_path):
    model = starter()
    digest = bundle.save(model, tmp_path / "m")
    again = held_out_predictions.decode(bundle.load(tmp_path / "m", digest))
    assert again.keys() == held_out_predictions.decode(model).keys()
    assert all(np.array_equal(again[key], value) for key, value in held_out_predictions.decode(model).items())


def test_published_tracks_are_recognised_and_files_with_their_names_are_not():
    rows = training_rows.rows(2, 2)
    model = starter(training_rows.rows(6, 3, seed=50))
    model.metadata[held_out_predictions.KEY] = held_out_predictions.encode(
        ["blues.00042"], np.array([[0.5, 0.25, 0.25]])
    )
    known = TrainingRows.of(
        [_clip("x1", "blues.00042.flac", "reference"), _clip("gtzan:blues.00042", "t.csv")]
    )
    own = TrainingRows.of([_clip("x2", "blues.00042.flac", source) for source in ("audio", "correction")])
    assert known.names.tolist() == ["blues.00042"] * 2
    assert np.allclose(held_out_predictions.predict_held_out(model, known), [0.5, 0.25, 0.25])
    assert np.array_equal(held_out_predictions.predict_held_out(model, own), model.predict_proba(own.X))
    assert np.array_equal(held_out_predictions.predict_held_out(model, rows), model.predict_proba(rows.X))


def test_a_recording_of_the_reference_in_the_library_is_recognised_by_content():
    model = starter(training_rows.rows(6, 3, seed=50))
    model.metadata[held_out_predictions.KEY] = held_out_predictions.encode(
        ["blues.00042"], np.array([[0.5, 0.25, 0.25]])
    )
    rows = TrainingRows.of([_clip("abc", "renamed.mp3")], {"abc": "blues.00042"})
    assert np.allclose(held_out_predictions.predict_held_out(model, rows), [0.5, 0.25, 0.25])


def test_a_model_without_held_out_predictions_predicts_directly():
    model = starter()
    del model.metadata[held_out_predictions.KEY]
    rows = training_rows.rows(2, 2)
    assert np.array_equal(held_out_predictions.predict_held_out(model, rows), model.predict_proba(rows.X))


def _clip(content, path, source="audio"):
    return Clip(
        content_hash=content,
        path=f"/music/{path}",
        label="jazz",
        group="artist:a",
        source=source,
        duration_s=30.0,
        starts=np.zeros(1),
        lengths=np.full(1, 30.0),
        features=np.full((1, len(NAMES)), 1.5),
    )
