"""The metrics, checked against hand counts and imbalanced-learn."""

from __future__ import annotations

import numpy as np
import pytest
from imblearn.metrics import geometric_mean_score

from genre_desktop.ml.evaluation import metrics

CLASSES = ("blues", "jazz", "rock")


def one_hot(labels: list[str], classes: tuple[str, ...] = CLASSES, top: float = 0.8) -> np.ndarray:
    rest = (1 - top) / (len(classes) - 1)
    return np.array([[top if c == label else rest for c in classes] for label in labels])


def test_hand_counted_figures():
    y = ["blues", "blues", "jazz", "jazz", "rock", "rock"]
    answers = ["blues", "jazz", "jazz", "jazz", "rock", "blues"]
    found = metrics.score(y, one_hot(answers), CLASSES)
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.gmean == pytest.approx((0.5 * 1.0 * 0.5) ** (1 / 3))
    assert found.per_genre["jazz"].recall == 1.0
    assert found.per_genre["jazz"].precision == pytest.approx(2 / 3)
    assert found.per_genre["blues"].n == 2
    assert found.confusion.tolist() == [[1, 1, 0], [0, 2, 0], [1, 0, 1]]
    assert found.top3 == 1.0
    assert found.log_loss == pytest.approx(-(4 * np.log(0.8) + 2 * np.log(0.1)) / 6)
    assert found.ece == pytest.approx(0.8 - 4 / 6)


def test_gmean_is_that_of_imbalanced_learn_and_a_missed_genre_does_not_hide_the_rest():
    y = np.array(["blues", "jazz", "rock", "rock"])
    good, bad = np.array(["blues", "jazz", "rock", "blues"]), np.array(["jazz", "jazz", "rock", "blues"])
    assert metrics.gmean(y, good) == pytest.approx(geometric_mean_score(y, good))
    assert 0 < metrics.gmean(y, bad) < metrics.gmean(y, good)
    # a genre that is only ever answered, never true, is no genre of this set
    assert metrics.gmean(y[:2], np.array(["blues", "rock"])) == pytest.approx(np.sqrt(0.001))


def test_one_genre_alone():
    assert metrics.gmean(np.array(["rock"] * 4), np.array(["rock", "rock", "rock", "jazz"])) == 0.75


def test_an_unknown_label_counts_as_missed():
    found = metrics.score(["polka", "jazz"], one_hot(["jazz", "jazz"]), CLASSES)
    assert found.accuracy == 0.5
    assert found.per_genre["polka"].recall == 0.0
    assert found.labels == ("blues", "jazz", "polka", "rock")
    assert np.isfinite(found.log_loss)


def test_top3_ignores_the_order_within():
    proba = np.array([[0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.2, 0.1]])
    classes = ("a", "b", "c", "d")
    assert metrics.top_k(np.array(["c", "d"]), proba, classes, 3) == 0.5


def test_reliability_bins_hold_every_clip_and_perfect_confidence():
    y = ["blues", "jazz", "rock"]
    table = metrics.reliability(np.array(y), np.eye(3), CLASSES)
    assert sum(b.n for b in table) == 3
    assert (table[0].low, table[0].high, table[0].accuracy) == (0.9, 1.0, 1.0)
    assert metrics.expected_calibration_error(np.array(y), np.eye(3), CLASSES) == 0.0


def test_json_leaves_out_what_never_happened():
    document = metrics.score(["blues"], one_hot(["jazz"]), CLASSES).to_dict()
    assert document["confusion"] == {"blues": {"jazz": 1}}
    assert set(document["per_genre"]) == {"blues", "jazz"}


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="2 clips and 3 genres"):
        metrics.score(["blues", "jazz"], one_hot(["blues"]), CLASSES)
    with pytest.raises(ValueError, match="no clips"):
        metrics.score([], np.zeros((0, 3)), CLASSES)
