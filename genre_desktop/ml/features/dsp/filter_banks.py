"""Fixed matrices of the feature extraction, computed from their formulas in milliseconds.

Equal to ``librosa.filters`` (a test compares them), whose import would take seconds.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 22050
N_FFT = 2048
HOP = 512
BINS = N_FFT // 2 + 1
PADDED_BINS = 1056  # 33 bands of 32: a spectrogram row padded with zeros splits evenly
N_MELS = 128
N_MFCC = 20

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]


def hann(length: int) -> Float64:
    """Return a periodic Hann window."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)


def frequencies() -> Float64:
    """Return the frequency of each bin of the spectrum in Hz, ``(1025,)``."""
    return np.asarray(np.arange(BINS) * (SAMPLE_RATE / N_FFT), np.float64)


def _mel_to_hz(mel: Float64) -> Float64:
    """Invert Slaney's mel scale: linear below 1 kHz (15 mel), then 27 steps to a factor of 6.4."""
    hertz = np.asarray(mel * 200 / 3, np.float64)
    hertz[mel >= 15] = 1000 * np.exp(np.log(6.4) / 27 * (mel[mel >= 15] - 15))
    return hertz


def mel_triangles(sample_rate: int, n_fft: int, bands: int) -> Float64:
    """Return triangles of equal area, evenly spaced in mel from 0 Hz to half the rate; ``(n_fft // 2 + 1, bands)``.

    Source: M. Slaney, *Auditory Toolbox*, 1998, which ``librosa.filters.mel`` follows. Half the rate must
    exceed 1 kHz.
    """
    top = 15 + 27 * np.log(sample_rate / 2 / 1000) / np.log(6.4)
    corners = _mel_to_hz(np.linspace(0, top, bands + 2))
    f = np.arange(n_fft // 2 + 1)[:, None] * (sample_rate / n_fft)
    rising = (f - corners[:-2]) / np.diff(corners)[:-1]
    falling = (corners[2:] - f) / np.diff(corners)[1:]
    return np.asarray(np.maximum(0, np.minimum(rising, falling)) * (2 / (corners[2:] - corners[:-2])))


@lru_cache(maxsize=1)
def mel_bank() -> Float32:
    """Return the weight of each bin in each of 128 mel bands, ``(1056, 128)``."""
    return _pad_rows(mel_triangles(SAMPLE_RATE, N_FFT, N_MELS))


@lru_cache(maxsize=1)
def mel_slices() -> tuple[tuple[slice, slice, Float32], ...]:
    """Return the mel bank as (bins, bands, matrix) pieces, to avoid multiplying its zeros."""
    bank, edges = mel_bank(), (0, 64, 128, 192, 256, 384, 512, 768, PADDED_BINS)
    pieces = []
    for low, high in pairwise(edges):
        used = np.flatnonzero(bank[low:high].any(axis=0))
        bands = slice(int(used[0]), int(used[-1]) + 1)
        pieces.append((slice(low, high), bands, np.ascontiguousarray(bank[low:high, bands])))
    return tuple(pieces)


@lru_cache(maxsize=1)
def cosine_bank() -> Float32:
    """Return the orthonormal type-2 cosine transform from 128 bands to 20 coefficients; ``(128, 20)``."""
    n, k = np.arange(N_MELS)[:, None], np.arange(N_MFCC)
    bank = np.cos(np.pi * k * (2 * n + 1) / (2 * N_MELS)) * np.sqrt(2 / N_MELS)
    bank[:, 0] /= np.sqrt(2)
    return np.asarray(bank, np.float32)


@lru_cache(maxsize=8)
def chroma_bank(tuning: float) -> Float32:
    """Return the weight of each bin in each of the twelve pitch classes, from C; ``(1056, 12)``.

    A Gaussian around each pitch class, as wide as a bin is in semitones, under a Gaussian over the
    octaves centred on the fifth. Source: D. Ellis, "Chroma feature analysis and synthesis", 2007.

    Parameters
    ----------
    tuning:
        Deviation from A4 = 440 Hz in semitones, -0.5 to 0.5.
    """
    lowest_a = 440.0 * 2.0 ** (tuning / 12) / 16
    with np.errstate(divide="ignore"):
        position = 12 * np.log2(frequencies() / lowest_a)
    position[0] = position[1] - 18  # 0 Hz has no pitch: an octave and a half below the first bin
    width = np.maximum(np.append(np.diff(position), 1), 1)
    distance = np.remainder(position[:, None] - np.arange(12) + 6, 12) - 6
    weights = np.exp(-0.5 * (2 * distance / width[:, None]) ** 2)
    weights /= np.sqrt(np.sum(weights**2, axis=1, keepdims=True))
    weights *= np.exp(-0.5 * ((position / 12 - 5) / 2) ** 2)[:, None]
    return _pad_rows(np.roll(weights, -3, axis=1))


def _pad_rows(matrix: NDArray[Any]) -> Float32:
    """Append rows of zeros for the padding of a spectrogram."""
    return np.pad(matrix, ((0, PADDED_BINS - BINS), (0, 0))).astype(np.float32)
