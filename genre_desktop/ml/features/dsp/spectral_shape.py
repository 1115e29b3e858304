"""Spectral shape of each frame: centroid, bandwidth, roll-off, trend.

A frame's 1025 bins, padded to 33 bands of 32, are first summed band by band. These sums give exact
moments, without the cancellation of plain float32 sums on a pure tone, and reduce the search for a
roll-off to one band.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import (
    BINS,
    N_FFT,
    PADDED_BINS,
    SAMPLE_RATE,
    Float32,
    Float64,
    frequencies,
)

_WIDTH = 32
_BANDS = PADDED_BINS // _WIDTH
_HZ = SAMPLE_RATE / N_FFT
_CENTRES = (np.arange(_BANDS) * _WIDTH + (_WIDTH - 1) / 2) * _HZ
AMIN = 1e-10
"""Minimum power; smaller values are clipped (librosa's ``amin``)."""


SUMS = _BANDS + 3
"""Numbers in which :class:`SpectralShape` holds a frame."""


@dataclass(frozen=True, slots=True)
class SpectralShape:
    """Sums over each frame and each of its bands.

    Attributes
    ----------
    rows:
        ``(frames, 1056)``: the magnitude or power spectrogram, zero from column 1025 on.
    sums:
        ``(frames, 36)`` float64: the sum of each band, then the frame's sum, and the same weighted by the
        frequency (Hz) and by its square.
    """

    rows: Float32
    sums: Float64

    @classmethod
    def of(cls, rows: Float32) -> SpectralShape:
        """Sum the bands of a padded spectrogram."""
        moments = (rows.reshape(-1, _WIDTH) @ _offset_powers()).reshape(len(rows), _BANDS, 3)
        zeroth, first, second = np.ascontiguousarray(np.moveaxis(moments, 2, 0), np.float64)
        sums = np.empty((len(rows), SUMS))
        sums[:, :_BANDS] = zeroth
        sums[:, _BANDS] = zeroth.sum(axis=1)
        sums[:, _BANDS + 1] = first.sum(axis=1) + zeroth @ _CENTRES
        sums[:, _BANDS + 2] = second.sum(axis=1) + first @ (2 * _CENTRES) + zeroth @ _CENTRES**2
        return cls(rows, sums)

    def with_lowest(self, bins: int) -> SpectralShape:
        """Return the shape after adding the lowest bins, which the sums lack."""
        sums, added = self.sums.copy(), self.rows[:, :bins].astype(np.float64)
        sums[:, 0] += added.sum(axis=1)
        sums[:, _BANDS:] += added @ np.vander(np.arange(bins) * _HZ, 3, increasing=True)
        return SpectralShape(self.rows, sums)

    def centroid(self) -> Float64:
        """Return the mean frequency of each frame in Hz; 0 for silent frames."""
        return np.asarray(self.sums[:, _BANDS + 1] / _or_one(self.sums[:, _BANDS]))

    def bandwidth(self, centroid: Float64) -> Float64:
        """Return the standard deviation of frequency around the centroid, in Hz."""
        total, first, second = self.sums[:, _BANDS:].T
        spread = second + centroid * (centroid * total - 2 * first)
        return np.asarray(np.sqrt(np.maximum(spread, 0) / _or_one(total)))

    def rolloff(self, *shares: float) -> tuple[Float64, ...]:
        """Return the lowest frequencies in Hz below which ``shares`` of each frame's sum lie."""
        frames = np.arange(len(self.rows))
        cumulative = np.cumsum(self.sums[:, :_BANDS], axis=1)
        found = []
        for share in shares:
            target = share * cumulative[:, -1:]
            band = np.count_nonzero(cumulative < target, axis=1)
            inside = self.rows.reshape(-1, _BANDS, _WIDTH)[frames, band].astype(np.float64)
            inside[:, 0] += np.where(band > 0, cumulative[frames, band - 1], 0)
            first = np.count_nonzero(np.cumsum(inside, axis=1) < target, axis=1)
            found.append((band * _WIDTH + np.minimum(first, _WIDTH - 1)) * _HZ)
        return tuple(found)

    def parabola(self) -> Float64:
        """Return the coefficients of a quadratic fit to each frame, highest power first; ``(frames, 3)``."""
        nyquist = SAMPLE_RATE / 2
        scale = np.array([nyquist**2, nyquist, 1])
        weighted = self.sums[:, : _BANDS - 1 : -1] / scale
        powers = np.vander(frequencies() / nyquist, 3)
        return np.asarray(np.linalg.solve(powers.T @ powers, weighted.T).T / scale)


@lru_cache(maxsize=1)
def _offset_powers() -> Float32:
    """Return the distance in Hz from a band's centre, to the powers 0, 1 and 2; ``(32, 3)``."""
    away = (np.arange(_WIDTH) - (_WIDTH - 1) / 2) * _HZ
    return np.stack([np.ones(_WIDTH), away, away**2], axis=1).astype(np.float32)


def _or_one(x: Float64) -> Float64:
    return np.where(x < np.finfo(np.float32).tiny, 1, x)


@lru_cache(maxsize=1)
def contrast_bands() -> tuple[tuple[int, int, int], ...]:
    """Return first bin, end bin and number of peak bins of each band."""
    edges, f = [0.0, *(200.0 * 2**i for i in range(7))], frequencies()
    bands = []
    for i, (low, high) in enumerate(pairwise(edges)):
        inside = np.flatnonzero((f >= low) & (f <= high))
        start, end = int(inside[0]) - (i > 0), int(inside[-1]) + 1
        if i == 6:
            end = BINS
        count = max(round(0.02 * (end - start)), 1)
        bands.append((start, end if i == 6 else end - 1, count))
    return tuple(bands)


def decibels(power: NDArray[Any], below_top: float = 80.0) -> NDArray[Any]:
    """Convert power to dB, clipped ``below_top`` under the maximum (``librosa.power_to_db``)."""
    level = 10 * np.log10(np.maximum(power, power.dtype.type(AMIN)))
    return np.asarray(np.maximum(level, level.max() - power.dtype.type(below_top)))
