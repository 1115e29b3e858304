"""Shape of a frame, against sums written out."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features.dsp import spectral_shape
from genre_desktop.ml.features.dsp.filter_banks import BINS, PADDED_BINS, Float32, frequencies

F = frequencies()


@pytest.fixture
def rows() -> Float32:
    generator = np.random.default_rng(0)
    rows = np.zeros((6, PADDED_BINS), np.float32)
    rows[:, :BINS] = generator.exponential(1, (6, BINS))
    rows[1] = 0  # silence
    rows[2, :BINS] = 1e-9
    rows[2, 900] = 1  # a pure tone
    rows[3, :BINS] = 0
    rows[3, BINS - 1] = 2  # all at the top
    return rows


def test_centroid_and_bandwidth(rows: Float32) -> None:
    found = spectral_shape.SpectralShape.of(rows)
    centroid = found.centroid()
    weights = rows[:, :BINS].astype(float)
    total = np.maximum(weights.sum(axis=1), 1e-30)
    plain = weights @ F / total
    assert centroid == pytest.approx(plain, rel=1e-6)
    spread = np.sqrt(np.sum(weights * (F - plain[:, None]) ** 2, axis=1) / total)
    assert found.bandwidth(centroid) == pytest.approx(spread, rel=1e-4, abs=0.1)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.85, 0.95, 0.999])
def test_rolloff(rows: Float32, share: float) -> None:
    reached = np.cumsum(rows[:, :BINS].astype(float), axis=1)
    plain = F[np.argmax(reached >= share * reached[:, -1:], axis=1)]
    (found,) = spectral_shape.SpectralShape.of(rows).rolloff(share)
    assert found == pytest.approx(plain)


def test_parabola(rows: Float32) -> None:
    plain = np.polyfit(F, rows[:, :BINS].T.astype(float), 2).T
    assert spectral_shape.SpectralShape.of(rows).parabola() == pytest.approx(plain, rel=1e-4, abs=1e-12)


def test_contrast_bands_cover_the_spectrum_in_octaves() -> None:
    bands = spectral_shape.contrast_bands()
    assert bands[0][0] == 0
    assert bands[-1][1] == BINS
    assert all(
        F[low] == pytest.approx(200 * 2 ** (i - 1), abs=11) for i, (low, _, _) in enumerate(bands) if i
    )
    assert [count for _, _, count in bands] == [1, 1, 1, 2, 3, 6, 9]


def test_decibels_have_a_minimum() -> None:
    found = spectral_shape.decibels(np.array([1.0, 1e-5, 0.0]))
    assert found.tolist() == pytest.approx([0, -50, -80])
