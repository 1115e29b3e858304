"""Our own matrices are librosa's."""

from __future__ import annotations

import librosa
import numpy as np
import pytest
import scipy.fft
import scipy.signal

from genre_desktop.ml.features.dsp import filter_banks


def test_mel_bank() -> None:
    plain = librosa.filters.mel(sr=filter_banks.SAMPLE_RATE, n_fft=filter_banks.N_FFT).T
    assert filter_banks.mel_bank()[: filter_banks.BINS] == pytest.approx(plain, abs=1e-8)
    assert not filter_banks.mel_bank()[filter_banks.BINS :].any()


def test_mel_slices_are_the_whole_bank() -> None:
    whole = np.zeros_like(filter_banks.mel_bank())
    for bins, bands, piece in filter_banks.mel_slices():
        whole[bins, bands] = piece
    assert np.array_equal(whole, filter_banks.mel_bank())


@pytest.mark.parametrize("tuning", [-0.5, -0.13, 0.0, 0.07, 0.49])
def test_chroma_bank(tuning: float) -> None:
    plain = librosa.filters.chroma(sr=filter_banks.SAMPLE_RATE, n_fft=filter_banks.N_FFT, tuning=tuning).T
    assert filter_banks.chroma_bank(tuning)[: filter_banks.BINS] == pytest.approx(plain, abs=1e-7)


def test_cosine_bank() -> None:
    x = np.random.default_rng(0).standard_normal((5, filter_banks.N_MELS))
    plain = scipy.fft.dct(x, norm="ortho")[:, : filter_banks.N_MFCC]
    assert x @ filter_banks.cosine_bank() == pytest.approx(plain, abs=1e-5)


def test_hann_is_periodic() -> None:
    assert filter_banks.hann(8) == pytest.approx(scipy.signal.get_window("hann", 8))
