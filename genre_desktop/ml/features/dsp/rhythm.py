"""Onsets and tempo from the mel spectrogram in decibels."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from genre_desktop.ml.features.dsp.filter_banks import HOP, N_FFT, SAMPLE_RATE, Float32, Float64, hann

_FRAME_RATE = SAMPLE_RATE / HOP
_LAG_ONSET = 1 + N_FFT // (2 * HOP)  # a difference is one frame late, a centred frame two early
_WINDOW = int(8.0 * _FRAME_RATE)  # frames of the tempogram, 8 s


def onset_strengths(mel_db: Float32) -> tuple[Float32, Float32]:
    """Return the mean and median increase of the bands since the previous frame.

    Parameters
    ----------
    mel_db:
        ``(frames, 128)`` decibels.

    Returns
    -------
    mean, median:
        ``(frames,)`` each, as ``librosa.onset.onset_strength`` with either aggregate.
    """
    rise = np.maximum(0, np.diff(mel_db, axis=0))
    half = rise.shape[1] // 2
    mean = rise.mean(axis=1)
    rise.sort(axis=1)
    median = rise[:, half - 1 : half + 1].mean(axis=1)
    return _delay(mean), _delay(median)


def _delay(onsets: Float32) -> Float32:
    frames = len(onsets) + 1
    return np.concatenate([np.zeros(_LAG_ONSET, np.float32), onsets])[:frames]


def tempo(onsets: Float32) -> float:
    """Estimate the tempo in beats per minute, with a log-normal prior around 120 of one octave.

    The autocorrelation of the onset strength in windows of 8 s, each normalised, is averaged over
    all windows. The average is taken of the windows' power spectra, so that one inverse
    transform is enough. Source: ``librosa.feature.tempo``.
    """
    lags = np.arange(1, _WINDOW)
    beats = 60 * _FRAME_RATE / lags
    prior = -0.5 * np.log2(beats / 120) ** 2
    prior[beats >= 320] = -np.inf
    strength = np.log1p(1e6 * np.maximum(mean_autocorrelation(onsets)[1:], 0))
    return float(beats[np.argmax(strength + prior)])


def mean_autocorrelation(onsets: Float32) -> Float64:
    """Return the mean autocorrelation of all 8 s windows, each 1 at lag 0; ``(344,)``.

    Written out, with windows starting at t, weights g (one over a window's energy) and the Hann
    window w, lag k is the sum over m of ``e[m] e[m+k] q[m]`` where q[m] is the sum over t of
    ``g[t] w[m-t] w[m+k-t]``. A product of two Hann windows is a sum of cosines, so the sum over t
    is a difference of prefix sums of g, ``g exp(-iθt)`` and ``g exp(-2iθt)``: one at m, one at m+k.
    Each then belongs to one factor, and all lags together are a few cross-correlations.
    """
    count = len(onsets)
    ramp = np.pad(onsets, _WINDOW // 2, mode="linear_ramp", end_values=0).astype(np.float64)
    e = ramp[: count + _WINDOW - 1]
    energy = np.convolve(e**2, hann(_WINDOW)[::-1] ** 2, "valid")
    g = np.where(energy > np.finfo(np.float32).tiny, 1 / np.maximum(energy, 1e-30), 0)
    if (
        g.sum() * np.square(e).max() > 1e10
    ):  # an almost silent window: the differences would be rounding errors
        return _mean_autocorrelation_by_window(e, g)
    turns = _turns(len(e))
    eu = e * turns
    back = turns[:count].conj()
    sums = [np.cumsum(g * factor) for factor in (np.complex128(1), back, back**2)]
    begun = [np.append(x, np.full(_WINDOW - 1, x[-1])) for x in sums]
    over = [np.append(np.zeros(_WINDOW), x)[: len(e)] for x in sums]
    level = _correlate((e * begun[0], e), (-e, e * over[0]))
    first = _correlate((eu * begun[1], e), (e * begun[1], eu), (-eu, e * over[1]), (-e, eu * over[1]))
    second = _correlate((eu * begun[2], eu), (-eu, eu * over[2]))
    total = (1 + 0.5 * turns[:_WINDOW].real) * level - first + 0.5 * second
    return np.asarray(total.real / (4 * count))


@lru_cache(maxsize=4)
def _turns(length: int) -> NDArray[np.complex128]:
    """Return points of the unit circle, one turn in a window; ``(length,)``."""
    return np.asarray(np.exp(2j * np.pi / _WINDOW * np.arange(length)))


def _mean_autocorrelation_by_window(e: Float64, g: Float64) -> Float64:
    """Compute the same window by window, from the mean of the power spectra."""
    frames = np.lib.stride_tricks.sliding_window_view(e, _WINDOW) * hann(_WINDOW)
    size = scipy.fft.next_fast_len(2 * _WINDOW - 1, real=True)
    power = g @ np.square(np.abs(scipy.fft.rfft(frames, size)))
    return np.asarray(scipy.fft.irfft(power, size)[:_WINDOW] / len(g))


def _correlate(*pairs: tuple[NDArray[Any], NDArray[Any]]) -> NDArray[Any]:
    """Return the sum over the pairs (a, b) of ``sum(a[m] b[m + k])`` for each lag k of a window."""
    size = scipy.fft.next_fast_len(len(pairs[0][0]) + _WINDOW)
    bins = sum(scipy.fft.fft(a.conj(), size).conj() * scipy.fft.fft(b, size) for a, b in pairs)
    return np.asarray(scipy.fft.ifft(bins)[:_WINDOW])


def onset_rate(onsets: Float32, duration_s: float) -> float:
    """Return the onsets per second: peaks of the strength that exceed the local mean.

    Source: S. Böck et al., "Evaluating the online capabilities of onset detection methods", 2012;
    ``librosa.onset.onset_detect`` at its defaults.
    """
    if not onsets.any():
        return 0.0
    x = onsets - onsets.min()
    x = (x / (x.max() + np.finfo(x.dtype).tiny)).astype(np.float64)
    before, after = int(0.10 * _FRAME_RATE), int(0.10 * _FRAME_RATE) + 1
    index = np.arange(len(x))
    low, high = np.maximum(0, index - before), np.minimum(len(x), index + after)
    sums = np.concatenate([[0.0], np.cumsum(x)])
    mean = (sums[high] - sums[low]) / (high - low)
    rising = np.concatenate([[True], x[1:] >= x[:-1]])
    peaks = np.flatnonzero(rising & (x >= mean + 0.07))
    return _count_spaced(peaks, wait=int(0.03 * _FRAME_RATE)) / duration_s


def _count_spaced(peaks: np.ndarray, wait: int) -> int:
    """Count the peaks, ignoring those within ``wait`` frames after a counted one."""
    count, free = 0, -1
    for peak in peaks.tolist():
        if peak > free:
            count += 1
            free = peak + wait
    return count
