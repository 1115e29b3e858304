"""Our own matrices are librosa's."""

from __future__ import annotations

import librosa
import numpy as np
import pytest
import scipy.fft
import scipy.signal

from genre_desktop.ml.dsp import filters


def test_mel_bank() -> None:
    plain = librosa.filters.mel(sr=filters.SAMPLE_RATE, n_fft=filters.N_FFT).T
    assert filters.mel_bank()[: filters.BINS] == pytest.approx(plain, abs=1e-8)
    assert not filters.mel_bank()[filters.BINS :].any()


def test_mel_slices_are_the_whole_bank() -> None:
    whole = np.zeros_like(filters.mel_bank())
    for bins, bands, piece in filters.mel_slices():
        whole[bins, bands] = piece
    assert np.array_equal(whole, filters.mel_bank())


@pytest.mark.parametrize("tuning", [-0.5, -0.13, 0.0, 0.07, 0.49])
def test_chroma_bank(tuning: float) -> None:
    plain = librosa.filters.chroma(sr=filters.SAMPLE_RATE, n_fft=filters.N_FFT, tuning=tuning).T
    assert filters.chroma_bank(tuning)[: filters.BINS] == pytest.approx(plain, abs=1e-7)


def test_cosine_bank() -> None:
    x = np.random.default_rng(0).standard_normal((5, filters.N_MELS))
    plain = scipy.fft.dct(x, norm="ortho")[:, : filters.N_MFCC]
    assert x @ filters.cosine_bank() == pytest.approx(plain, abs=1e-5)


def test_hann_is_periodic() -> None:
    assert filters.hann(8) == pytest.approx(scipy.signal.get_window("hann", 8))
