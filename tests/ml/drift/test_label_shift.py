import numpy as np
import pytest

from genre_desktop.ml.drift import label_shift
from tests.ml.drift_samples import GENRES, answers


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9, 1.0])
def test_the_mix_is_found_behind_a_model_that_errs(share):
    rng = np.random.default_rng(0)
    n = 3000
    labels = ["metal"] * round(n * share) + ["pop"] * (n - round(n * share))
    found = dict(zip(GENRES, label_shift.estimate_priors(answers(labels, rng)), strict=True))
    assert found["metal"] == pytest.approx(share, abs=0.05)
    assert sum(found.values()) == pytest.approx(1.0)


def test_certainty_that_contradicts_itself_does_not_break_it():
    assert label_shift.estimate_priors(np.array([[1.0, 0.0], [0.0, 1.0]])) == pytest.approx([0.5, 0.5])


def test_weights_sum_to_one_and_follow_the_wish():
    strata = np.array([0, 0, 1, 1, 1])
    clips = np.array([10.0, 10.0, 1.0, 1.0, 1.0])
    found = label_shift.importance_weights(strata, clips, np.array([0.25, 0.75]))
    assert found.rows == pytest.approx([0.125, 0.125, 0.25, 0.25, 0.25])
    assert found.effective == pytest.approx(1 / (0.25**2 / 20 + 0.75**2 / 3))


def test_equal_weights_are_worth_every_clip():
    found = label_shift.importance_weights(np.zeros(40, int), np.ones(40), np.array([1.0]))
    assert found.effective == pytest.approx(40)


def test_a_genre_without_rows_leaves_its_share_to_the_others():
    found = label_shift.importance_weights(np.array([0, 0]), np.ones(2), np.array([0.5, 0.5]))
    assert found.rows == pytest.approx([0.5, 0.5])


def test_an_unknown_mix_leaves_the_reference_unchanged():
    found = label_shift.importance_weights(np.array([0, 1, 1]), np.ones(3), np.zeros(2))
    assert found.rows == pytest.approx([1 / 3] * 3)
