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

_BLOCK = 64
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


def harmonic_mask(magnitude: Float32) -> Float32:
    """Share of each bin that is harmonic, ``(frames, 1025)``; the rest is percussive.

    A steady tone survives the median over 31 frames, a click the one over 31 bins. The mask is
    the share of the first in the sum of their squares, one half where both vanish.
    """
    keys, base = to_keys(magnitude[:, :BINS])
    steady = running_median(keys)
    sudden = np.ascontiguousarray(running_median(np.ascontiguousarray(keys.T)).T)
    mask = np.empty(keys.shape, np.float32)
    for start in range(0, len(mask), _BLOCK):
        rows = slice(start, start + _BLOCK)
        ratio = from_keys(sudden[rows], base)
        ratio /= from_keys(steady[rows], base)
        ratio *= ratio
        ratio += 1
        np.divide(1, ratio, out=mask[rows])
    return mask


def separate(samples: Float32, spectrum: Spectrum) -> tuple[Float32, Float32, float]:
    """Harmonic and percussive signals, and the harmonic share of the energy.

    The masks sum to one and the transform is linear, so the percussive signal is what the
    harmonic one leaves. ``spectrum.transform`` is overwritten.

    Returns
    -------
    harmonic, percussive, share:
        Two signals of the length of ``samples``; energy of the masked spectra, 0 to 1.
    """
    mask = harmonic_mask(spectrum.magnitude)
    power = spectrum.power[:, :BINS]
    soft = mask * mask * power
    harmonic_energy = float(soft.sum(dtype=np.float64))
    # (1 - m)² P = P - 2 m P + m² P, summed without another array
    percussive_energy = float(np.sum(np.square(1 - mask) * power, dtype=np.float64))
    transform = spectrum.transform
    transform.real *= mask
    transform.imag *= mask
    harmonic = overlap_add(transform, len(samples))
    return harmonic, samples - harmonic, harmonic_energy / (harmonic_energy + percussive_energy)


def overlap_add(transform: NDArray[np.complex64], length: int) -> Float32:
    """Inverse of :func:`~genre_desktop.ml.dsp.spectrum.spectrum` (least squares, as ``librosa.istft``)."""
    count, overlap = len(transform), N_FFT // HOP
    window = hann(N_FFT).astype(np.float32)
    rows = np.zeros((count + overlap - 1, HOP), np.float32)
    for start in range(0, count, _BLOCK):
        frames = scipy.fft.irfft(transform[start : start + _BLOCK], N_FFT)
        frames *= window
        parts = frames.reshape(-1, overlap, HOP)
        for i in range(overlap):
            rows[start + i : start + i + len(parts)] += parts[:, i]
    weights = np.zeros_like(rows)
    for i, part in enumerate(np.square(window).reshape(overlap, HOP)):
        weights[i : i + count] += part
    rows /= np.maximum(weights, np.finfo(np.float32).tiny)
    return rows.reshape(-1)[N_FFT // 2 : N_FFT // 2 + length]
