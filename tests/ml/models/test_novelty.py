"""Rows unlike the training rows are detected, without storing any of those."""

from __future__ import annotations

import json

import numpy as np
import pytest

from genre_desktop.ml.features import schema
from genre_desktop.ml.models import novelty
from genre_desktop.ml.models.novelty import Novelty
from tests.ml import tiny_models

X, _ = tiny_models.rows(30)
FITTED = novelty.fit(X, components=8, clusters=10)


def test_rows_of_the_same_kind_are_seldom_unusual() -> None:
    unseen, _ = tiny_models.rows(30, seed=5)
    assert FITTED.unusual(unseen).mean() < 0.05


@pytest.mark.parametrize("away", [6.0, -6.0])
def test_rows_far_away_are_unusual(away: float) -> None:
    assert FITTED.unusual(X + away).all()


def test_noise_in_place_of_structure_is_unusual() -> None:
    noise = np.random.default_rng(0).normal(scale=4.0, size=X.shape)
    assert FITTED.unusual(noise).mean() > 0.9


def test_one_wild_feature_alone_does_not_decide() -> None:
    rows = X.copy()
    rows[:, 3] = 1e12
    assert np.all(np.isfinite(FITTED.distance(rows)))


def test_a_missing_value_counts_as_usual() -> None:
    rows = X.copy()
    rows[:, ::7] = np.nan
    assert FITTED.unusual(rows).mean() < 0.1


def test_json_keeps_it() -> None:
    again = Novelty.from_dict(json.loads(json.dumps(FITTED.to_dict())))
    np.testing.assert_allclose(again.distance(X), FITTED.distance(X), rtol=1e-4)
    np.testing.assert_array_equal(again.unusual(X), FITTED.unusual(X))


@pytest.mark.parametrize(
    "change",
    [{"scale": [1.0]}, {"components": [[1.0]]}, {"centroids": [1.0]}, {"threshold": [1.0]}, {"center": "x"}],
)
def test_shapes_that_do_not_fit_are_refused(change) -> None:
    with pytest.raises((ValueError, TypeError)):
        Novelty.from_dict({**FITTED.to_dict(), **change})


def test_far_fewer_centroids_than_rows_are_kept() -> None:
    assert len(FITTED.centroids) <= len(X) / 5
    assert not any(np.allclose(row, FITTED.center) for row in X)


def test_few_rows_and_constant_columns_are_enough() -> None:
    few = np.hstack([X[:6], np.ones((6, 2))])
    fitted = novelty.fit(few)
    assert np.isfinite(fitted.threshold)
    assert np.all(np.isfinite(fitted.distance(few)))


def test_groups_stay_together_in_the_threshold() -> None:
    groups = np.repeat(np.arange(30), 10)
    assert np.isfinite(novelty.fit(X, groups=groups, components=8, clusters=10).threshold)


def test_the_encoders_columns_count_where_enough_rows_have_them() -> None:
    rows, _ = tiny_models.rows(20)
    groups = np.arange(len(rows))
    signal = schema.widen(rows[:, : len(schema.SIGNAL_NAMES)])
    assert len(novelty.fit_rows(rows, groups).center) == len(schema.NAMES)
    assert len(novelty.fit_rows(signal, groups).center) == len(schema.SIGNAL_NAMES)
    mixed = np.vstack([rows[: novelty.ENOUGH], signal])
    fitted = novelty.fit_rows(mixed, np.arange(len(mixed)))
    np.testing.assert_allclose(fitted.center, np.median(rows[: novelty.ENOUGH], axis=0))
    few = np.vstack([rows[: novelty.ENOUGH - 1], signal])
    assert len(novelty.fit_rows(few, np.arange(len(few))).center) == len(schema.SIGNAL_NAMES)


def test_deviations_are_measured_from_the_median() -> None:
    row = FITTED.center + FITTED.scale * np.linspace(-20, 20, len(FITTED.center))
    found = FITTED.deviations(row[None])[0]
    assert found.argmin() in (len(found) // 2 - 1, len(found) // 2)
    assert found.max() == 64.0  # clipped
    assert FITTED.deviations(np.full((1, len(row)), np.nan)).max() == 0.0
