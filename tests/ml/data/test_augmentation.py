"""Augmentation of rows by the shipped measurements of re-recordings."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.data import augmentation
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.schema import ENCODER_NAMES
from genre_desktop.ml.features.transforms import names, transform_rows
from tests.ml import training_rows


@pytest.fixture
def stored(tmp_path):
    X = training_rows.rows(2, 1).X
    rows = np.stack([X, X * 1.5, X * 0.5], axis=1)
    groups = [f"artist {i // 2}" for i in range(len(X))]
    augmentation.save(tmp_path / "s.npz", rows, [augmentation.CLEAN, "louder", "quieter"], groups)
    return tmp_path / "s.npz", X


def test_differences_are_those_of_the_forms(stored):
    path, X = stored
    found = augmentation.load(path, level=True)
    assert found.deltas.shape == (6, 2, len(names(True)) + len(ENCODER_NAMES))
    expected = transform_rows(np.float32(X * 1.5).astype(float)) - transform_rows(np.float32(X).astype(float))
    assert np.allclose(found.deltas[:, 0], expected)


def test_held_out_artists_lend_nothing(stored):
    found = augmentation.load(stored[0], level=False).without(np.array(["artist 1"]))
    assert found.groups.tolist() == ["artist 0"] * 2 + ["artist 2"] * 2
    assert len(found.deltas) == 4


def test_augmented_rows_keep_the_originals_first_and_the_seed_decides(stored):
    path, X = stored
    found, forms = augmentation.load(path, level=False), transform_rows(X, level=False)
    settings = {"copies": 2, "changes": 1, "strongest": 1.0}
    out = found.augment(forms, **settings, seed=1)
    assert out.shape == (18, forms.shape[1])
    assert np.array_equal(out[:6], forms)
    assert np.array_equal(out, found.augment(forms, **settings, seed=1))
    assert not np.array_equal(out, found.augment(forms, **settings, seed=2))


def test_measurements_of_signal_columns_alone_leave_the_encoder_missing(tmp_path):
    X = training_rows.rows(2, 1).X[:, : len(schema.SIGNAL_NAMES)]
    augmentation.save(tmp_path / "s.npz", np.stack([X, X * 2], axis=1), ["clean", "louder"], ["a"] * len(X))
    found = augmentation.load(tmp_path / "s.npz", level=True)
    known = np.isfinite(found.deltas).all(axis=(0, 1))
    assert known.sum() == len(names(True))
    assert not known[len(names(True)) :].any()


def test_missing_values_stay_missing(stored):
    path, X = stored
    X = X.copy()
    X[1, len(schema.SIGNAL_NAMES) :] = np.nan
    forms = transform_rows(X, level=True)
    out = augmentation.load(path, level=True).augment(forms, copies=1, changes=1, strongest=1.0, seed=1)
    assert np.array_equal(np.isnan(out), np.isnan(np.vstack([forms, forms])))


def test_other_feature_versions_are_refused(stored, monkeypatch):
    monkeypatch.setattr(schema, "VERSIONS", {"999": schema.NAMES})
    with pytest.raises(AppError) as caught:
        augmentation.load(stored[0], level=False)
    assert caught.value.problem.code == "feature-version"


def test_the_shipped_measurements_move_no_key_and_little_harmony():
    found = augmentation.load(level=False)
    assert len(found.deltas) >= 90
    assert found.deltas.shape[1] == 13
    assert np.isfinite(found.deltas).all()
    spread = np.abs(found.deltas).mean(axis=(0, 1))
    at = {name: i for i, name in enumerate(names(False))}
    assert spread[at["mfcc2_mean"]] > spread[at["mfcc20_mean"]] > 0
