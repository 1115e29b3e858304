from dataclasses import replace

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store import Database
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.drift import champion_reference
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features import schema
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import starter_models
from tests.core.store.samples import answer
from tests.ml import tiny_models

N = len(schema.NAMES)


def held_out(keys, sure=0.7):
    proba = np.full((len(keys), 10), (1 - sure) / 9)
    proba[:, 0] = sure
    return {held_out_predictions.KEY: held_out_predictions.encode(keys, proba)}


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


@pytest.fixture
def db(home):
    database = Database(home.store)
    yield database
    database.close()


@pytest.fixture
def champion(tmp_path, monkeypatch):
    """Return a function that creates a champion trained on given clips."""

    def make(keys):
        bundle.save(tiny_models.linear(metadata=held_out(keys)), tmp_path / "models" / "champion")
        bundle.save(tiny_models.boosted(), tmp_path / "models" / "fallback")
        monkeypatch.setattr(starter_models, "folder", lambda alias: tmp_path / "models" / alias)
        return tmp_path / "models" / "champion"

    return make


def clip(name, label, windows=2):
    features = np.stack([np.full(N, float(i)) for i in range(windows)])
    starts = np.arange(windows) * 15.0
    return Clip(
        name, f"/music/{name}.wav", label, name, "audio", 45.0, starts, np.full(windows, 30.0), features
    )


def test_a_starter_is_compared_with_the_sketch_and_its_own_confidence(home, db, champion):
    champion([f"blues.{i:05d}" for i in range(20)])
    champion_and_references = champion_reference.find(home, db)
    found = champion_and_references.signal
    assert champion_and_references.version.version
    assert not found.own.any()
    assert found.confidence[found.labels == "blues"] == pytest.approx(0.7, abs=0.01)
    assert np.isnan(found.confidence[found.labels == "metal"]).all()


def test_a_champion_trained_here_brings_its_own_clips_pooled(home, db, champion):
    champion(["learned", "corrected", "elsewhere"])
    library = Library(db)
    library.put(clip("learned", "metal"), schema.FEATURE_VERSION)
    library.put(clip("imported-later", "metal"), schema.FEATURE_VERSION)
    prediction = PredictionLog(db).add(answer("x", clip_hash="corrected", features=np.full(N, 7.0)), "file")
    Corrections(db).add(prediction, "polka")
    found = champion_reference.find(home, db).signal
    assert found.own.sum() == 2
    assert sorted(found.labels[found.own].tolist()) == ["metal", "polka"]
    metal = found.own & (found.labels == "metal")
    np.testing.assert_allclose(found.raw[metal][0], 0.5)  # the mean of its two windows
    assert found.confidence[metal][0] == pytest.approx(0.7, abs=0.01)
    encoder = champion_reference.find(home, db).encoder
    assert sorted(encoder.labels[encoder.own].tolist()) == ["metal", "polka"]
    np.testing.assert_allclose(encoder.raw[encoder.own & (encoder.labels == "metal")][0], 0.5)


def test_a_clip_without_the_encoders_columns_is_left_out_of_theirs(home, db, champion):
    champion(["learned", "before"])
    library, old = Library(db), clip("before", "metal")
    library.put(clip("learned", "metal"), schema.FEATURE_VERSION)
    library.put(replace(old, features=old.features[:, : len(schema.SIGNAL_NAMES)]), "1")
    found = champion_reference.find(home, db)
    assert (found.signal.own.sum(), found.encoder.own.sum()) == (2, 1)


def test_confidence_of_the_shipped_table_counts_for_its_genre(home, db, champion, monkeypatch):
    champion([f"hash-{i}" for i in range(10)])
    rng = np.random.default_rng(0)
    table = [replace(clip(f"hash-{i}", "pop"), features=rng.standard_normal((2, N))) for i in range(10)]
    monkeypatch.setattr(reference_dataset, "load", lambda: table)
    found = champion_reference.find(home, db).signal
    assert found.confidence[found.labels == "pop"] == pytest.approx(0.7, abs=0.01)

    def absent():
        raise AppError("reference-missing/made-up")

    monkeypatch.setattr(reference_dataset, "load", absent)
    found = champion_reference.find(home, db)
    assert np.isnan(found.signal.confidence).all()
    assert found.encoder is None


def test_a_broken_champion_is_compared_with_the_sketch(home, db, champion):
    folder = champion(["learned"])
    Library(db).put(clip("learned", "metal"), schema.FEATURE_VERSION)
    (folder / "novelty.json").write_text("{}")
    found = champion_reference.find(home, db).signal
    assert not found.own.any()
