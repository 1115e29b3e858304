"""Attributions sum to the model's score, for every kind of member and for votes of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

from genre_desktop.core.paths import shipped
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.explain import attributions
from genre_desktop.ml.features.schema import SIGNAL_NAMES
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.bundle import Member
from genre_desktop.ml.training import blending
from tests.ml import tiny_models

X, Y = tiny_models.rows()
NUMBERS = np.searchsorted(np.array(GENRES), Y)
ROW = tiny_models.rows(1, seed=5)[0][3]


def scaled() -> tuple[StandardScaler, np.ndarray]:
    scaler = StandardScaler().fit(X)
    return scaler, scaler.transform(X)


def centred(scores: np.ndarray) -> np.ndarray:
    return scores - scores.mean()


@pytest.mark.parametrize("head", [LogisticRegression(max_iter=80), LinearDiscriminantAnalysis()])
def test_linear_parts_are_explained_exactly(head, tmp_path: Path) -> None:
    scaler, inputs = scaled()
    head.fit(inputs, NUMBERS)
    model = tiny_models.linear(members=(Member(scaler, head),))
    found = attributions.of_model(model, ROW)
    weights = head.coef_ - head.coef_.mean(axis=0)
    np.testing.assert_allclose(found, weights * scaler.transform(ROW[None]), atol=1e-9)
    logs = np.log(model.predict_proba(ROW[None])[0])
    offset = centred(head.intercept_)
    np.testing.assert_allclose(found.sum(axis=1) + offset, centred(logs), atol=1e-6)
    # the stored model, evaluated without scikit-learn, gives the same reasons
    quick = bundle.load(tmp_path / "model", bundle.save(model, tmp_path / "model"), light=True)
    np.testing.assert_allclose(attributions.of_model(quick, ROW), found, atol=1e-6)


def test_two_genres_need_one_score() -> None:
    scaler, inputs = scaled()
    kept = NUMBERS < 2
    head = LogisticRegression().fit(inputs[kept], NUMBERS[kept])
    model = tiny_models.linear(members=(Member(scaler, head),), classes=GENRES[:2])
    found = attributions.of_model(model, ROW)
    assert np.allclose(found[0], -found[1])
    np.testing.assert_allclose(found[1] * 2, head.coef_[0] * scaler.transform(ROW[None])[0], atol=1e-9)


def test_xgboosts_shares_sum_to_its_margin() -> None:
    head = XGBClassifier(n_estimators=6, max_depth=3, n_jobs=1).fit(X, NUMBERS)
    shares = attributions.of_trees(head, ROW)
    margin = head.predict(ROW[None], output_margin=True)[0]
    np.testing.assert_allclose(shares.sum(axis=1), margin, atol=1e-4)
    model = tiny_models.linear(members=(Member(None, head),))
    found = attributions.of_model(model, ROW)
    own = shares[:, :-1] - shares[:, :-1].mean(axis=0)
    np.testing.assert_allclose(found, own, atol=1e-9)
    assert (found[:, ~np.isin(np.arange(len(SIGNAL_NAMES)), head.get_booster().trees_to_dataframe().query("Feature != 'Leaf'").Feature.str[1:].astype(int))] == 0).all()  # fmt: skip


def test_a_network_is_linear_around_a_row() -> None:
    scaler, inputs = scaled()
    head = MLPClassifier((16, 8), max_iter=300, random_state=0, tol=1e-2).fit(inputs, NUMBERS)
    here = scaler.transform(ROW[None])[0]
    slope, offset = attributions.linear(attributions.layers_of(head), here)
    logs = np.log(head.predict_proba(here[None])[0])
    np.testing.assert_allclose(centred(here @ slope + offset), centred(logs), atol=1e-6)
    step = 1e-6 * np.random.default_rng(0).normal(size=len(here))
    moved = np.log(head.predict_proba((here + step)[None])[0])
    np.testing.assert_allclose(centred(step @ slope), centred(moved) - centred(logs), atol=1e-9)


def test_a_vote_is_the_weighted_mean_of_its_members() -> None:
    scaler, inputs = scaled()
    one = Member(scaler, LogisticRegression(max_iter=80).fit(inputs, NUMBERS), weight=3.0)
    other = Member(None, XGBClassifier(n_estimators=3, max_depth=2, n_jobs=1).fit(X, NUMBERS), weight=1.0)
    alone = [attributions.of_model(tiny_models.linear(members=(m,)), ROW) for m in (one, other)]
    both = attributions.of_model(tiny_models.linear(members=(one, other), temperature=2.0), ROW)
    np.testing.assert_allclose(both, (0.75 * alone[0] + 0.25 * alone[1]) / 2.0)


def test_forms_are_attributed_to_their_inputs() -> None:
    row = reference_dataset.load()[0].features[0]
    transform = make_pipeline(Forms(), SimpleImputer(), StandardScaler()).fit(
        np.stack([clip.features[0] for clip in reference_dataset.load()[:40]])
    )
    shares = attributions.shares(transform, row)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    from genre_desktop.ml.features import transforms

    names = transforms.names()

    def made_of(form: str) -> list[str]:
        return [SIGNAL_NAMES[i] for i in np.flatnonzero(shares[names.index(form)])]

    assert made_of("tempo") == ["tempo"]
    assert made_of("rms spread") == ["rms_mean", "rms_var"]
    assert made_of("tonnetz 2,3 std") == ["tonnetz_2_std", "tonnetz_3_std"]
    assert len(made_of("chroma_cqt mean |F3|")) == 12


def test_a_model_on_a_base_passes_the_bases_attributions_on() -> None:
    base = tiny_models.linear()
    member = blending.base_member(base, GENRES, 1.0, temperature=2.0)
    model = tiny_models.linear(members=(member,), base=base)
    np.testing.assert_allclose(
        attributions.of_model(model, ROW), attributions.of_model(base, ROW) / 2.0, atol=1e-6
    )


def test_members_without_exact_attributions_give_none() -> None:
    forest = Member(None, RandomForestClassifier(5, random_state=0).fit(X, NUMBERS))
    assert attributions.of_model(tiny_models.linear(members=(forest,)), ROW) is None
    on_it = tiny_models.linear(
        members=(blending.base_member(tiny_models.linear(), GENRES, 1.0),),
        base=tiny_models.linear(members=(forest,)),
    )
    assert attributions.of_model(on_it, ROW) is None


@pytest.mark.parametrize("alias", ["champion", "fallback"])
def test_the_models_that_come_with_the_program(alias: str) -> None:
    quick = bundle.load(shipped("models", alias), light=True)
    full = bundle.load(shipped("models", alias))
    row = reference_dataset.load()[30].features[0]
    found = attributions.of_model(quick, row)
    assert found.shape == (10, len(SIGNAL_NAMES))
    np.testing.assert_allclose(found, attributions.of_model(full, row), atol=1e-4)
    logs = np.log(quick.predict_proba(row[None])[0])
    assert np.corrcoef(found.sum(axis=1), logs)[0, 1] > 0.8
