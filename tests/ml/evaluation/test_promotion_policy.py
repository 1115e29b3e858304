"""Only a significantly better candidate is promoted, and the reason has the metrics."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.ml.evaluation import promotion_policy
from genre_desktop.ml.evaluation.promotion_policy import HeldOutComparison, ModelScore

CLASSES = ("jazz", "polka", "rock")
N = 120


def probabilities(right: np.ndarray, y: np.ndarray, sure: float = 0.8) -> np.ndarray:
    """Return probabilities that favour the truth where ``right``, else the next class."""
    truth = np.searchsorted(CLASSES, y)
    named = np.where(right, truth, (truth + 1) % 3)
    proba = np.full((len(y), 3), (1 - sure) / 2)
    proba[np.arange(len(y)), named] = sure
    return proba


def comparison(
    champion_right: int, candidate_right: int, *, reference: int = 0, sure: float = 0.8
) -> HeldOutComparison:
    y = np.tile(CLASSES, N // 3)
    order = np.random.default_rng(0).permutation(N)
    return HeldOutComparison(
        y=y,
        groups=np.arange(N).astype(str),
        reference=np.arange(N) < reference,
        champion=probabilities(order < champion_right, y),
        champion_classes=CLASSES,
        candidate=probabilities(order < candidate_right, y, sure),
        candidate_classes=CLASSES,
    )


def test_a_clearly_better_candidate_is_promoted_and_the_reason_has_the_metrics():
    found = promotion_policy.decide(comparison(60, 90))
    assert found.promote
    assert found.low > 0
    assert found.p_gmean > 0.95
    assert f"{found.champion_gmean:.3f} → {found.candidate_gmean:.3f} on {N} held-out clips" in found.reason
    assert json.loads(json.dumps(found.to_dict()))["promote"] is True


def test_one_clip_more_is_noise():
    found = promotion_policy.decide(comparison(60, 61))
    assert not found.promote
    assert found.delta > 0
    assert found.reason.startswith("No significant improvement")


def test_a_worse_or_equal_candidate_is_not_promoted():
    assert not promotion_policy.decide(comparison(80, 60)).promote
    assert not promotion_policy.decide(comparison(80, 80)).promote


def test_more_confidence_where_right_is_enough_when_no_prediction_gets_worse():
    clips = comparison(100, 100)
    right = clips.champion.argmax(axis=1) == np.searchsorted(CLASSES, clips.y)
    surer = np.where(right[:, None], probabilities(right, clips.y, 0.95), clips.candidate)
    found = promotion_policy.decide(replace(clips, candidate=surer))
    assert found.promote
    assert found.p_log_loss > 0.95
    assert found.delta == 0


def test_less_confidence_alone_is_not_better():
    clips = comparison(60, 60, sure=0.5)
    overconfident = probabilities(
        clips.champion.argmax(axis=1) == np.searchsorted(CLASSES, clips.y), clips.y, 0.98
    )
    found = promotion_policy.decide(replace(clips, champion=overconfident))
    assert not found.promote
    assert found.log_loss_gain < promotion_policy.LOG_LOSS_GAIN


def test_a_significant_but_tiny_gain_on_every_clip_is_too_little():
    clips = comparison(100, 100)
    right = clips.champion.argmax(axis=1) == np.searchsorted(CLASSES, clips.y)
    hair = np.where(right[:, None], probabilities(right, clips.y, 0.804), clips.champion)
    found = promotion_policy.decide(replace(clips, candidate=hair))
    assert found.p_log_loss > 0.95
    assert 0 < found.log_loss_gain < promotion_policy.LOG_LOSS_GAIN
    assert not found.promote
    assert found.reason.startswith("No significant improvement")


def test_forgetting_the_reference_music_vetoes():
    clips = comparison(40, 110)
    y, right = clips.y, np.random.default_rng(0).permutation(N)
    reference = np.arange(N) < 40
    lost = HeldOutComparison(
        y=y,
        groups=clips.groups,
        reference=reference,
        champion=probabilities(reference | (right < 20), y),
        champion_classes=CLASSES,
        candidate=probabilities(np.where(reference, np.arange(N) % 8 > 0, True), y),
        candidate_classes=CLASSES,
    )
    found = promotion_policy.decide(lost)
    assert not found.promote
    assert found.forgotten is not None
    assert found.forgotten > promotion_policy.FORGETTING
    assert "would no longer be recognised" in found.reason
    assert promotion_policy.decide(clips).forgotten is None  # no reference clips, nothing to forget


def test_a_reference_clip_or_two_lost_by_chance_do_not_veto():
    clips = comparison(40, 100)
    reference = np.arange(N) < 80
    wrong = np.isin(np.arange(N), (3, 17))
    found = promotion_policy.decide(
        replace(
            clips,
            reference=reference,
            champion=probabilities(reference | (np.arange(N) % 3 == 0), clips.y),
            candidate=probabilities(~wrong, clips.y),
        )
    )
    assert found.forgotten == pytest.approx(2 / 80)
    assert found.forgotten > promotion_policy.FORGETTING
    assert found.promote


def test_few_own_clips_have_the_weight_of_the_reference():
    clips = comparison(0, 0)
    reference = np.arange(N) < 105
    own_right = np.where(reference, np.arange(N) % 2 == 0, True)
    found = promotion_policy.decide(
        replace(
            clips,
            reference=reference,
            champion=probabilities(reference & (np.arange(N) % 2 == 0), clips.y),
            candidate=probabilities(own_right, clips.y),
        )
    )
    assert found.delta > 0.2
    assert found.promote


def test_a_genre_only_the_candidate_knows():
    y = np.array(["polka"] * 20 + ["rock"] * 20)
    both = np.eye(2)[(y == "rock").astype(int)] * 0.9 + 0.05
    found = promotion_policy.decide(
        HeldOutComparison(
            y=y,
            groups=np.arange(40).astype(str),
            reference=np.zeros(40, bool),
            champion=np.ones((40, 1)),
            champion_classes=("rock",),
            candidate=both,
            candidate_classes=("polka", "rock"),
        )
    )
    assert found.promote


def test_the_old_champion_becomes_fallback_unless_another_family_is_clearly_better():
    new, old = ModelScore("3", "lda", 0.7), ModelScore("1", "linear vote", 0.6)
    assert promotion_policy.choose_fallback(new, old, [ModelScore("2", "xgboost", 0.61)])[0] is old
    assert promotion_policy.choose_fallback(new, old, [ModelScore("2", "lda", 0.69)])[0] is old
    chosen, why = promotion_policy.choose_fallback(new, old, [ModelScore("2", "xgboost", 0.66)])
    assert chosen.version == "2"
    assert "0.060" in why
