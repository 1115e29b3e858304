"""Starter members: averaged networks give the softmax of their mean logits, and no row is stored."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features import transforms
from genre_desktop.ml.features.schema import SIGNAL_NAMES
from genre_desktop.ml.models import skops_allowlist
from genre_desktop.ml.training import starter_members
from tests.ml import training_rows


@pytest.fixture(scope="module")
def data():
    rows = training_rows.rows(6, 4)
    forms = transforms.transform_rows(rows.X[:, : len(SIGNAL_NAMES)], level=False)
    return forms, np.searchsorted(np.array(training_rows.LABELS), rows.y)


def test_names_match_the_forms():
    for level in (True, False):
        forms = transforms.transform_rows(np.ones((1, len(SIGNAL_NAMES))), level)
        assert len(transforms.names(level)) == forms.shape[1]
        assert len(set(transforms.names(level))) == forms.shape[1]


@pytest.mark.parametrize(
    "fit",
    [
        starter_members.lda,
        starter_members.network,
        starter_members.boosted,
        starter_members.equal_lda,
        starter_members.logistic(0.01),
    ],
)
def test_learns_and_repeats(fit, data):
    forms, y = data
    answers = []
    for _ in range(2):
        scaling, head = fit(forms, y, 5)
        answers.append(head.predict_proba(forms if scaling is None else scaling.transform(forms)))
    assert np.array_equal(*answers)
    assert np.mean(answers[0].argmax(axis=1) == y) > 0.9


def test_averaged_networks_are_the_mean_of_their_logits(data):
    forms, y = data
    importance = np.linspace(0.5, 1.5, forms.shape[1])
    inputs = (forms * importance).astype(np.float32)
    several = [starter_members._network(inputs, y, seed) for seed in range(3)]
    logits = np.mean([np.log(n.predict_proba(inputs)) for n in several], axis=0)
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert np.allclose(
        starter_members.average_networks(several, importance).predict_proba(forms), expected, atol=1e-4
    )


def test_what_is_stored_holds_weights_only(data):
    forms, y = data
    _, head = starter_members.network(forms, y, 1)
    again = skops_allowlist.loads(skops_allowlist.dumps(head), "network.skops")
    arrays = [v for values in vars(again).values() if isinstance(values, list) for v in values]
    assert sum(a.size for a in arrays) == sum(a.size for a in (*head.coefs_, *head.intercepts_))
    assert "_optimizer" not in vars(again)


@pytest.mark.parametrize("fit", [starter_members.equal_lda, starter_members.logistic(0.01)])
def test_a_rare_genre_is_not_at_a_disadvantage(fit):
    """Two overlapping genres, one ten times as frequent: between their centres it gets one half."""
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], [1000, 100])
    inputs = rng.normal(size=(len(y), 3))
    inputs[:, 0] += y
    scaling, head = fit(inputs, y, 0)
    between = head.predict_proba(scaling.transform(np.array([[0.5, 0.0, 0.0]])))
    assert between[0, 1] == pytest.approx(0.5, abs=0.07)


def test_missing_embeddings_are_estimated_from_tags():
    rng = np.random.default_rng(1)
    embeddings = rng.normal(size=(200, 6))
    tags = embeddings @ rng.normal(size=(6, 8))
    lacking = embeddings.copy()
    lacking[150:] = np.nan
    tags[199] = np.nan
    filled = starter_members.with_guessed_embeddings(tags, lacking)
    assert np.array_equal(filled[:150], embeddings[:150])
    error = np.mean((filled[150:199] - embeddings[150:199]) ** 2)
    assert error < 0.2 * np.mean(embeddings**2)
    assert np.isnan(filled[199]).all()
    assert np.isnan(lacking[150:]).all()


def test_without_any_embedding_none_is_estimated():
    missing = np.full((3, 2), np.nan)
    assert np.isnan(starter_members.with_guessed_embeddings(np.ones((3, 4)), missing)).all()
