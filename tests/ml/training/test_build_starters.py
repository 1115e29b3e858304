"""The shipped starter models: complete, small, within the documented metrics, and reproducible."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.paths import shipped
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features.encoder import identity
from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES
from genre_desktop.ml.models import bundle
from genre_desktop.ml.training import build_starters
from tests.fixtures.shared_data import shared_data

ALIASES = ("champion", "fallback")


@pytest.fixture(scope="module", params=ALIASES)
def folder(request):
    return shipped("models", request.param)


@pytest.fixture(scope="module")
def model(folder):
    return bundle.load(folder)


def test_small_and_with_its_card(folder, model):
    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_000_000
    card = (folder / "MODEL_CARD.md").read_text("utf-8")
    assert bundle.digest_of(folder) in card
    assert "Research data" in card
    assert re.search(r"\| gmean \| 0\.\d{3} \| 0\.\d{3} to 0\.\d{3} \|", card)
    assert all(f"| {genre} |" in card for genre in GENRES)


def test_the_shipped_metrics_do_not_fall(folder, model):
    """The thresholds are a little below what the shipped models reach."""
    measured = model.metadata["test"]["figures"]
    accuracy, gmean = {"champion": (0.79, 0.77), "fallback": (0.66, 0.64)}[folder.name]
    assert measured["accuracy"] >= accuracy
    assert measured["gmean"] >= gmean
    assert model.metadata["test"]["n"] == 290


def test_metrics_of_each_genre_are_stored(model):
    test = model.metadata["test"]
    assert tuple(test["per_genre"]) == GENRES
    for genre, scores in test["per_genre"].items():
        row = test["confusion"][genre]
        assert sum(row.values()) == scores["n"]
        assert row.get(genre, 0) == round(scores["recall"] * scores["n"])


def test_the_families_differ():
    champion, fallback = (bundle.load(shipped("models", alias)) for alias in ALIASES)
    assert champion.family != fallback.family


def test_numpy_inference_gives_the_same_probabilities(folder, model):
    light = bundle.load(folder, light=True)
    assert all(type(member.head).__name__ == "ClassifierStub" for member in light.members)
    assert np.allclose(light.predict_proba(model.probe()), model.predict_proba(model.probe()), atol=1e-5)


def test_only_the_champion_needs_the_encoder():
    champion, fallback = (bundle.load(shipped("models", alias)) for alias in ALIASES)
    assert champion.encoder == identity.DIGEST
    assert fallback.encoder == ""
    assert (champion.feature_names, fallback.feature_names) == (NAMES, SIGNAL_NAMES)


def test_members_on_the_encoder_abstain_without_it():
    champion = bundle.load(shipped("models", "champion"))
    rows = champion.probe()
    rows[:, len(SIGNAL_NAMES) :] = np.nan
    signal = replace(champion, members=tuple(m for m in champion.members if m.columns == SIGNAL_NAMES))
    assert 0 < len(signal.members) < len(champion.members)
    assert np.allclose(champion.predict_proba(rows), signal.predict_proba(rows))
    assert not np.allclose(champion.predict_proba(champion.probe()), signal.predict_proba(champion.probe()))


@pytest.mark.shared_data
def test_holds_no_row_of_the_tables(folder):
    data = gtzan_tables.load_gtzan_table(shared_data("tables").parent)
    stored = {round(float(v), 6) for v in _numbers(json.loads((folder / "novelty.json").read_text("utf-8")))}
    distinct = [i for i in range(data.X.shape[1]) if len(np.unique(data.X[:, i])) > 900]
    hits = np.mean([np.isin(np.round(row[distinct], 6), list(stored)).mean() for row in data.X[:100]])
    assert hits < 0.02
    assert not any("KNeighbors" in text or "SVC" in text for text in _texts(folder))


@pytest.mark.shared_data
def test_its_metrics_can_be_measured_again(folder, model):
    root = shared_data("tables").parent
    rows = gtzan_tables.load_gtzan_table(root).only(gtzan_tables.split(root, "test"))
    assert build_starters._measured(model, rows) == model.metadata["test"]


def test_stores_held_out_predictions_of_its_tracks(model):
    known = held_out_predictions.decode(model)
    assert len(known) == 640
    assert all(abs(row.sum() - 1) < 0.01 for row in known.values())


@pytest.mark.shared_data
def test_built_again_it_is_the_same():
    root = shared_data("tables").parent
    data = gtzan_tables.load_gtzan_table(root)
    rows = data.only(gtzan_tables.split(root, "valid"))
    shifts = build_starters.load_shifts(level=build_starters.LEVEL)
    first, second = (
        build_starters._model(build_starters.RECIPES["fallback"], rows.X, rows.y, shifts).predict_proba(
            rows.X
        )
        for _ in range(2)
    )
    assert np.array_equal(first, second)


def _numbers(item):
    if isinstance(item, dict):
        item = list(item.values())
    if isinstance(item, list):
        for value in item:
            yield from _numbers(value)
    elif isinstance(item, float):
        yield item


def _texts(folder):
    from zipfile import ZipFile

    for path in folder.glob("*.skops"):
        with ZipFile(path) as archive:
            yield archive.read("schema.json").decode()
