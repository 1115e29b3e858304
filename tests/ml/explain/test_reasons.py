"""Reasons identify the decisive feature for every family."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.explain import reasons as reasons_module
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.schema import feature_group_columns
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import estimators
from tests.ml import tiny_models

LABELS = ("calm", "loud")
TEMPO, BRIGHT = (schema.NAMES.index(name) for name in ("tempo", "spectral_centroid_mean"))


def rows(n: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of two genres that differ in tempo only."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(1.0, 2.0, size=(n, len(schema.NAMES)))
    y = np.arange(n) % 2
    X[:, TEMPO] = 80 + 60 * y + rng.normal(scale=5, size=n)
    X[:, BRIGHT] = rng.uniform(1500, 2500, n)
    return X, y


@pytest.fixture(scope="module")
def usual() -> reasons_module.Baseline:
    X, y = rows()
    return of(X, np.array(LABELS)[y])


def of(X: np.ndarray, labels: np.ndarray) -> reasons_module.Baseline:
    return reasons_module.Baseline(X, labels, reasons_module.first_per_genre(X, labels))


def model(family: str) -> Model:
    X, y = rows()
    params = {**estimators.FAMILIES[family].defaults, "balance": "none"}
    if family == "svm":
        params |= {"gamma": 5e-5, "C": 300.0}  # almost linear, else 155 columns of noise would drown one
    pipeline = estimators.build(family, params, seed=0, smallest=30).fit(X, y)
    return Model((Member.of(pipeline),), LABELS, schema.NAMES, schema.FEATURE_VERSION, family)


@pytest.mark.parametrize("family", [name for name in estimators.FAMILIES if name != "k-neighbors"])
def test_every_family_finds_the_tempo(family: str, usual: reasons_module.Baseline) -> None:
    found = reasons_module.explain(model(family), rows(seed=1)[0][1], "loud", usual)
    exact = family in ("lda", "logistic", "xgboost")
    assert found.method == ("contributions" if exact else "replacing")
    best = found.pro[0]
    assert (best.topic, best.feature, best.unit) == ("tempo", "tempo", "BPM")
    assert best.value == pytest.approx(140, abs=20)
    assert best.low < 140 < best.high
    assert abs(best.standing) < 3
    against = reasons_module.explain(model(family), rows(seed=1)[0][0], "loud", usual)
    assert against.contra[0].topic == "tempo"
    assert against.contra[0].standing < -5


def test_nearest_neighbours_are_explained_by_replacement(usual: reasons_module.Baseline) -> None:
    found = reasons_module.explain(model("k-neighbors"), rows(seed=1)[0][1], "loud", usual)
    assert found.method == "replacing"
    assert len(found.pro) <= reasons_module.TOP


def test_without_whole_tracks_the_baseline_rows_are_used(usual: reasons_module.Baseline) -> None:
    without = reasons_module.Baseline(usual.X, usual.labels, usual.X[:0])
    row = rows(seed=1)[0][1]
    assert reasons_module.explain(model("random-forest"), row, "loud", without).pro[0].topic == "tempo"


def test_replacing_agrees_with_exact_shares_of_a_linear_model() -> None:
    linear = tiny_models.linear()
    X, y = tiny_models.rows(seed=3)
    usual = of(X, y)
    from genre_desktop.ml.explain import attributions

    exact, again = attributions.of_model(linear, X[0]), reasons_module.by_replacing(linear, X[0], usual)

    def by_topic(found: np.ndarray) -> np.ndarray:
        return np.concatenate(
            [found[:, list(places)].sum(axis=1) for places in feature_group_columns().values()]
        )

    others = np.mean([attributions.of_model(linear, track) for track in usual.tracks], axis=0)
    assert np.allclose(by_topic(again), by_topic(exact - others), atol=1e-4)


def test_reasons_are_sorted_limited_and_of_the_right_sign(usual: reasons_module.Baseline) -> None:
    X, y = tiny_models.rows(seed=3)
    found = reasons_module.explain(tiny_models.linear(), X[0] + X[-1], "blues", of(X, y))
    assert len(found.pro) == reasons_module.TOP
    assert 0 < len(found.contra) <= reasons_module.TOP
    assert [r.weight for r in found.contra] == sorted(r.weight for r in found.contra)
    assert [r.weight for r in found.pro] == sorted((r.weight for r in found.pro), reverse=True)
    assert all(r.weight > 0 for r in found.pro)
    assert all(r.weight < 0 for r in found.contra)


def test_variances_are_shown_as_deviations_and_chords_without_a_number() -> None:
    X, y = tiny_models.rows(seed=3)
    X = np.abs(X)
    many = [reasons_module.explain(tiny_models.linear(), row, "blues", of(X, y)) for row in X[:6]]
    reasons = [reason for found in many for reason in (*found.pro, *found.contra)]
    deviations = [r for r in reasons if r.feature.endswith("_var") and "centroid" in r.feature]
    assert all(r.unit == "Hz" for r in deviations)
    together = [r for r in reasons if r.topic in ("chords", "chord-changes", "harmony", "harmony-changes")]
    assert together
    assert all(r.value is None for r in together)


def test_an_unknown_genre_is_compared_with_everything() -> None:
    X, y = tiny_models.rows(seed=3)
    few = of(X, np.where(np.arange(len(y)) < 2, "polka", y))
    assert few.quartiles("polka")[1] is False
    assert of(X, y).quartiles("jazz")[1] is True
