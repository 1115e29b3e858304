"""Keys keep order and value; the parts make the whole."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import median_filter

from genre_desktop.ml.features.dsp import hpss
from genre_desktop.ml.features.dsp.filter_banks import BINS, HOP, N_FFT, Float32, hann
from genre_desktop.ml.features.dsp.stft import Spectrum, Transformer
from tests.ml.signals import RATE, chord, clicks, noise, sine


def test_keys_keep_the_order_and_nearly_the_value() -> None:
    x = np.sort(10 ** np.random.default_rng(0).uniform(-6, 3, 5000)).astype(np.float32)
    keys, base = hpss.to_keys(x)
    assert (np.diff(keys.astype(int)) >= 0).all()
    assert hpss.from_keys(keys, base) == pytest.approx(x, rel=2**-12)


def test_keys_of_next_to_nothing_are_next_to_nothing() -> None:
    keys, base = hpss.to_keys(np.array([0.0, 1e-30, 1.0, 1000.0], np.float32))
    assert (hpss.from_keys(keys, base)[:2] < 1e-6).all()


def plain_harmonic(spectrum: Spectrum) -> Float32:
    """Return the harmonic signal by SciPy's medians and an overlap-add of whole frames."""
    magnitude = spectrum.magnitude[:, :BINS]
    steady, sudden = (median_filter(magnitude, size, mode="reflect") for size in ((31, 1), (1, 31)))
    masked = spectrum.transform * steady**2 / np.maximum(steady**2 + sudden**2, 1e-30)
    window = hann(N_FFT)
    signal, weight = np.zeros((2, len(masked) * HOP + N_FFT))
    for i, frame in enumerate(np.fft.irfft(masked) * window):
        signal[i * HOP : i * HOP + N_FFT] += frame
        weight[i * HOP : i * HOP + N_FFT] += window**2
    return np.asarray((signal / np.maximum(weight, 1e-30))[N_FFT // 2 :], np.float32)


@pytest.mark.parametrize("length", [3 * RATE, 100 * HOP, 100 * HOP + 1, 101 * HOP - 1])
def test_means_add_up_and_variances_are_those_of_the_signals(length: int) -> None:
    samples = chord(3)[:length] + np.float32(0.2)
    spectrum = Transformer().spectrum(samples)
    parts = hpss.separate(samples, spectrum)
    assert parts.harmonic[0] + parts.percussive[0] == pytest.approx(samples.mean(), abs=1e-6)
    assert 0 < parts.share < 1
    harmonic = plain_harmonic(spectrum)[: len(samples)]
    for found, signal in ((parts.harmonic, harmonic), (parts.percussive, samples - harmonic)):
        assert found == pytest.approx((signal.mean(), signal.var()), rel=1e-3, abs=1e-6)


def test_tone_is_harmonic_and_click_percussive() -> None:
    shares = []
    for samples in (sine(3, 440), noise(3), clicks(3)):
        shares.append(hpss.separate(samples, Transformer().spectrum(samples)).share)
    assert shares[0] > 0.95
    assert 0.3 < shares[1] < 0.7
    assert shares[2] < 0.01
