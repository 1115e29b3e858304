"""Adapting the starter: a few corrected clips move its genres and add labels; storage keeps the layer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, SIGNAL_NAMES
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.training import adapter
from genre_desktop.ml.training.adapter import AdapterInputs, ColumnScaling, Regularization
from tests.ml import training_rows
from tests.ml.starter_factory import starter

N_KNOWN = len(training_rows.LABELS)


@pytest.fixture(scope="module")
def base():
    return starter()


@pytest.fixture(scope="module")
def reference():
    """Clips like those the starter was trained on."""
    return training_rows.rows(6, 2, seed=77)


@pytest.fixture(scope="module")
def scaling(base, reference):
    return ColumnScaling.of(reference.X, NAMES, base.classes)


@pytest.fixture(scope="module")
def kept(base, scaling, reference):
    return inputs(base, scaling, reference.X)


def numbers(labels):
    """Number labels in the order of the starter's classes."""
    return np.searchsorted(np.array(training_rows.LABELS), labels)


def corrected(seed=3, clips=4):
    """Return clips of another collection, where each genre is half like the starter's next one."""
    rows = training_rows.rows(clips, 1, seed=seed, noise=1.5)
    return np.sqrt(rows.X * np.roll(rows.X, clips, axis=0)), numbers(rows.y)


def inputs(base, scaling, X):
    """Return the layer's inputs for some clips."""
    return AdapterInputs(scaling.transform(X), base.predict_proba(X))


def fitted(own, y, kept, strength=None, n_labels=N_KNOWN):
    """Fit a layer, at the default strength."""
    counts = np.bincount(y, minlength=n_labels)
    return adapter.fit(own, y, kept, counts=counts, strength=strength or Regularization())


@pytest.fixture(scope="module")
def layer(base, scaling, kept):
    """The fitted layer for a few corrections."""
    X, y = corrected()
    return fitted(inputs(base, scaling, X), y, kept)


def test_nothing_corrected_changes_nothing(base, scaling, kept):
    own = inputs(base, scaling, corrected()[0])
    unchanged = fitted(AdapterInputs(own.columns[:0], own.proba[:0]), np.zeros(0, int), kept)
    assert np.allclose(unchanged.weights, 0)
    assert np.allclose(adapter.predict_proba(own, unchanged), own.proba, atol=1e-6)


def test_corrections_of_a_shifted_collection_help_its_other_clips(base, scaling, layer):
    X, truth = corrected(seed=9)
    others = inputs(base, scaling, X)
    after, pick = adapter.predict_proba(others, layer), np.arange(len(truth))
    gained = np.log(after[pick, truth] + 1e-6) - np.log(others.proba[pick, truth] + 1e-6)
    assert gained.mean() > 0.1


def test_reference_clips_change_less_the_more_they_count(base, scaling, kept):
    X, y = corrected()
    own = inputs(base, scaling, X)

    def moved(keep):
        layer = fitted(own, y, kept, Regularization(keep=keep))
        return np.abs(adapter.predict_proba(kept, layer) - kept.proba).max()

    assert moved(10.0) < moved(1.0) < moved(0.01)


def test_a_stronger_penalty_moves_less(base, scaling, kept):
    X, y = corrected()
    own = inputs(base, scaling, X)
    moved = [np.abs(fitted(own, y, kept, Regularization(penalty=p)).weights).sum() for p in (0.03, 1.0)]
    assert moved[1] < moved[0]


def test_one_genre_corrected_often_does_not_absorb_the_others(base, scaling, kept):
    X, y = corrected(clips=12)
    only = y == 0
    layer = fitted(inputs(base, scaling, X[only]), y[only], kept)
    other = training_rows.rows(4, 3, seed=5)
    clips, truth = inputs(base, scaling, other.X), numbers(other.y)
    after = adapter.predict_proba(clips, layer).argmax(axis=1)
    assert np.mean(after == truth) >= np.mean(clips.proba.argmax(axis=1) == truth) - 0.05


def test_a_label_is_worth_as_much_where_one_of_its_clips_is_held_out(base, scaling, kept):
    X, y = corrected()
    part = np.arange(len(y)) != 0
    own = inputs(base, scaling, X[part])
    counts = np.bincount(y)
    whole = adapter.fit(own, y[part], kept, counts=counts, strength=Regularization())
    less = adapter.fit(
        own, y[part], kept, counts=counts - np.eye(3, dtype=int)[y[0]], strength=Regularization()
    )
    held = inputs(base, scaling, X[:1])
    label = y[0]
    assert adapter.predict_proba(held, whole)[0, label] > adapter.predict_proba(held, less)[0, label]


def test_a_new_label_is_found_on_other_clips_and_the_old_ones_keep_theirs(base, scaling, kept):
    new = training_rows.rows(5, 1, labels=("a", "b", "c", "skiffle"), seed=11)
    new = replace(new, X=new.X[new.y == "skiffle"])
    layer = fitted(inputs(base, scaling, new.X), np.full(5, N_KNOWN), kept, n_labels=N_KNOWN + 1)
    other = training_rows.rows(10, 1, labels=(*training_rows.LABELS, "skiffle"), seed=12)
    found = adapter.predict_proba(inputs(base, scaling, other.X), layer).argmax(axis=1)
    assert np.mean(found[other.y == "skiffle"] == N_KNOWN) >= 0.6
    known = other.y != "skiffle"
    assert np.mean(found[known] == numbers(other.y[known])) >= 0.9


def test_a_new_label_without_clips_is_never_the_answer(base, scaling, kept):
    X, y = corrected()
    own = inputs(base, scaling, X)
    layer = fitted(own, y, kept, n_labels=N_KNOWN + 1)
    assert adapter.predict_proba(own, layer)[:, N_KNOWN].max() < 1e-6


def test_the_stored_member_gives_the_same_probabilities(base, scaling, kept, tmp_path):
    X, y = corrected()
    own = inputs(base, scaling, X)
    labels = (*base.classes, "techno")
    layer = fitted(own, np.where(y == 1, N_KNOWN, y), kept, n_labels=N_KNOWN + 1)
    classes = ("polka", "jazz", "techno", "rock")  # another order
    member = adapter.to_member(scaling, layer, labels, classes, 1.0, 1.0)
    model = Model((member,), classes, NAMES, FEATURE_VERSION, adapter.FAMILY, base=base)
    digest = bundle.save(model, tmp_path / "m")
    expected = adapter.predict_proba(own, layer)[:, [labels.index(name) for name in classes]]
    for light in (False, True):
        again = bundle.load(tmp_path / "m", digest, light=light)
        assert np.allclose(again.predict_proba(X), expected, atol=1e-6)


@pytest.mark.parametrize("present", [60, len(SIGNAL_NAMES)])
def test_missing_columns_count_as_the_mean(base, scaling, layer, present):
    X, _ = corrected()
    X[:, present:] = np.nan
    columns = scaling.transform(X)
    assert np.isfinite(columns).all()
    assert not columns[:, -len(NAMES) + len(SIGNAL_NAMES) :].any()
    member = adapter.to_member(scaling, layer, base.classes, base.classes, 1.0, 1.0)
    model = Model((member,), base.classes, NAMES, FEATURE_VERSION, adapter.FAMILY, base=base)
    assert np.isfinite(model.predict_proba(X)).all()
