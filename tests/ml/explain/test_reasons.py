"""Reasons identify the decisive feature for every family."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.core.explanations import USUAL
from genre_desktop.core.feature_groups import tag_of
from genre_desktop.core.music_tags import ENCODER_TAGS
from genre_desktop.ml.explain import reasons as reasons_module
from genre_desktop.ml.features import listener_tags, schema
from genre_desktop.ml.features.schema import feature_group_columns
from genre_desktop.ml.models import novelty
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import estimators
from tests.ml import tiny_models

LABELS = ("calm", "loud")
TEMPO, BRIGHT = (schema.NAMES.index(name) for name in ("tempo", "spectral_centroid_mean"))


def rows(n: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of two genres that differ in tempo only."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(1.0, 2.0, size=(n, len(schema.SIGNAL_NAMES)))
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
    return Model((Member.of(pipeline),), LABELS, schema.SIGNAL_NAMES, "1", family)


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


def test_no_comparison_with_the_genre_contradicts_its_weight(usual: reasons_module.Baseline) -> None:
    compared = set()
    for row in rows(seed=1)[0][:6]:
        for genre in LABELS:
            found = reasons_module.explain(model("lda"), row, genre, usual)
            for reason in (*found.pro, *found.contra):
                compared.add(reason.among_all)
                if reason.low is not None and not reason.among_all:
                    assert (abs(reason.standing) <= USUAL) == (reason.weight > 0)
    assert compared == {True, False}


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
    found = reasons_module.explain(tiny_models.linear(), X[-1], "blues", of(X, y))
    for listed, sign in ((found.pro, 1), (found.contra, -1)):
        assert listed
        tags = [reason for reason in listed if tag_of(reason.topic)]
        others = [reason for reason in listed if reason not in tags]
        assert listed == (*tags, *others)
        for reasons, most in ((tags, reasons_module.TOP_TAGS), (others, reasons_module.TOP)):
            weights = [sign * reason.weight for reason in reasons]
            assert len(weights) <= most
            assert weights == sorted(weights, reverse=True)
            assert all(weight > 0 for weight in weights)


TAG_AT = {tag: len(schema.SIGNAL_NAMES) + place for place, tag in enumerate(ENCODER_TAGS)}


def tagged_rows(n: int = 80) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of two genres that differ in the tags "jazz" and "metal", of average music otherwise."""
    rng = np.random.default_rng(4)
    X, y = np.full((n, len(schema.NAMES)), 1.0), np.arange(n) % 2
    X += rng.normal(scale=0.01, size=X.shape)
    X[:, len(schema.SIGNAL_NAMES) :][:, :50] += listener_tags.tag_reference().quantiles[2] - 1.0
    X[:, TAG_AT["jazz"]] += 4.0 * (y == 0)
    X[:, TAG_AT["metal"]] += 4.0 * (y == 1)
    return X, y


def tagged_model(**changes: object) -> Model:
    X, y = tagged_rows()
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.01)).fit(X, y)
    return Model((Member.of(pipeline),), LABELS, schema.NAMES, "2", "logistic", **changes)  # type: ignore[arg-type]


def test_tags_come_first_and_describe_the_song() -> None:
    X, y = tagged_rows()
    found = reasons_module.explain(tagged_model(), X[0], "calm", of(X, np.array(LABELS)[y]))
    assert [tag.tag for tag in found.tags] == ["jazz"]
    by_tag = {tag_of(reason.topic): reason for reason in found.pro[:2]}
    assert set(by_tag) == {"jazz", "metal"}
    assert by_tag["jazz"].value is None
    assert by_tag["jazz"].standing > 1  # more pronounced than in varied music
    assert abs(by_tag["metal"].standing) < 0.5  # its absence counts, too
    assert found.unlike == ()


def test_a_model_that_ignores_tags_is_not_explained_by_them(usual: reasons_module.Baseline) -> None:
    row = schema.widen(rows(seed=1)[0][1])
    row[len(schema.SIGNAL_NAMES) :] = tagged_rows()[0][0, len(schema.SIGNAL_NAMES) :]
    found = reasons_module.explain(model("logistic"), row, "loud", usual)
    assert found.tags == ()
    assert not any(tag_of(reason.topic) for reason in (*found.pro, *found.contra))


def test_replacing_uses_tracks_with_tags_where_the_song_has_them() -> None:
    X, y = tagged_rows()
    forest = RandomForestClassifier(30, random_state=0).fit(X, y)
    chosen = Model((Member(None, forest),), LABELS, schema.NAMES, "2", "random-forest")
    without = schema.widen(X[:, : len(schema.SIGNAL_NAMES)])
    usual = reasons_module.Baseline(
        without[:, : len(schema.SIGNAL_NAMES)], np.array(LABELS)[y], np.vstack([X[:8], without])
    )
    found = reasons_module.explain(chosen, X[0], "calm", usual)
    assert found.method == "replacing"
    assert tag_of(found.pro[0].topic) in ("jazz", "metal")


def test_an_unusual_song_names_what_is_unlike_the_training_music() -> None:
    X, y = tagged_rows()
    usual = of(X, np.array(LABELS)[y])
    chosen = tagged_model(novelty=novelty.fit(X, components=4, clusters=4))
    odd = X[0].copy()
    odd[[schema.NAMES.index(name) for name in ("tempo", "tempo_mean_onset")]] += 5.0
    odd[list(feature_group_columns()["chords"])] -= 5.0
    found = reasons_module.explain(chosen, odd, "calm", usual)
    assert {"tempo", "chords"} < set(found.unlike)
    assert len(found.unlike) == reasons_module.TOP_UNLIKE


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
