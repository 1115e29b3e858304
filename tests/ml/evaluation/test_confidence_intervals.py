"""Confidence intervals, and two models compared on the same clips."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.evaluation import confidence_intervals, metrics

CLASSES = ("a", "b", "c")


def drawn(n: int, right: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = rng.choice(CLASSES, n)
    proba = rng.dirichlet(np.ones(3), n)
    for i in np.flatnonzero(rng.random(n) < right):
        proba[i] = np.where(np.array(CLASSES) == y[i], 0.8, 0.1)
    return y, proba


def test_the_value_is_the_metric_itself_and_lies_inside():
    y, proba = drawn(120, 0.5, 1)
    found = confidence_intervals.bootstrap(y, proba, CLASSES, draws=300)
    exact = metrics.score(y, proba, CLASSES)
    for name in ("accuracy", "gmean", "top3"):
        assert found[name].value == pytest.approx(getattr(exact, name))
        assert found[name].low <= found[name].value <= found[name].high


def test_drawing_whole_artists_gives_a_wider_interval_when_artists_are_correlated():
    y, proba = drawn(20, 0.5, 2)
    y, proba, artist = np.repeat(y, 6), np.repeat(proba, 6, axis=0), np.repeat(np.arange(20), 6)
    alone = confidence_intervals.bootstrap(y, proba, CLASSES, draws=400)["accuracy"]
    whole = confidence_intervals.bootstrap(y, proba, CLASSES, groups=artist, draws=400)["accuracy"]
    assert whole.high - whole.low > 1.5 * (alone.high - alone.low)


def test_the_same_seed_gives_the_same_interval():
    y, proba = drawn(60, 0.5, 3)
    assert confidence_intervals.bootstrap(y, proba, CLASSES, draws=50) == confidence_intervals.bootstrap(
        y, proba, CLASSES, draws=50
    )


@pytest.mark.parametrize("metric", ["accuracy", "gmean"])
def test_a_clearly_better_model_is_found_and_a_twin_is_not(metric):
    y, proba = drawn(200, 0.3, 4)
    old = np.array(CLASSES)[proba.argmax(axis=1)]
    better = np.where(np.arange(200) < 120, y, old)
    found = confidence_intervals.compare(y, old, better, metric=metric, draws=300)
    assert found.delta.low > 0
    assert found.p_better == 1.0
    twin = confidence_intervals.compare(y, old, old, metric=metric, draws=300)
    assert (twin.delta.value, twin.delta.low, twin.delta.high, twin.p_better) == (0, 0, 0, 0.5)
