"""Clips a model has learned from are answered with what it said while they were held out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from genre_desktop.ml import bundle, honest
from tests.ml import library
from tests.ml.starters import starter


def test_its_own_clips_get_the_held_out_answer_and_others_the_direct_one():
    own = library.rows(6, 3, seed=50, noise=2.0)
    model = starter(own)
    new = library.rows(2, 2, seed=51)
    new = replace(
        new, clips=np.array([f"new {i}" for i in range(len(new))]), names=np.array(["x"] * len(new))
    )
    known = honest.decode(model)
    found = honest.predict(model, library.joined(own, new))
    assert np.allclose(found[0], known[own.clips[0]] / known[own.clips[0]].sum())
    assert not np.allclose(found[: len(own)], model.predict_proba(own.X), atol=0.01)
    assert np.array_equal(found[len(own) :], model.predict_proba(new.X))


def test_survives_storing(tmp_path):
    model = starter()
    digest = bundle.save(model, tmp_path / "m")
    again = honest.decode(bundle.load(tmp_path / "m", digest))
    assert again.keys() == honest.decode(model).keys()
    assert all(np.array_equal(again[key], value) for key, value in honest.decode(model).items())


def test_tracks_are_known_by_file_name_and_segments_by_their_track():
    rows = library.rows(2, 2)
    model = starter(library.rows(6, 3, seed=50))
    model.metadata[honest.KEY] = honest.encode(["blues.00042"], np.array([[0.5, 0.25, 0.25]]))
    names = np.array(["blues.00042", "blues.00042.1", "blues_00042"] + ["other"] * (len(rows) - 3))
    found = honest.predict(model, replace(rows, names=names))
    assert np.allclose(found[:3], [0.5, 0.25, 0.25])
    assert np.array_equal(found[3:], model.predict_proba(rows.X[3:]))


def test_a_model_without_such_answers_is_simply_asked():
    model = starter()
    del model.metadata[honest.KEY]
    rows = library.rows(2, 2)
    assert np.array_equal(honest.predict(model, rows), model.predict_proba(rows.X))
