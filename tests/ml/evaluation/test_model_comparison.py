"""Two models on the same clips: differences, intervals, and what is said about them."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.evaluation import model_comparison
from genre_desktop.ml.evaluation.confidence_intervals import Interval
from genre_desktop.ml.evaluation.model_comparison import ModelPredictions

CLASSES = ("jazz", "rock")
N = 120
Y = np.array(["jazz", "rock"] * (N // 2))
GROUPS = np.array([f"artist:{i}" for i in range(N)])


def predictions(wrong):
    """The right genre with 90 %, but for the clips ``wrong``."""
    proba = np.where(np.array(CLASSES)[None, :] == Y[:, None], 0.9, 0.1)
    proba[wrong] = proba[wrong][:, ::-1]
    return ModelPredictions(proba, CLASSES)


def test_the_model_with_fewer_errors_is_better_whichever_is_newer():
    few, many = predictions(range(6)), predictions(range(40))
    found = model_comparison.compare(Y, GROUPS, many, few)
    assert (found["n"], found["verdict"]) == (N, "new")
    assert found["old"]["accuracy"] == pytest.approx(80 / 120)
    assert found["new"]["accuracy"] == pytest.approx(114 / 120)
    difference = found["differences"]["accuracy"]
    assert difference["value"] == pytest.approx(34 / 120)
    assert 0 < difference["low"] < difference["value"] < difference["high"]
    assert model_comparison.sentence(found, "3", "5") == (
        "Version 5 is better than version 3 on these 120 clips: G-Mean 0.950 and 0.667, accuracy 95.0 % and 66.7 %."
    )
    assert model_comparison.compare(Y, GROUPS, few, many)["verdict"] == "old"


def test_one_more_error_is_no_clear_difference():
    found = model_comparison.compare(Y, GROUPS, predictions(range(6)), predictions(range(7)))
    assert found["verdict"] == "none"
    assert "no clear difference between version 3 and version 5" in model_comparison.sentence(found, "3", "5")


def test_clips_of_one_artist_are_drawn_together():
    """34 more clips right, all by one artist, are one observation."""
    one = GROUPS.copy()
    one[:40] = "artist:one"
    found = model_comparison.compare(Y, one, predictions(range(40)), predictions(range(6)))
    assert found["differences"]["accuracy"]["low"] == 0.0
    assert found["verdict"] == "none"


def test_a_genre_that_only_one_model_knows_counts_as_missed():
    old = ModelPredictions(np.ones((N, 1)), ("jazz",))
    found = model_comparison.compare(Y, GROUPS, old, predictions([]))
    assert (found["old"]["accuracy"], found["verdict"]) == (0.5, "new")


@pytest.mark.parametrize(
    ("gmean", "accuracy", "verdict"),
    [
        ((0.01, 0.1), (-0.02, 0.1), "new"),
        ((-0.02, 0.1), (-0.2, -0.1), "old"),
        ((0.01, 0.1), (-0.2, -0.1), "mixed"),
        ((0.0, 0.0), (0.0, 0.0), "none"),
    ],
)
def test_the_verdict_needs_an_interval_without_zero(gmean, accuracy, verdict):
    found = {"gmean": Interval(sum(gmean) / 2, *gmean), "accuracy": Interval(sum(accuracy) / 2, *accuracy)}
    assert model_comparison.verdict(found) == verdict
