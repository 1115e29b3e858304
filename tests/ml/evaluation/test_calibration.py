"""One temperature calibrates probabilities and never changes the top genre."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.evaluation import metrics
from genre_desktop.ml.evaluation.calibration import fit_temperature, tempered

CLASSES = ("a", "b", "c")


def drawn(n: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    """Return labels drawn from the probabilities themselves: perfectly calibrated."""
    rng = np.random.default_rng(0)
    proba = rng.dirichlet(np.ones(3), n)
    cumulated = proba.cumsum(axis=1)
    return np.array(CLASSES)[(rng.random((n, 1)) > cumulated).sum(axis=1)], proba


def test_finds_what_was_spoiled():
    y, proba = drawn()
    spoiled = tempered(proba, 0.4)  # far too sure
    found = fit_temperature(y, spoiled, CLASSES)
    assert found == pytest.approx(2.5, rel=0.1)
    before = metrics.expected_calibration_error(y, spoiled, CLASSES)
    after = metrics.expected_calibration_error(y, tempered(spoiled, found), CLASSES)
    assert after < 0.03 < before


def test_leaves_the_order_and_what_is_calibrated():
    y, proba = drawn()
    assert fit_temperature(y, proba, CLASSES) == pytest.approx(1.0, abs=0.06)
    assert np.array_equal(tempered(proba, 3.0).argmax(axis=1), proba.argmax(axis=1))
    assert np.allclose(tempered(proba, 3.0).sum(axis=1), 1)


def test_rows_of_unknown_genres_are_left_out():
    y, proba = drawn(400)
    strange = np.r_[y, ["polka"] * 50]
    more = np.vstack([proba, proba[:50]])
    assert fit_temperature(strange, more, CLASSES) == fit_temperature(y, proba, CLASSES)
    assert fit_temperature(np.array(["polka"]), proba[:1], CLASSES) == 1.0
