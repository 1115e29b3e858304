"""Mel spectrogram and cepstral coefficients."""

from __future__ import annotations

import numpy as np

from genre_desktop.ml.features.dsp.filter_banks import N_MELS, Float32, cosine_bank, mel_bank, mel_slices


def mel(power: Float32) -> Float32:
    """Return the power in 128 mel bands, ``(frames, 128)``; ``power`` is a padded power spectrogram."""
    out = np.zeros((len(power), N_MELS), np.float32)
    for bins, bands, bank in mel_slices():
        out[:, bands] += power[:, bins] @ bank
    return out


def mel_of_lowest(bins: int) -> Float32:
    """Return the weights of the lowest bins in the bands that they reach, ``(bins, bands)``."""
    bank = mel_bank()[:bins]
    return np.asarray(bank[:, : int(np.flatnonzero(bank.any(axis=0)).max(initial=0)) + 1])


def mfcc(mel_db: Float32) -> Float32:
    """Return twenty cepstral coefficients of a mel spectrogram in decibels, ``(frames, 20)``."""
    return mel_db @ cosine_bank()
