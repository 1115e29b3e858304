"""Chroma from a constant-Q transform, and tonal centroids from the chroma.

Seven octaves from C1, 36 filters each. Every octave uses the same filters on a signal of half the
rate of the next higher one. Source: C. Schörkhuber and A. Klapuri, "Constant-Q transform toolbox for
music processing", 2010, as in ``librosa.cqt``; frames are multiplied by the filters directly, where
librosa computes a Fourier transform of each frame. The top octave ends at 4.2 kHz, so half of the
schema's rate is enough for it: inside a clip every octave is computed at half the rate that librosa
uses, with filters that were halved as the signal was.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import soxr
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.chroma import max_normalize
from genre_desktop.ml.features.dsp.filter_banks import HOP, SAMPLE_RATE, Float32, Float64, hann
from genre_desktop.ml.features.dsp.frame_cache import NO_CACHE, Arrays, NoFrameCache, RowRanges, in_blocks

OCTAVES = 7
_PER_OCTAVE = 36
_PER_CLASS = _PER_OCTAVE // 12
_SIZE = 1024  # the longest filter, rounded up to a power of two
_REACH = 48  # samples to either side of the low-pass filter through which the filters themselves are halved
_BLOCK = 256  # frames multiplied together: half a megabyte, which stays in the cache
_C1 = 440.0 * 2.0 ** (-45 / 12)
_RATIO = 2.0 ** (1 / _PER_OCTAVE)
_Q = (_RATIO**2 + 1) / (_RATIO**2 - 1)
_DROPPED = 0.01  # share of each filter's spectrum that librosa sets to zero
_RESAMPLED = 128  # samples at the ends of a halved signal that depend on where it begins or ends
_RINGING = 64  # samples at the ends of a clip from which its halved signal differs notably
_QUIET = 1e-3  # of the loudest response. The rounding errors of halving, 1e-7 of the peak, depend on where it
# starts; normalising a frame quieter than this amplifies them too much for cached rows.


def chroma_cqt(samples: Float32, tuning: float, cache: NoFrameCache = NO_CACHE) -> Float32:
    """Return the energy of the twelve pitch classes from C, ``(frames, 12)``; the maximum of a frame is 1.

    Parameters
    ----------
    samples:
        ``(n,)`` at 22050 Hz.
    tuning:
        Deviation from A4 = 440 Hz in thirds of a semitone.
    cache:
        Rows shared with the previous live window.
    """
    return transform(samples, tuning, cache).chroma()


@dataclass(frozen=True, slots=True)
class ConstantQ:
    """Magnitudes of the filters' responses.

    Attributes
    ----------
    total:
        ``(frames, 36)``: their sum over the octaves.
    octaves:
        ``(7, 36)``: their mean over the frames, the highest octave first.
    """

    total: Float32
    octaves: Float32

    def chroma(self) -> Float32:
        """Return the energy of the twelve pitch classes from C, ``(frames, 12)``; the maximum of a frame is 1."""
        # A pitch class is its own filter and the adjacent one on each side.
        classes = np.roll(self.total, _PER_CLASS // 2, axis=1).reshape(len(self.total), 12, _PER_CLASS)
        return np.asarray(max_normalize(classes.sum(axis=2)))


def transform(samples: Float32, tuning: float, cache: NoFrameCache = NO_CACHE) -> ConstantQ:
    """Return the constant-Q transform; parameters as for :func:`chroma_cqt`."""
    found = _responses(samples, tuning, cache)
    if cache.moved is not None and found.total.max(axis=1).min() < _QUIET * found.total.max():
        found = _responses(samples, tuning, NO_CACHE)
    return found


def _responses(samples: Float32, tuning: float, cache: NoFrameCache) -> ConstantQ:
    count, hop = 1 + len(samples) // HOP, HOP
    allocate = partial(_allocate, count)
    total, means = np.zeros((count, _PER_OCTAVE), np.float32), []
    for octave in range(OCTAVES):
        halved = _halved(samples, octave, cache)
        margin = -(-(_SIZE // 2 + _REACH + 2 * _RESAMPLED) // hop)
        compute = partial(_fill, samples, halved, hop, margin, tuning)
        (rows,) = cache.rows(f"octave {octave}", allocate, compute, margin, tuning)
        total += rows
        means.append(rows.mean(axis=0))
        samples, hop = halved, hop // 2
    return ConstantQ(total, np.stack(means))


def _allocate(count: int) -> Arrays:
    return (np.empty((count, _PER_OCTAVE), np.float32),)


def _fill(
    samples: Float32, halved: Float32, hop: int, margin: int, tuning: float, arrays: Arrays, ranges: RowRanges
) -> None:
    """Fill rows with the magnitudes of one octave.

    With each lower octave the filters double in length, and librosa divides their response by the
    root of the length; the signal is halved in rate with a gain of √2, which cancels that. An octave
    ends below half of what its rate can hold, so inside the clip the halved signal is enough for it;
    its ends lack what the resampler's filter rings beyond them.
    """
    (magnitudes,) = arrays
    edge = min(margin, -(-(_SIZE // 2 + _REACH + _RINGING) // hop))
    inside = slice(edge, len(magnitudes) - edge)
    for rows in ranges:
        first, last = np.clip([inside.start, inside.stop], rows.start, rows.stop).tolist()
        last = max(first, last)
        _respond(halved, hop // 2, _halved_filters(tuning), magnitudes, slice(first, last))
        for outer in (slice(rows.start, first), slice(last, rows.stop)):
            _respond(samples, hop, _filters(tuning), magnitudes, outer)


def _respond(samples: Float32, hop: int, filters: Float32, magnitudes: Float32, rows: slice) -> None:
    """Fill some rows with the magnitudes of the responses of filters ``(size, 72)``."""
    size, width = filters.shape
    excerpt = _excerpt(samples, rows.start * hop - size // 2, rows.stop * hop + size // 2)
    frames = np.lib.stride_tricks.sliding_window_view(excerpt, size)[::hop]
    block, response = np.empty((_BLOCK, size), np.float32), np.empty((_BLOCK, width), np.float32)
    for part in in_blocks([rows], _BLOCK):
        n = part.stop - part.start
        np.copyto(block[:n], frames[part.start - rows.start : part.stop - rows.start])
        np.matmul(block[:n], filters, out=response[:n])
        np.abs(response[:n].view(np.complex64), out=magnitudes[part])


def _excerpt(samples: Float32, start: int, stop: int) -> Float32:
    """Return the samples from ``start`` to ``stop``, with zeros before and after those of the signal."""
    inside = samples[max(0, start) : max(0, stop)]
    if start >= 0 and len(inside) == stop - start:
        return inside
    padded = np.zeros(stop - start, np.float32)
    padded[max(0, -start) : max(0, -start) + len(inside)] = inside
    return padded


def tonnetz(chroma: Float32) -> Float64:
    """Return the tonal centroids on the circles of fifths, minor and major thirds, ``(frames, 6)``.

    Source: C. Harte et al., "Detecting harmonic change in musical audio", 2006.
    """
    sums = np.abs(chroma).sum(axis=1, keepdims=True)
    shares = chroma / np.where(sums < np.finfo(np.float32).tiny, 1, sums)
    return np.asarray(shares @ _tonal_circles())


def _halved(samples: Float32, octave: int, cache: NoFrameCache) -> Float32:
    """Return ``samples``, a clip halved ``octave`` times, at half its rate; kept in rows of one hop."""
    width = HOP >> (octave + 1)
    size = -(-len(samples) // 2)
    allocate = partial(_allocate_halved, -(-size // width), width)
    compute = partial(_fill_halved, samples)
    # What the resamplers of the octaves above could not see at the ends adds less than once more.
    margin = 1 + 2 * _RESAMPLED // width
    (rows,) = cache.rows(f"halved {octave}", allocate, compute, margin)
    return np.asarray(rows.reshape(-1)[:size])


def _allocate_halved(count: int, width: int) -> Arrays:
    return (np.zeros((count, width), np.float32),)


def _fill_halved(samples: Float32, arrays: Arrays, ranges: RowRanges) -> None:
    (rows,) = arrays
    width = rows.shape[1]
    for part in ranges:
        before = min(part.start * width, 2 * _RESAMPLED)
        excerpt = samples[2 * (part.start * width - before) : 2 * (part.stop * width + 2 * _RESAMPLED)]
        found = _halve_rate(excerpt)[before : before + (part.stop - part.start) * width]
        rows[part].reshape(-1)[: len(found)] = found


def _halve_rate(samples: Float32) -> Float32:
    """Resample to half the rate, with librosa's gain of √2 that preserves the energy."""
    return np.asarray(soxr.resample(samples, 2, 1, quality="soxr_hq") * np.float32(np.sqrt(2)))


@lru_cache(maxsize=32)
def _filters(tuning: float) -> Float32:
    """Return the filters of the top octave, each a column of real and one of imaginary parts; ``(1024, 72)``."""
    # Bin k of a frame's transform is sum(x[n] exp(-2πi k n / 1024)); the same sum over k converts the spectra
    # to one factor per sample.
    kernel = np.fft.fft(_spectra(tuning), _SIZE)
    return np.ascontiguousarray(kernel.T.astype(np.complex64)).view(np.float32)


@lru_cache(maxsize=32)
def _halved_filters(tuning: float) -> Float32:
    """Return the filters for a signal of half the rate with a gain of √2, ``(560, 72)``.

    The filters end abruptly, so taking every other sample would alias; they are smoothed first, which
    lengthens them a little.
    """
    return np.asarray(_smoother() @ _filters(tuning))


@lru_cache(maxsize=1)
def _smoother() -> Float32:
    """Return a low-pass filter, flat to 4.4 kHz, as a matrix that also halves the rate; ``(560, 1024)``."""
    n, cutoff = np.arange(-_REACH, _REACH + 1), 0.45  # of half the rate
    low_pass = np.sqrt(2) * cutoff * np.sinc(cutoff * n) * np.kaiser(len(n), 8.0)
    matrix = np.zeros((_SIZE // 2 + _REACH, _SIZE + 4 * _REACH), np.float32)
    for i, row in enumerate(matrix):
        row[2 * i : 2 * i + len(n)] = low_pass
    return np.ascontiguousarray(matrix[:, 2 * _REACH : -2 * _REACH])


def _spectra(tuning: float) -> NDArray[np.complex128]:
    """Return the weight of each bin of a frame's transform in each filter of the top octave; ``(36, 513)``."""
    hertz = _C1 * 2.0 ** (OCTAVES - 1 + (np.arange(_PER_OCTAVE) + tuning) / _PER_OCTAVE)
    lengths = _Q * SAMPLE_RATE / hertz
    waves = np.zeros((_PER_OCTAVE, _SIZE), np.complex64)
    for wave, length, f in zip(waves, lengths, hertz, strict=True):
        n = np.arange(-length // 2, length // 2)
        shape = np.exp(2j * np.pi * f / SAMPLE_RATE * n) * hann(len(n))
        start = (_SIZE - len(n)) // 2
        wave[start : start + len(n)] = shape / np.abs(shape).sum()
    waves *= (lengths[:, None] / _SIZE).astype(np.float32)
    bins = _zero_weakest(np.fft.fft(waves)[:, : _SIZE // 2 + 1])
    return np.asarray(bins / np.sqrt(lengths)[:, None])


def _zero_weakest(bins: np.ndarray) -> np.ndarray:
    """Set the weakest bins to zero, one hundredth of each row's sum of magnitudes."""
    size = np.abs(bins)
    ordered = np.sort(size, axis=1)
    shares = np.cumsum(ordered / size.sum(axis=1, keepdims=True), axis=1)
    threshold = ordered[np.arange(len(bins)), np.argmin(shares < _DROPPED, axis=1)]
    return np.where(size >= threshold[:, None], bins, 0)


@lru_cache(maxsize=1)
def _tonal_circles() -> Float64:
    """Return the coordinates of the pitch classes on three circles, ``(12, 6)``."""
    turns = np.array([7 / 6, 7 / 6, 3 / 2, 3 / 2, 2 / 3, 2 / 3])
    radius = np.array([1, 1, 1, 1, 0.5, 0.5])
    shift = np.array([0.5, 0, 0.5, 0, 0.5, 0])
    return np.asarray(radius * np.cos(np.pi * (np.arange(12)[:, None] * turns - shift)))
