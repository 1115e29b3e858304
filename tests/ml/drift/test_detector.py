from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.drift import detector, reference
from genre_desktop.ml.drift.comparison import CONFIDENCE, DriftThresholds
from genre_desktop.ml.drift.detector import DriftWindow
from tests.ml.drift_samples import GENRES, NAMES, answers, clips, mixed, music


def check(*args):
    return detector.detect(*args).check


@pytest.fixture(scope="module")
def usual():
    rng = np.random.default_rng(0)
    return reference.sketch(*music(rng, mixed(rng, 600)), NAMES)


def play(rng, genres, change=lambda X: X):
    X, labels = music(rng, genres)
    return clips(change(X), labels.tolist(), rng)


@pytest.mark.parametrize("genres", [None, ["metal"], ["pop"], ["jazz", "pop"]], ids=str)
def test_a_mix_of_genres_is_no_drift(usual, genres):
    rng = np.random.default_rng(1)
    for _ in range(20):
        played = mixed(rng, 40) if genres is None else rng.choice(genres, 40).tolist()
        found = check(usual, play(rng, played))
        assert not found.drift
        assert found.drifted_share <= 0.17


@pytest.mark.parametrize("genres", [None, ["metal"]], ids=str)
def test_a_shift_of_everything_is_a_drift(usual, genres):
    rng = np.random.default_rng(2)
    found = check(
        usual, play(rng, genres * 50 if genres else mixed(rng, 50), lambda X: X + 1.5 * X.std(axis=0))
    )
    assert found.drift
    assert found.level == "strong"
    assert found.features[0].drifted
    assert found.features[0].score <= found.features[-1].score


def test_one_broken_correlation_is_mild(usual):
    rng = np.random.default_rng(3)

    def damp(X):
        X = X.copy()
        X[:, 4] -= 0.5 * X[:, 4].std()
        return X

    found = check(usual, play(rng, mixed(rng, 50), damp))
    assert (found.level, found.drift) == ("mild", False)
    assert found.features[0].name == NAMES[4]


def test_the_check_describes_the_comparison(usual):
    rng = np.random.default_rng(4)
    found = check(usual, play(rng, ["metal"] * 30 + ["pop"] * 10), DriftThresholds(share=0.4))
    assert (found.n_reference, found.n_current, found.threshold) == (600, 40, 0.4)
    assert {feature.name for feature in found.features} == set(NAMES)
    assert next(iter(dict(found.mix))) == "metal"
    assert sum(dict(found.mix).values()) == pytest.approx(1.0)
    assert len(found.pictures) == len(NAMES)
    for picture in found.pictures:
        assert sum(picture.reference) == pytest.approx(1.0)
        assert sum(picture.current) == pytest.approx(1.0)
        assert len(picture.edges) == len(picture.current) + 1


def phone(X):
    X = X.copy()
    X[:, :6] = X[:, :6] * 0.5 + 3.0
    return X


def test_music_the_champion_was_retrained_on_is_usual_again(usual):
    rng = np.random.default_rng(5)
    played = play(rng, mixed(rng, 40), phone)
    assert check(usual, played).drift
    X, labels = music(rng, mixed(rng, 60))
    retrained = usual.with_own(phone(X), labels, np.full(60, np.nan))
    again = check(retrained, played)
    assert not again.drift
    assert again.own_share > 0.5
    clean = check(retrained, play(rng, mixed(rng, 40)))
    assert not clean.drift
    assert clean.own_share < 0.5


def test_another_change_is_still_found_after_a_retrain(usual):
    rng = np.random.default_rng(6)
    X, labels = music(rng, mixed(rng, 60))
    retrained = usual.with_own(phone(X), labels, np.full(60, np.nan))
    assert check(retrained, play(rng, mixed(rng, 40), lambda X: X - 2.0 * X.std(axis=0))).drift


def test_wrong_genres_of_known_music_are_no_drift(usual):
    """A champion retrained on a few phone calls still misclassifies them."""
    rng = np.random.default_rng(17)
    X, labels = music(rng, mixed(rng, 60))
    retrained = usual.with_own(phone(X), labels, np.full(60, np.nan))
    played = play(rng, mixed(rng, 40), phone)
    played.probabilities[:] = np.array([0.98, 0.01, 0.01])
    found = check(retrained, played)
    assert not found.drift
    assert found.own_share == 1.0


def test_a_few_own_clips_hide_no_drift(usual):
    rng = np.random.default_rng(7)
    X, labels = music(rng, mixed(rng, 5))
    hardly = usual.with_own(phone(X), labels, np.full(5, np.nan))
    assert check(hardly, play(rng, mixed(rng, 40), phone)).drift


def test_a_user_genre_is_compared_with_the_users_clips(usual):
    rng = np.random.default_rng(8)
    X, _ = music(rng, ["pop"] * 60)
    mine = usual.with_own(phone(X), np.array(["polka"] * 60), np.full(60, np.nan))
    played = DriftWindow(
        phone(music(rng, ["pop"] * 40)[0]),
        ("polka", "zydeco"),
        np.tile([1.0, 0.0], (40, 1)),
        np.full(40, np.nan),
        NAMES,
    )
    found = check(mine, played)
    assert not found.drift
    assert dict(found.mix) == {"polka": pytest.approx(1.0)}


def test_predictions_without_any_known_genre_are_compared_with_everything(usual):
    rng = np.random.default_rng(9)
    X, _ = music(rng, mixed(rng, 40))
    found = check(usual, DriftWindow(X, ("polka",), np.ones((40, 1)), np.full(40, np.nan), NAMES))
    assert found.mix == ()
    assert not found.drift


def test_a_row_without_any_probability_weighs_nothing(usual):
    rng = np.random.default_rng(10)
    played = play(rng, mixed(rng, 40))
    played.probabilities[0] = 0.0
    assert np.isfinite(check(usual, played).drifted_share)


def test_predictions_that_grow_unsure_are_seen(usual):
    rng = np.random.default_rng(11)
    known = usual.with_confidence({genre: rng.beta(8, 2, 200) for genre in GENRES})
    sure = play(rng, mixed(rng, 50))
    for confidence, drifted in ((rng.beta(8, 2, 50), False), (rng.beta(2, 4, 50), True)):
        found = check(known, replace_confidence(sure, confidence))
        (column,) = [feature for feature in found.features if feature.name == CONFIDENCE]
        assert column.drifted is drifted
    few = np.where(np.arange(50) < 20, 0.5, np.nan)
    assert CONFIDENCE not in {
        feature.name for feature in check(known, replace_confidence(sure, few)).features
    }


def replace_confidence(played, confidence):
    return replace(played, confidence=confidence)


def test_too_few_clips_are_refused(usual):
    rng = np.random.default_rng(12)
    for n in (0, 29):
        X = music(rng, mixed(rng, 29))[0][:n]
        with pytest.raises(AppError) as caught:
            check(usual, DriftWindow(X, GENRES, answers(["pop"] * n, rng), np.full(n, np.nan), NAMES))
        assert caught.value.problem.code == "too-few-clips"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite_are_named(usual, value):
    rng = np.random.default_rng(13)
    played = play(rng, mixed(rng, 40))
    played.X[:, 5] = value
    with pytest.raises(AppError) as caught:
        check(usual, played)
    assert caught.value.problem.code == "drift-rows"
    assert NAMES[5] in caught.value.problem.reason


def test_rows_of_other_features_are_refused(usual):
    rng = np.random.default_rng(14)
    played = play(rng, mixed(rng, 40))
    with pytest.raises(AppError, match="11 features"):
        check(usual, replace(played, X=played.X[:, 1:], names=NAMES[1:]))


def test_a_window_may_hold_more_features_in_another_order(usual):
    rng = np.random.default_rng(14)
    played = play(rng, mixed(rng, 40), phone)
    more = np.hstack([np.full((40, 1), np.nan), played.X[:, ::-1]])
    found = check(usual, replace(played, X=more, names=("new", *NAMES[::-1])))
    assert found == check(usual, played)
    assert found.drift


def test_a_column_that_never_changes_does_not_hurt(usual):
    rng = np.random.default_rng(15)
    flat = replace(usual, raw=usual.raw.copy())
    flat.raw[:, 0] = 1.0
    played = play(rng, mixed(rng, 40))
    played.X[:, 0] = 1.0
    picture = next(p for p in check(flat, played).pictures if p.name == NAMES[0])
    assert sum(picture.current) == pytest.approx(1.0)


def test_the_minimum_can_be_lowered(usual):
    rng = np.random.default_rng(16)
    assert check(usual, play(rng, mixed(rng, 12)), DriftThresholds(minimum=10)).n_current == 12


def test_mild_lies_below_strong():
    assert DriftThresholds().share > DriftThresholds().mild


BOTH = tuple(f"feature_{i}" for i in range(2 * len(NAMES)))
ENCODER = BOTH[len(NAMES) :]


@pytest.fixture(scope="module")
def references():
    rng = np.random.default_rng(20)
    X, labels = music(rng, mixed(rng, 600), len(BOTH))
    n = len(NAMES)
    return reference.sketch(X[:, :n], labels, NAMES), reference.sketch(X[:, n:], labels, ENCODER)


def played_with_encoder(change, n=50, missing=0):
    rng = np.random.default_rng(21)
    X, labels = music(rng, mixed(rng, n), len(BOTH))
    X = change(X)
    X[:missing, len(NAMES) :] = np.nan
    return replace(clips(X, labels.tolist(), rng), names=BOTH)


def shifted(columns):
    def change(X):
        X[:, columns] += 1.5 * X[:, columns].std(axis=0)
        return X

    return change


def test_usual_music_is_no_drift_of_either(references):
    found = detector.detect_both(*references, played_with_encoder(lambda X: X)).check
    assert (found.level, found.drift, found.by_encoder) == ("none", False, False)
    assert found.encoder_share == 0.0
    assert {feature.name for feature in found.features} == set(BOTH)


@pytest.mark.parametrize("part", ["signal", "encoder"])
def test_either_can_be_a_drift(references, part):
    columns = slice(len(NAMES)) if part == "signal" else slice(len(NAMES), None)
    result = detector.detect_both(*references, played_with_encoder(shifted(columns)))
    found = result.check
    assert (found.level, found.drift, found.by_encoder) == ("strong", True, part == "encoder")
    shares = {"signal": found.drifted_share, "encoder": found.encoder_share}
    assert shares.pop(part) >= found.threshold > max(shares.values())
    names = NAMES if part == "signal" else ENCODER
    assert found.features[0].name in names
    assert result.comparison.reference.names == names
    assert len(found.pictures) == detector.PICTURES
    assert [picture.name for picture in found.pictures] == [
        feature.name for feature in found.features[: detector.PICTURES]
    ]


def test_the_encoders_features_never_make_it_mild(references):
    def damp(X):
        X[:, len(NAMES) + 4] -= 0.25 * X[:, len(NAMES) + 4].std()
        return X

    window = played_with_encoder(damp)
    assert check(references[1], window).level == "mild"
    found = detector.detect_both(*references, window).check
    assert (found.level, found.encoder_share) == ("none", check(references[1], window).drifted_share)


@pytest.mark.parametrize(("missing", "compared"), [(20, True), (21, False)])
def test_the_encoders_features_are_compared_where_enough_clips_have_them(references, missing, compared):
    window = played_with_encoder(shifted(slice(len(NAMES), None)), missing=missing)
    found = detector.detect_both(*references, window).check
    assert (found.encoder_share is not None, found.drift) == (compared, compared)
    assert found.n_current == 50


def test_without_a_reference_of_the_encoder_the_others_are_compared(references):
    found = detector.detect_both(references[0], None, played_with_encoder(lambda X: X)).check
    assert found.encoder_share is None
    assert {feature.name for feature in found.features} == set(NAMES)
