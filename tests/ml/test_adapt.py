"""A few corrected clips move the starter's genres; none move nothing; the stored voice says the same."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml import adapt, blend, bundle
from genre_desktop.ml.adapt import Ground, Strength
from genre_desktop.ml.contract import FEATURE_VERSION, NAMES
from genre_desktop.ml.ensemble import Model
from tests.ml import library
from tests.ml.starters import starter
from tests.ml.tiny_models import linear


@pytest.fixture(scope="module")
def base():
    return starter()


@pytest.fixture(scope="module")
def ground(base):
    found = Ground.of(base)
    assert found is not None
    return found


def corrected(seed=3, clips=4):
    """Clips of another collection, where each genre sounds half like the starter's next one."""
    rows = library.rows(clips, 1, seed=seed, noise=1.5)
    mixed = np.sqrt(rows.X * np.roll(rows.X, clips, axis=0))
    return mixed, np.searchsorted(np.array(library.LABELS), rows.y)


def test_only_models_with_a_discriminant_can_be_corrected():
    assert Ground.of(None) is None
    assert Ground.of(linear()) is None


def test_nothing_corrected_changes_nothing(base, ground):
    X, _ = corrected()
    change = ground.change(np.zeros((0, ground.means.shape[1])), np.zeros(0, int), Strength())
    assert np.allclose(change[0], 0)
    proba = base.predict_proba(X)
    assert np.allclose(adapt.answer(proba, ground.scaled(X), change), proba, atol=1e-6)


def test_corrections_of_a_shifted_collection_help_its_other_clips(base, ground):
    X, y = corrected()
    others, truth = corrected(seed=9)
    change = ground.change(ground.scaled(X), y, Strength())
    before = base.predict_proba(others)
    after = adapt.answer(before, ground.scaled(others), change)
    pick = np.arange(len(truth))
    assert np.mean(np.log(after[pick, truth] + 1e-6)) > np.mean(np.log(before[pick, truth] + 1e-6)) + 0.1


def test_more_clips_pull_harder_and_a_stronger_prior_less(ground):
    X, y = corrected()
    forms = ground.scaled(X)
    once = np.abs(ground.change(forms, y, Strength())[0]).sum()
    thrice = np.abs(ground.change(np.tile(forms, (3, 1)), np.tile(y, 3), Strength())[0]).sum()
    weak = np.abs(ground.change(forms, y, Strength(prior=100.0))[0]).sum()
    assert weak < once < thrice


def test_the_stored_voice_says_the_same(base, ground, tmp_path):
    X, y = corrected()
    change = ground.change(ground.scaled(X), y, Strength())
    classes = ("polka", "jazz", "rock", "techno")  # another order, and a genre the base does not know
    voice = adapt.voice(ground, change, classes, 1.0, 1.0)
    model = Model((voice,), classes, NAMES, FEATURE_VERSION, adapt.FAMILY, base=base)
    digest = bundle.save(model, tmp_path / "m")
    expected = blend.widen(
        adapt.answer(base.predict_proba(X), ground.scaled(X), change), base.classes, classes
    )
    for light in (False, True):
        again = bundle.load(tmp_path / "m", digest, light=light)
        assert np.allclose(again.predict_proba(X), expected, atol=1e-6)


def test_missing_columns_are_filled_as_the_starter_fills_them(base, ground, tmp_path):
    X, y = corrected()
    X[:, 60:] = np.nan
    voice = adapt.voice(ground, ground.change(ground.scaled(X), y, Strength()), base.classes, 1.0, 1.0)
    model = Model((voice,), base.classes, NAMES, FEATURE_VERSION, adapt.FAMILY, base=base)
    assert np.isfinite(model.predict_proba(X)).all()
