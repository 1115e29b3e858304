"""Harmonic-percussive separation, reduced to what the statistics of the parts need.

Source: D. Fitzgerald, "Harmonic/percussive separation using median filtering", 2010, with the
soft masks of J. Driedger et al., 2014, as in ``librosa.effects.hpss`` at margin 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import BINS, HOP, N_FFT, Float32, Float64, hann
from genre_desktop.ml.features.dsp.frame_cache import NO_CACHE, Arrays, NoFrameCache, RowRanges, in_blocks
from genre_desktop.ml.features.dsp.median_filter import SIZE, running_median
from genre_desktop.ml.features.dsp.stft import OUTSIDE, Spectrum

_BLOCK = 32  # frames processed together: they stay in the cache
_OVERLAP = N_FFT // HOP
_SHIFT = 12  # of the 23 fraction bits of a float32, 11 are kept
_LEVELS = 1 << 16
_REACH = SIZE // 2  # frames to either side of a median
_MARGIN = OUTSIDE + _REACH + _OVERLAP - 1

Keys = NDArray[np.int16]


def to_keys(x: Float32) -> tuple[Keys, int]:
    """Convert magnitudes to 16-bit numbers in the same order, for medians at half the memory.

    The bits of a non-negative float32 increase with its value. Exponent and 11 bits of fraction
    are kept: steps of 2⁻¹¹ of the value down to 192 dB below the loudest, as good as zero.

    Returns
    -------
    keys, base:
        ``from_keys(keys, base)`` returns the magnitudes with a relative error of at most 2⁻¹².
    """
    bits = x.view(np.int32) >> _SHIFT
    base = int(bits.max()) - (_LEVELS - 1)
    np.maximum(bits, base, out=bits)
    bits -= base + _LEVELS // 2
    return bits.astype(np.int16), base


def from_keys(keys: Keys, base: int) -> Float32:
    """Return the magnitudes that :func:`to_keys` rounded."""
    bits = keys.astype(np.int32)
    bits <<= _SHIFT
    bits += ((base + _LEVELS // 2) << _SHIFT) + (1 << (_SHIFT - 1))
    return bits.view(np.float32)


@dataclass(frozen=True, slots=True)
class Parts:
    """Means and variances of the harmonic and the percussive signal, and the harmonic share of the energy."""

    harmonic: tuple[float, float]
    percussive: tuple[float, float]
    share: float


def separate(samples: Float32, spectrum: Spectrum, cache: NoFrameCache = NO_CACHE) -> Parts:
    """Separate a clip, the parts of which are measured row by row and not kept.

    The median over 31 frames preserves steady tones, the one over 31 bins preserves clicks. The
    harmonic share of a bin is the first's share in the sum of their squares, one half where both
    vanish. The shares sum to one and the transform is linear, so the percussive signal is the
    remainder.
    """
    rows = _HarmonicRows(samples, spectrum)
    signals, powers = cache.rows("hpss", rows.allocate, rows.compute, _MARGIN)
    sums = powers.sum(axis=0)
    harmonic, percussive = sums[2], max(0, sums[0] - 2 * sums[1] + sums[2])  # of m² P and of (1 - m)² P
    counts = rows.counts()
    return Parts(
        _pooled(counts, signals[:, 0], signals[:, 1]),
        _pooled(counts, signals[:, 2], signals[:, 3]),
        float(harmonic / (harmonic + percussive)),
    )


def _pooled(counts: NDArray[np.intp], means: Float64, squares: Float64) -> tuple[float, float]:
    """Return mean and variance of all samples from those of rows; ``squares`` are sums about a row's mean."""
    total = counts.sum()
    mean = float(counts @ means / total)
    return mean, float((squares.sum() + counts @ np.square(means - mean)) / total)


class _HarmonicRows:
    """Computes statistics of rows of both signals, 512 samples each, and the power sums of the masks.

    Row r of the signals is where frames r - 3 to r overlap; row r of the sums belongs to frame r.
    """

    def __init__(self, samples: Float32, spectrum: Spectrum) -> None:
        self._samples, self._spectrum = samples, spectrum
        self._window = hann(N_FFT).astype(np.float32)
        self._inner_weights = np.square(self._window).reshape(_OVERLAP, HOP).sum(axis=0)

    def allocate(self) -> Arrays:
        """Return arrays for all rows: means and squares about them of both signals, and power sums."""
        count = len(self._spectrum) + _OVERLAP - 1
        return np.zeros((count, 4)), np.zeros((count, 3))

    def counts(self) -> NDArray[np.intp]:
        """Return the samples in each row; the rows before and after the clip have none."""
        starts = (np.arange(len(self._spectrum) + _OVERLAP - 1) - _OVERLAP // 2) * HOP
        return np.where(starts < 0, 0, np.clip(len(self._samples) - starts, 0, HOP))

    def compute(self, arrays: Arrays, ranges: RowRanges) -> None:
        """Fill some rows."""
        signals, powers = arrays
        frames = [slice(max(0, r.start - _OVERLAP + 1), min(r.stop, len(self._spectrum))) for r in ranges]
        masks = self._masks(frames)
        for rows, its in zip(ranges, frames, strict=True):
            signals[rows] = 0
            # Frames are added block by block; the last rows of a block wait for the frames of the next.
            waiting, done = np.zeros((_OVERLAP - 1, HOP), np.float32), its.start
            for part in in_blocks([its], _BLOCK):
                mask = next(masks)
                added = np.zeros((part.stop - part.start + _OVERLAP - 1, HOP), np.float32)
                added[: _OVERLAP - 1] = waiting
                self._overlap_add(added, self._spectrum.transform[part] * mask)
                powers[part] = _power_sums(self._spectrum.power[part, :BINS], mask)
                waiting = added[-_OVERLAP + 1 :]
                self._measure(signals, added[: -_OVERLAP + 1], done, rows)
                done = part.stop
            self._measure(signals, waiting, done, rows)

    def _measure(self, signals: Float64, added: Float32, first: int, wanted: slice) -> None:
        """Write the statistics of rows from ``first`` on, where they are wanted and inside the clip."""
        start = max(first, wanted.start, _OVERLAP // 2)
        stop = min(first + len(added), wanted.stop, _OVERLAP // 2 - (-len(self._samples) // HOP))
        if start >= stop:
            return
        added = added[start - first : stop - first]
        if start >= _OVERLAP - 1 and stop <= len(self._spectrum):
            added /= self._inner_weights
        else:
            added /= self._weights(slice(start, stop))
        begin, end = ((row - _OVERLAP // 2) * HOP for row in (start, stop))
        samples, n = self._samples[begin:end], len(self._samples)
        if end > n:
            _moments(added[-1:, : n % HOP], samples[-(n % HOP) :].reshape(1, -1), signals[stop - 1 : stop])
            added, samples, stop = added[:-1], samples[: -(n % HOP)], stop - 1
        _moments(added, samples.reshape(-1, HOP), signals[start:stop])

    def _masks(self, ranges: RowRanges) -> Iterator[Float32]:
        """Yield the masks of some frames, block by block.

        The medians of all ranges are computed together: they take hundreds of calls, however few the rows.
        """
        count, magnitude = len(self._spectrum), self._spectrum.magnitude
        around = [slice(max(0, s.start - _REACH), min(s.stop + _REACH, count)) for s in ranges]
        keys, base = to_keys(_concatenate([magnitude[rows, :BINS] for rows in around]))
        inside = [
            slice(at.start + rows.start - its.start, at.start + rows.stop - its.start)
            for at, rows, its in zip(_concatenated_ranges(around), ranges, around, strict=True)
        ]
        steady = running_median(keys)  # the rows around separate the ranges
        sudden = running_median(np.ascontiguousarray(_concatenate([keys[rows] for rows in inside]).T)).T
        blocks = in_blocks(inside, _BLOCK), in_blocks(_concatenated_ranges(ranges), _BLOCK)
        for one, other in zip(*blocks, strict=True):
            yield _mask(steady[one], np.ascontiguousarray(sudden[other]), base)

    def _overlap_add(self, rows: Float32, transform: NDArray[np.complex64]) -> None:
        """Add consecutive frames, the first of which starts at the first row."""
        frames = scipy.fft.irfft(transform, N_FFT, overwrite_x=True)
        frames *= self._window
        parts = frames.reshape(-1, _OVERLAP, HOP)
        for i in range(_OVERLAP):
            into = rows[i : i + len(parts)]
            into += parts[: len(into), i]

    def _weights(self, rows: slice) -> Float32:
        """Return the sums of overlapping squared windows, for a least-squares inverse as ``librosa.istft``."""
        weights = np.zeros((rows.stop - rows.start, HOP), np.float32)
        for i, part in enumerate(np.square(self._window).reshape(_OVERLAP, HOP)):
            first, end = max(i - rows.start, 0), max(i + len(self._spectrum) - rows.start, 0)
            weights[first:end] += part
        return np.asarray(np.maximum(weights, np.finfo(np.float32).tiny, out=weights))


def _moments(harmonic: Float32, samples: Float32, out: Float64) -> None:
    """Write mean and sum of squares about it of each row, of the harmonic signal and of the remainder."""
    for i, rows in enumerate((harmonic, samples - harmonic)):
        mean = rows.mean(axis=1, keepdims=True)
        out[:, 2 * i] = mean[:, 0]
        rows -= mean
        out[:, 2 * i + 1] = np.einsum("rn,rn->r", rows, rows)


def _concatenate(parts: list[NDArray[Any]]) -> NDArray[Any]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _concatenated_ranges(ranges: RowRanges) -> list[slice]:
    """Return the positions of ranges after concatenation."""
    ends = np.cumsum([s.stop - s.start for s in ranges]).tolist()
    return [slice(start, end) for start, end in pairwise([0, *ends])]


def _power_sums(power: Float32, mask: Float32) -> NDArray[np.float64]:
    """Return for each frame the sums of power, power × mask and power × mask²; ``(frames, 3)``."""
    part = power * mask
    sums = np.einsum("tf->t", power), np.einsum("tf->t", part), np.einsum("tf,tf->t", part, mask)
    return np.stack(sums, axis=1).astype(np.float64)


def _mask(steady: Keys, sudden: Keys, base: int) -> Float32:
    """Return the harmonic share of each bin, 0 to 1."""
    ratio = from_keys(sudden, base)
    ratio /= from_keys(steady, base)
    ratio *= ratio
    ratio += 1
    return np.divide(1, ratio, out=ratio)
