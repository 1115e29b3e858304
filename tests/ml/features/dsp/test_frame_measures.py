"""Measures without the lowest bins, completed with them, are those of the whole power spectrum."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features.dsp import frame_measures as measures
from genre_desktop.ml.features.dsp.filter_banks import BINS, N_FFT, PADDED_BINS, Float32
from genre_desktop.ml.features.dsp.mel import mel
from genre_desktop.ml.features.dsp.spectral_shape import SpectralShape, contrast_bands
from genre_desktop.ml.features.dsp.stft import Spectrum


@pytest.fixture(params=[1.0, 1e-9, 1e15])
def spectrum(request: pytest.FixtureRequest) -> Spectrum:
    generator = np.random.default_rng(0)
    found = Spectrum.allocate(
        6, (measures.SUMS, measures.FLATNESS, measures.CONTRAST, measures.MEL, measures.SHAPE)
    )
    found.power[:, :BINS] = request.param * generator.exponential(1, (6, BINS))
    found.power[1] = 0  # silence
    found.power[2] = 0
    found.power[2, 900] = 1  # a pure tone
    found.power[3, 0] *= 100  # much below everything
    np.sqrt(found.power, out=found.magnitude)
    found.measure(slice(0, 6))
    return found


def whole(spectrum: Spectrum) -> Float32:
    return spectrum.power[:, :BINS].astype(np.float64)


def test_shape(spectrum: Spectrum) -> None:
    found = measures.full_shape(spectrum.measures[measures.SUMS], spectrum.power)
    plain = SpectralShape.of(spectrum.power)
    np.testing.assert_allclose(found.sums, plain.sums, rtol=1e-6)
    assert found.rolloff(0.85)[0].tolist() == plain.rolloff(0.85)[0].tolist()
    magnitude = SpectralShape.of(spectrum.magnitude)
    rows = spectrum.measures[measures.SHAPE].T
    assert rows[0].tolist() == magnitude.centroid().tolist()
    assert rows[2].tolist() == magnitude.rolloff(0.85)[0].tolist()


def test_mel(spectrum: Spectrum) -> None:
    assert spectrum.power.shape == (6, PADDED_BINS)
    found = measures.full_mel(spectrum.measures[measures.MEL], spectrum.power)
    np.testing.assert_allclose(found, mel(spectrum.power), rtol=1e-5, atol=1e-30)


def test_flatness_and_level(spectrum: Spectrum) -> None:
    rows = spectrum.measures[measures.FLATNESS]
    square = np.square(np.maximum(whole(spectrum), 1e-5))
    plain = np.exp(np.log(square).mean(axis=1)) / square.mean(axis=1)
    np.testing.assert_allclose(measures.flatness(rows, spectrum.power), plain, rtol=1e-4)
    energy = np.square(whole(spectrum))
    energy[:, [0, -1]] /= 2
    level = np.sqrt(2 * energy.sum(axis=1)) / N_FFT
    np.testing.assert_allclose(measures.power_rms(rows, spectrum.power), level, rtol=1e-5)


def test_silence_is_flat_and_a_tone_is_not(spectrum: Spectrum) -> None:
    flat = measures.flatness(spectrum.measures[measures.FLATNESS], spectrum.power)
    assert flat[1] == pytest.approx(1, rel=1e-5)
    assert flat[2] < 1e-3


def test_contrast(spectrum: Spectrum) -> None:
    peaks, valleys = np.empty((2, 6, 7))
    for i, (low, high, count) in enumerate(contrast_bands()):
        ordered = np.sort(whole(spectrum)[:, low:high], axis=1)
        peaks[:, i], valleys[:, i] = ordered[:, -count:].mean(axis=1), ordered[:, :count].mean(axis=1)
    found = measures.contrast(spectrum.measures[measures.CONTRAST], spectrum.power)
    levels = [10 * np.log10(np.maximum(part, 1e-10)) for part in (peaks, valleys)]
    above, below = (np.maximum(level, level.max() - 80) for level in levels)
    np.testing.assert_allclose(found, above - below, atol=1e-4)
