"""Starter members: averaged networks give the softmax of their mean logits, and no row is stored."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features import transforms
from genre_desktop.ml.models import skops_allowlist
from genre_desktop.ml.training import starter_members
from tests.ml import training_rows


@pytest.fixture(scope="module")
def data():
    rows = training_rows.rows(6, 4)
    return transforms.transform_rows(rows.X, level=False), np.searchsorted(
        np.array(training_rows.LABELS), rows.y
    )


def test_names_match_the_forms():
    for level in (True, False):
        forms = transforms.transform_rows(np.ones((1, len(transforms.NAMES))), level)
        assert len(transforms.names(level)) == forms.shape[1]
        assert len(set(transforms.names(level))) == forms.shape[1]


@pytest.mark.parametrize("fit", [starter_members.lda, starter_members.network, starter_members.boosted])
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
