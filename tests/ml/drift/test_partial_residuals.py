import numpy as np
import pytest

from genre_desktop.ml.drift.partial_residuals import PartialResiduals
from tests.ml.drift_samples import mixed, music

METAL = ["metal"] * 400


@pytest.fixture(scope="module")
def lens():
    rng = np.random.default_rng(0)
    return PartialResiduals.fit(music(rng, mixed(rng, 800))[0])


def gap(a, b):
    """Difference of means in standard deviations, one per column."""
    return np.abs(a.mean(axis=0) - b.mean(axis=0)) / a.std(axis=0)


def test_another_genre_moves_features_but_hardly_what_they_do_not_explain(lens):
    rng = np.random.default_rng(1)
    usual, metal = music(rng, mixed(rng, 800))[0], music(rng, ["jazz"] * 400)[0]
    assert gap(usual, metal).max() > 0.8
    assert gap(lens.residuals(usual), lens.residuals(metal)).max() < 0.5


def test_a_broken_tie_shows_at_once(lens):
    rng = np.random.default_rng(2)
    usual = music(rng, mixed(rng, 800))[0]
    broken = usual.copy()
    broken[:, 3] += 0.3 * usual[:, 3].std()
    assert gap(usual, broken)[3] < 0.4
    assert gap(lens.residuals(usual), lens.residuals(broken))[3] > 0.6


def test_a_constant_column_and_wild_values_are_survived():
    X = np.random.default_rng(3).standard_normal((50, 3))
    X[:, 1] = 5.0
    X[0, 2] = 1e12
    lens = PartialResiduals.fit(X)
    assert np.isfinite(lens.residuals(X)).all()
