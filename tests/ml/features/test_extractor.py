"""What the extractor promises besides its values (those: ``test_features_equal.py``)."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.extractor import SILENCE, Extractor
from tests.ml.signals import RATE, Samples, chord, noise


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_row_is_finite_and_in_contract_order(extractor: Extractor) -> None:
    row = extractor.extract(chord(2))
    assert row.dtype == np.float64
    assert row.shape == (len(schema.SIGNAL_NAMES),)
    assert np.isfinite(row).all()


def test_same_clip_same_row_whatever_came_between(extractor: Extractor) -> None:
    clip = noise(2)
    before = clip.copy()
    first = extractor.extract(clip)
    extractor.extract(chord(5))
    extractor.extract(noise(1, seed=3))
    assert np.array_equal(extractor.extract(clip), first)
    assert np.array_equal(clip, before), "the samples must not change"


@pytest.mark.parametrize("group", sorted({f.group for f in schema.FEATURES}))
def test_a_selection_has_the_same_values(extractor: Extractor, group: str) -> None:
    names = [f.name for f in schema.FEATURES if f.group == group][::-1]
    clip = chord(2)
    whole = dict(zip(schema.SIGNAL_NAMES, extractor.extract(clip), strict=True))
    assert Extractor(names).extract(clip).tolist() == [whole[name] for name in names]


def test_the_57_alone_have_the_same_values(extractor: Extractor) -> None:
    clip = noise(3)
    alone = Extractor(schema.PUBLISHED_57).extract(clip)
    assert np.array_equal(alone, extractor.extract(clip)[:57])


def test_float64_and_strided_samples_are_welcome(extractor: Extractor) -> None:
    clip = chord(2)
    strided = np.stack([clip, clip], axis=1).astype(np.float64)[:, 0]
    assert np.array_equal(extractor.extract(strided), extractor.extract(clip))


def _damaged() -> Samples:
    clip = noise(2)
    clip[1000] = np.nan
    return clip


def _infinite() -> Samples:
    clip = noise(2)
    clip[1000] = -np.inf
    return clip


@pytest.mark.parametrize(
    ("samples", "code"),
    [
        (np.zeros(0, np.float32), "clip-too-short"),
        (noise(1)[:-1], "clip-too-short"),
        (np.zeros(2 * RATE, np.float32), "silence"),
        (np.full(2 * RATE, 0.5, np.float32), "silence"),
        (chord(2) * np.float32(0.5 * SILENCE), "silence"),
        (_damaged(), "non-finite"),
        (_infinite(), "non-finite"),
    ],
    ids=["empty", "just too short", "zeros", "constant", "too quiet", "nan", "infinite"],
)
def test_what_cannot_be_measured_is_refused(extractor: Extractor, samples: Samples, code: str) -> None:
    with pytest.raises(AppError) as caught:
        extractor.extract(samples)
    assert caught.value.problem.code == code
    assert caught.value.problem.reason
    assert caught.value.problem.hint


def test_one_second_is_enough(extractor: Extractor) -> None:
    assert np.isfinite(extractor.extract(noise(1))).all()


def test_neither_librosa_nor_numba_is_imported() -> None:
    code = (
        "import sys, numpy as np; from genre_desktop.ml.features.extractor import Extractor;"
        "Extractor().extract(np.random.default_rng(0).standard_normal(22050).astype('f4'));"
        "print([m for m in ('librosa', 'numba', 'sklearn', 'pandas', 'scipy.signal') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
