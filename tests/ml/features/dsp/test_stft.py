"""The shared transform against NumPy's, and taking off the mean against taking it off the samples."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ml.features.dsp.filter_banks import BINS, HOP, N_FFT, hann
from genre_desktop.ml.features.dsp.stft import Transformer, frame_count, remove_dc
from tests.ml.signals import chord, noise


@pytest.mark.parametrize("length", [22050, 22050 + 511, 22528, 40000])
def test_frames_are_those_of_the_padded_clip(length: int) -> None:
    samples = noise(2)[:length]
    spectrum = Transformer().spectrum(samples)
    assert len(spectrum) == frame_count(length) == 1 + length // HOP
    padded = np.pad(samples.astype(float), N_FFT // 2)
    for i in (0, 1, 17, len(spectrum) - 1):
        plain = np.fft.rfft(padded[i * HOP : i * HOP + N_FFT] * hann(N_FFT))
        assert spectrum.transform[i] == pytest.approx(plain, rel=1e-5, abs=1e-6)
        assert spectrum.power[i, :BINS] == pytest.approx(np.abs(plain) ** 2, rel=1e-5, abs=1e-9)
    assert not spectrum.power[:, BINS:].any()


@pytest.mark.parametrize("length", [22050, 33333, 22528])
def test_mean_taken_off(length: int) -> None:
    samples = chord(2)[:length] + np.float32(0.25)
    spectrum = Transformer().spectrum(samples)
    remove_dc(spectrum, samples)
    plain = Transformer().spectrum(samples - samples.mean())
    assert spectrum.power == pytest.approx(plain.power, rel=1e-4, abs=1e-7)


def test_arrays_are_reused_except_those_of_long_clips() -> None:
    transformer = Transformer()
    first = transformer.spectrum(noise(2))
    assert np.shares_memory(first.power, transformer.spectrum(noise(1)).power)
    long = transformer.spectrum(noise(60))
    assert not np.shares_memory(long.power, transformer.spectrum(noise(60)).power)
