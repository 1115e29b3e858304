"""Feature transforms are independent of level and key, and propagate missing values."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import numpy as np
import pytest

from genre_desktop.core.paths import shipped
from genre_desktop.ml import forms
from genre_desktop.ml.features.schema import SIGNAL_NAMES
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.models import bundle, skops_allowlist
from tests.ml import training_rows

AT = {name: i for i, name in enumerate(SIGNAL_NAMES)}


@pytest.fixture
def X():
    return training_rows.rows(2, 2).X


def transposed(X, semitones):
    """The same music in another key: both kinds of chroma rotate."""
    Y = X.copy()
    for base in ("chroma_stft", "chroma_cqt"):
        for statistic in ("mean", "std"):
            columns = [AT[f"{base}_{i}_{statistic}"] for i in range(12)]
            Y[:, columns] = np.roll(X[:, columns], semitones, axis=1)
    return Y


def louder(X, gain):
    """The same music at another level: amplitudes scale with the gain, powers with its square."""
    Y = X.copy()
    powers = {"power_rms": 2, "mel_power": 2, "poly": 2, "rms": 1, "harmony": 1, "perceptr": 1}
    for name, i in AT.items():
        base = next((b for b in powers if name.startswith((f"{b}_", f"{b}."))), None)
        if base is not None:
            Y[:, i] *= gain ** (powers[base] * (2 if name.endswith("_var") else 1))
    return Y


@pytest.mark.parametrize("semitones", [1, 5, 11])
def test_another_key_is_the_same_music(X, semitones):
    assert np.allclose(Forms().fit_transform(X), Forms().fit_transform(transposed(X, semitones)))


def test_another_level_is_the_same_music_without_the_level(X):
    quiet = Forms(level=False)
    assert np.allclose(quiet.fit_transform(X), quiet.fit_transform(louder(X, 4.0)))
    assert not np.allclose(Forms().fit_transform(X), Forms().fit_transform(louder(X, 4.0)))


def test_major_is_not_minor(X):
    # A triad and its mirror image have the same magnitudes; only the bispectrum distinguishes them.
    major, minor = X[:1].copy(), X[:1].copy()
    columns = [AT[f"chroma_stft_{i}_mean"] for i in range(12)]
    major[:, columns], minor[:, columns] = 0.1, 0.1
    major[0, [columns[i] for i in (0, 4, 7)]] = 1.0
    minor[0, [columns[i] for i in (0, 3, 7)]] = 1.0
    assert not np.allclose(Forms().fit_transform(major), Forms().fit_transform(minor))


def test_further_columns_pass_through(X):
    extra = np.arange(len(X) * 2.0).reshape(-1, 2)
    assert np.array_equal(Forms().fit_transform(np.hstack([X, extra]))[:, -2:], extra)


def test_missing_columns_stay_missing_and_harm_nothing_else(X):
    holes = X.copy()
    holes[0, AT["chroma_cqt_3_mean"]] = np.nan
    out, whole = Forms().fit_transform(holes), Forms().fit_transform(X)
    assert np.isnan(out[0]).sum() == 31  # 7 magnitudes and 12 complex products
    assert np.array_equal(out[1:], whole[1:])
    seen = ~np.isnan(out[0])
    assert np.allclose(out[0, seen], whole[0, seen])


def test_zeros_and_silence_stay_finite():
    assert np.isfinite(Forms().fit_transform(np.zeros((2, len(SIGNAL_NAMES))))).all()


def test_stored_without_pickle(X):
    part = Forms(level=False).fit(X)
    again = skops_allowlist.loads(skops_allowlist.dumps(part), "forms.skops")
    assert np.array_equal(again.transform(X), part.transform(X))


def test_stored_bundles_find_the_class_under_the_name_they_know():
    assert forms.Forms is Forms
    assert f"{Forms.__module__}.{Forms.__qualname__}" == "genre_desktop.ml.forms.Forms"


@pytest.mark.parametrize("alias", ["champion", "fallback"])
def test_parts_of_the_starters_are_written_with_todays_digests(alias):
    folder = shipped("models", alias)
    parts = {path.name: path.read_bytes() for path in folder.glob("*.transform.skops")}
    assert parts
    assert any(b"genre_desktop.ml.forms" in schema_of(data) for data in parts.values())
    digests = json.dumps(bundle.read(folder))
    for name, data in parts.items():
        again = skops_allowlist.dumps(skops_allowlist.loads(data, name))
        assert again == data
        assert hashlib.sha256(again).hexdigest() in digests
    assert (
        bundle.load(folder, bundle.digest_of(folder)).predict_proba(training_rows.rows(1, 1).X).shape[1] == 10
    )


def schema_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("schema.json")
