"""Adapting the starter: a few corrected clips move its genres, none change nothing, storage keeps it."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Model
from genre_desktop.ml.training import adapter, blending
from genre_desktop.ml.training.adapter import AdapterInputs, Regularization, StarterDiscriminant
from tests.ml import training_rows
from tests.ml.starter_factory import starter
from tests.ml.tiny_models import linear


@pytest.fixture(scope="module")
def base():
    return starter()


@pytest.fixture(scope="module")
def discriminant(base):
    found = StarterDiscriminant.of(base)
    assert found is not None
    return found


def corrected(seed=3, clips=4):
    """Return clips of another collection, where each genre is half like the starter's next one."""
    rows = training_rows.rows(clips, 1, seed=seed, noise=1.5)
    mixed = np.sqrt(rows.X * np.roll(rows.X, clips, axis=0))
    return mixed, np.searchsorted(np.array(training_rows.LABELS), rows.y)


def inputs(base, discriminant, X):
    """Return the layer's inputs for some clips."""
    return AdapterInputs(discriminant.scaled(X), base.predict_proba(X))


@pytest.fixture(scope="module")
def kept(base, discriminant):
    """Reference clips, like those the starter was trained on."""
    return inputs(base, discriminant, training_rows.rows(6, 2, seed=77).X)


@pytest.fixture(scope="module")
def change(base, discriminant, kept):
    """The fitted layer for a few corrections."""
    X, y = corrected()
    return discriminant.fit(inputs(base, discriminant, X), y, kept, Regularization())


def test_only_models_with_a_discriminant_can_be_corrected():
    assert StarterDiscriminant.of(None) is None
    assert StarterDiscriminant.of(linear()) is None


def test_nothing_corrected_changes_nothing(base, discriminant, kept):
    X, _ = corrected()
    none = AdapterInputs(np.zeros((0, discriminant.means.shape[1])), np.zeros((0, len(base.classes))))
    change = discriminant.fit(none, np.zeros(0, int), kept, Regularization())
    assert np.allclose(change[0], 0)
    proba = base.predict_proba(X)
    assert np.allclose(adapter.predict_proba(proba, discriminant.scaled(X), change), proba, atol=1e-6)


def test_corrections_of_a_shifted_collection_help_its_other_clips(base, discriminant, change):
    others, truth = corrected(seed=9)
    before = base.predict_proba(others)
    after = adapter.predict_proba(before, discriminant.scaled(others), change)
    pick = np.arange(len(truth))
    assert np.mean(np.log(after[pick, truth] + 1e-6)) > np.mean(np.log(before[pick, truth] + 1e-6)) + 0.1


def test_reference_clips_change_less_the_more_they_count(base, discriminant, kept):
    X, y = corrected()
    own = inputs(base, discriminant, X)

    def moved(strength):
        change = discriminant.fit(own, y, kept, strength)
        return np.abs(adapter.predict_proba(kept.proba, kept.forms, change) - kept.proba).max()

    none = AdapterInputs(kept.forms[:0], kept.proba[:0])
    alone = discriminant.fit(own, y, none, Regularization())
    assert moved(Regularization(keep=1000.0)) < moved(Regularization(keep=1.0))
    assert (
        moved(Regularization())
        < np.abs(adapter.predict_proba(kept.proba, kept.forms, alone) - kept.proba).max()
    )


def test_more_clips_pull_harder_and_a_penalty_less(base, discriminant, kept):
    X, y = corrected()
    once = inputs(base, discriminant, X)
    thrice = AdapterInputs(np.tile(once.forms, (3, 1)), np.tile(once.proba, (3, 1)))
    pull = np.abs(discriminant.fit(once, y, kept, Regularization())[0]).sum()
    assert np.abs(discriminant.fit(thrice, np.tile(y, 3), kept, Regularization())[0]).sum() > pull
    assert np.abs(discriminant.fit(once, y, kept, Regularization(penalty=1.0))[0]).sum() < pull


def test_one_genre_corrected_often_does_not_absorb_the_others(base, discriminant, kept):
    X, y = corrected(clips=12)
    only = y == 0
    change = discriminant.fit(inputs(base, discriminant, X[only]), y[only], kept, Regularization())
    other = training_rows.rows(4, 3, seed=5)
    truth = np.searchsorted(np.array(training_rows.LABELS), other.y)
    after = adapter.predict_proba(base.predict_proba(other.X), discriminant.scaled(other.X), change).argmax(
        axis=1
    )
    assert np.mean(after == truth) >= np.mean(base.predict_proba(other.X).argmax(axis=1) == truth) - 0.05


def test_the_stored_member_gives_the_same_probabilities(base, discriminant, change, tmp_path):
    X, _ = corrected()
    classes = ("polka", "jazz", "rock", "techno")  # another order, and a genre the base does not know
    member = adapter.to_member(discriminant, change, classes, 1.0, 1.0)
    model = Model((member,), classes, NAMES, FEATURE_VERSION, adapter.FAMILY, base=base)
    digest = bundle.save(model, tmp_path / "m")
    expected = blending.align_classes(
        adapter.predict_proba(base.predict_proba(X), discriminant.scaled(X), change), base.classes, classes
    )
    for light in (False, True):
        again = bundle.load(tmp_path / "m", digest, light=light)
        assert np.allclose(again.predict_proba(X), expected, atol=1e-6)


def test_missing_columns_are_filled_as_the_starter_fills_them(base, discriminant, change):
    X, _ = corrected()
    X[:, 60:] = np.nan
    member = adapter.to_member(discriminant, change, base.classes, 1.0, 1.0)
    model = Model((member,), base.classes, NAMES, FEATURE_VERSION, adapter.FAMILY, base=base)
    assert np.isfinite(model.predict_proba(X)).all()
