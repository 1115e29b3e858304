"""Measures of single frames, taken while a frame's spectrum is in the cache and shared by overlapping windows.

What they say of the power spectrum leaves out bins 0 and 1: the mean of a window appears there, and only there, so
these bins are added for each window. Everything else does not depend on the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp import spectral_shape
from genre_desktop.ml.features.dsp.filter_banks import BINS, N_FFT, Float32, Float64
from genre_desktop.ml.features.dsp.mel import mel, mel_of_lowest
from genre_desktop.ml.features.dsp.spectral_shape import (
    AMIN,
    SpectralShape,
    contrast_bands,
    decibels,
)

LOWEST = 2
"""Bins in which the mean of a window appears."""
BLOCK = 128
"""Frames measured together: half a megabyte of each spectrogram."""

Rows = NDArray[Any]


@dataclass(frozen=True, slots=True)
class FrameMeasure:
    """One computation: ``of`` the magnitude or the power of some frames, one row each."""

    width: int
    dtype: type[np.floating]
    of: Callable[[Float32], Rows]
    power: bool = True

    def allocate(self, count: int) -> Rows:
        """Return uninitialised rows."""
        return np.empty((count, self.width), self.dtype)


def _shape(magnitude: Float32) -> Rows:
    shape = SpectralShape.of(magnitude)
    centroid = shape.centroid()
    return np.stack([centroid, shape.bandwidth(centroid), *shape.rolloff(0.85)], axis=1)


def _sums(power: Float32) -> Rows:
    return SpectralShape.of(power).sums


def _flatness(power: Float32) -> Rows:
    """Return the sums of the logarithm and of the square of the power, clipped, and of its square as it is."""
    clipped = np.maximum(power[:, LOWEST:BINS], np.float32(np.sqrt(AMIN)))
    square = np.einsum("tf,tf->t", clipped, clipped)
    if power.max(initial=0) < 1e12:  # a third of the logarithms: the products stay in the range of float32
        a, b, c = np.split(clipped, 3, axis=1)
        clipped = a * b * c
    logarithm = np.log(clipped).sum(axis=1)
    energy = np.einsum("tf,tf->t", power, power)
    return np.stack([logarithm, square, energy], axis=1)


def _contrast(power: Float32) -> Rows:
    """Return the means of the highest and lowest 2 % of each band: first all peaks, then all valleys."""
    bands = contrast_bands()
    out = np.empty((2, len(bands), len(power)))
    for i, (low, high, count) in enumerate(bands):
        band = power[:, max(low, LOWEST) : high]
        if count == 1:
            out[0, i], out[1, i] = band.max(axis=1), band.min(axis=1)
        else:
            ordered = np.sort(band, axis=1)
            out[0, i], out[1, i] = ordered[:, -count:].mean(axis=1), ordered[:, :count].mean(axis=1)
    return out.reshape(-1, len(power)).T


SHAPE = FrameMeasure(3, np.float64, _shape, power=False)
SUMS = FrameMeasure(spectral_shape.SUMS, np.float64, _sums)
FLATNESS = FrameMeasure(3, np.float64, _flatness)
CONTRAST = FrameMeasure(14, np.float64, _contrast)
MEL = FrameMeasure(128, np.float32, mel)


def full_shape(sums: Rows, power: Float32) -> SpectralShape:
    """Return the shape of the power spectrum from its :data:`SUMS` and its lowest bins."""
    return SpectralShape(power, sums).with_lowest(LOWEST)


def full_mel(rows: Rows, power: Float32) -> Float32:
    """Return the mel spectrogram from :data:`MEL` and the lowest bins of the power."""
    whole: Float32 = rows.copy()
    bank = mel_of_lowest(LOWEST)
    whole[:, : bank.shape[1]] += power[:, :LOWEST] @ bank
    return whole


def flatness(rows: Rows, power: Float32) -> Float64:
    """Return the geometric over the arithmetic mean of the squared power of each frame, 0 to 1.

    ``librosa.feature.spectral_flatness(S=P)`` squares its input, here a power.
    """
    lowest = np.maximum(power[:, :LOWEST], np.float32(np.sqrt(AMIN))).astype(np.float64)
    logarithm = rows[:, 0] + np.log(lowest).sum(axis=1)
    square = rows[:, 1] + np.square(lowest).sum(axis=1)
    return np.asarray(np.exp(2 * logarithm / BINS) / (square / BINS))


def power_rms(rows: Rows, power: Float32) -> Float64:
    """Return ``librosa.feature.rms(S=P)``, which treats the power as a magnitude and squares it."""
    lowest, highest = power[:, :LOWEST].astype(np.float64), power[:, BINS - 1].astype(np.float64)
    ends = np.square(lowest[:, 0]) + np.square(highest)
    energy = rows[:, 2] + np.square(lowest).sum(axis=1) - 0.5 * ends
    return np.asarray(np.sqrt(2 * energy / N_FFT**2))


def contrast(rows: Rows, power: Float32) -> Float64:
    """Return peak over valley in dB in seven bands, the lowest to 200 Hz, then octaves; ``(frames, 7)``.

    Peak and valley are the means of the highest and lowest 2 % of a band, of the lowest band the extremes.
    Source: D. Jiang et al., "Music type classification by spectral contrast feature", 2002.
    """
    peaks, valleys = (part.copy() for part in np.split(rows, 2, axis=1))
    lowest = power[:, :LOWEST]
    peaks[:, 0] = np.maximum(peaks[:, 0], lowest.max(axis=1))
    valleys[:, 0] = np.minimum(valleys[:, 0], lowest.min(axis=1))
    return np.asarray(decibels(peaks) - decibels(valleys))
