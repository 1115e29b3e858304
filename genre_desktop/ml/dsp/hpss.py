"""Harmonic and percussive parts: only their statistics, so only what these need.

Source: D. Fitzgerald, "Harmonic/percussive separation using median filtering", 2010, with the
soft masks of J. Driedger et al., 2014, as ``librosa.effects.hpss`` has them at margin 1.
"""

from __future__ import annotations

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from genre_desktop.ml.dsp.filters import BINS, HOP, N_FFT, Float32, hann
from genre_desktop.ml.dsp.median import running_median
from genre_desktop.ml.dsp.spectrum import Spectrum

_BLOCK = 32  # frames handled together: they stay in the cache
_OVERLAP = N_FFT // HOP
_SHIFT = 12  # of the 23 fraction bits of a float32, 11 are kept
_LEVELS = 1 << 16

Keys = NDArray[np.int16]


def to_keys(x: Float32) -> tuple[Keys, int]:
    """Magnitudes as 16-bit numbers in the same order, for medians at half the memory.

    The bits of a non-negative float32 rise with its value. Exponent and 11 bits of fraction
    are kept: steps of 2⁻¹¹ of the value over 192 dB below the loudest; less is as good as zero.

    Returns
    -------
    keys, base:
        ``from_keys(keys, base)`` gives the magnitudes back, at most 2⁻¹² off.
    """
    bits = x.view(np.int32) >> _SHIFT
    base = int(bits.max()) - (_LEVELS - 1)
    np.maximum(bits, base, out=bits)
    bits -= base + _LEVELS // 2
    return bits.astype(np.int16), base


def from_keys(keys: Keys, base: int) -> Float32:
    """The magnitudes that :func:`to_keys` rounded."""
    bits = keys.astype(np.int32)
    bits <<= _SHIFT
    bits += ((base + _LEVELS // 2) << _SHIFT) + (1 << (_SHIFT - 1))
    return bits.view(np.float32)


def separate(samples: Float32, spectrum: Spectrum) -> tuple[Float32, Float32, float]:
    """Harmonic and percussive signals, and the harmonic share of the energy.

    A steady tone survives the median over 31 frames, a click the one over 31 bins. Of each bin the
    share of the first in the sum of their squares is harmonic, one half where both vanish. The
    shares sum to one and the transform is linear, so the percussive signal is what the harmonic
    one leaves.

    Returns
    -------
    harmonic, percussive, share:
        Two signals of the length of ``samples``; energy of the masked spectra, 0 to 1.
    """
    keys, base = to_keys(spectrum.magnitude[:, :BINS])
    steady = running_median(keys)
    sudden = running_median(np.ascontiguousarray(keys.T)).T
    signal = _OverlapAdd(len(keys))
    sums = np.zeros(3)  # of the power, once, once and twice times the mask
    for start in range(0, len(keys), _BLOCK):
        rows = slice(start, start + _BLOCK)
        mask = _mask(steady[rows], np.ascontiguousarray(sudden[rows]), base)
        signal.add(start, spectrum.transform[rows] * mask)
        power = spectrum.power[rows, :BINS]
        part = power * mask
        sums += power.sum(), part.sum(), np.vdot(part, mask)
    tonal = signal.result(len(samples))
    kept, left = sums[2], max(0, sums[0] - 2 * sums[1] + sums[2])  # of m² P and of (1 - m)² P
    return tonal, samples - tonal, float(kept / (kept + left))


def _mask(steady: Keys, sudden: Keys, base: int) -> Float32:
    """Share of each bin that is harmonic, 0 to 1."""
    ratio = from_keys(sudden, base)
    ratio /= from_keys(steady, base)
    ratio *= ratio
    ratio += 1
    return np.divide(1, ratio, out=ratio)


class _OverlapAdd:
    """Inverse of the shared transform: least squares over overlapping frames, as ``librosa.istft``."""

    def __init__(self, frames: int) -> None:
        self._window = hann(N_FFT).astype(np.float32)
        self._rows = np.zeros((frames + _OVERLAP - 1, HOP), np.float32)
        self._frames = frames

    def add(self, start: int, transform: NDArray[np.complex64]) -> None:
        """Add consecutive frames, the first of which is frame ``start``."""
        frames = scipy.fft.irfft(transform, N_FFT, overwrite_x=True)
        frames *= self._window
        parts = frames.reshape(-1, _OVERLAP, HOP)
        for i in range(_OVERLAP):
            self._rows[start + i : start + i + len(parts)] += parts[:, i]

    def result(self, length: int) -> Float32:
        """The signal without the half frame in front; ``(length,)``."""
        weights = np.zeros_like(self._rows)
        for i, part in enumerate(np.square(self._window).reshape(_OVERLAP, HOP)):
            weights[i : i + self._frames] += part
        self._rows /= np.maximum(weights, np.finfo(np.float32).tiny)
        return self._rows.reshape(-1)[N_FFT // 2 : N_FFT // 2 + length]
