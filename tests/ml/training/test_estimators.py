"""Every family trains, balances, handles rare genres and missing values, and is stored without pickle."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.features import schema
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import estimators
from tests.ml import training_rows

SMALL = {"n_estimators": 10}


def fitted(name, X, y, **params):
    settings = {**estimators.FAMILIES[name].defaults, **params}
    return estimators.build(name, settings, seed=3, smallest=int(np.bincount(y).min())).fit(X, y)


@pytest.fixture(scope="module")
def data():
    rows = training_rows.rows(3, 3)
    return rows.X, np.searchsorted(np.array(training_rows.LABELS), rows.y)


@pytest.mark.parametrize("name", estimators.FAMILIES)
def test_learns_the_same_twice_and_can_be_stored(name, data, tmp_path):
    X, y = data
    first, second = (fitted(name, X, y) for _ in range(2))
    assert np.mean(first.predict(X) == y) > 0.9
    assert np.array_equal(first.predict_proba(X), second.predict_proba(X))
    model = Model((Member.of(first),), training_rows.LABELS, schema.NAMES, schema.FEATURE_VERSION, name)
    digest = bundle.save(model, tmp_path / "model")
    assert np.allclose(
        bundle.load(tmp_path / "model", digest).predict_proba(X), model.predict_proba(X), atol=1e-6
    )


@pytest.mark.parametrize("name", estimators.FAMILIES)
@pytest.mark.parametrize("balance", ["none", "weights", "oversample", "smote"])
def test_a_genre_with_one_row_and_missing_columns(name, balance, data):
    X, y = data
    keep = np.r_[0:9, 9:18, 18]  # one clip of the third genre
    X, y = X[keep].copy(), y[keep]
    X[:, 60:] = np.where(np.arange(len(X))[:, None] % 2, np.nan, X[:, 60:])  # half from a 57-column table
    X[:, schema.NAMES.index("contrast_3_std")] = np.nan  # a column without values
    proba = fitted(name, X, y, balance=balance).predict_proba(X)
    assert proba.shape == (19, 3)
    assert np.isfinite(proba).all()
    assert np.allclose(proba.sum(axis=1), 1)


def test_balancing_finds_more_of_the_rare_genre():
    rows = training_rows.rows(12, 3, noise=3.0, labels=("jazz", "rock"))
    y = (rows.y == "rock").astype(int)
    keep = np.flatnonzero((y == 0) | (np.arange(len(y)) % 9 == 0))
    test = training_rows.rows(12, 3, noise=3.0, labels=("jazz", "rock"), seed=1)
    found = {
        balance: np.mean(
            fitted("logistic", rows.X[keep], y[keep], balance=balance).predict(test.X)[test.y == "rock"] == 1
        )
        for balance in ("none", "weights", "oversample", "smote")
    }
    assert min(found["weights"], found["oversample"], found["smote"]) > found["none"]


@pytest.mark.parametrize("name", estimators.FAMILIES)
def test_the_search_space_holds_the_defaults(name):
    optuna = pytest.importorskip("optuna")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    family = estimators.FAMILIES[name]
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    study.enqueue_trial(dict(family.defaults))
    trial = study.ask()
    assert estimators.suggest(family, trial) == family.defaults


def test_an_unknown_family_is_reported_with_the_known_ones():
    with pytest.raises(AppError) as caught:
        estimators.of_name("oracle")
    assert caught.value.problem.code == "unknown-family"
    assert "xgboost" in caught.value.problem.reason
