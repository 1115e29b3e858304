"""Onsets and tempo from the mel spectrogram in decibels."""

from __future__ import annotations

import numpy as np
import scipy.fft

from genre_desktop.ml.dsp.filters import HOP, N_FFT, SAMPLE_RATE, Float32, Float64, hann

_FRAME_RATE = SAMPLE_RATE / HOP
_LAG_ONSET = 1 + N_FFT // (2 * HOP)  # a difference is one frame late, a centred frame two early
_WINDOW = int(8.0 * _FRAME_RATE)  # frames of the tempogram, 8 s


def onset_strengths(mel_db: Float32) -> tuple[Float32, Float32]:
    """How much louder the bands became since the last frame: their mean, and their median.

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
    return _delayed(mean), _delayed(median)


def _delayed(onsets: Float32) -> Float32:
    frames = len(onsets) + 1
    return np.concatenate([np.zeros(_LAG_ONSET, np.float32), onsets])[:frames]


def tempo(onsets: Float32) -> float:
    """The best tempo in beats a minute, around 120 by a log-normal prior of one octave.

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
    """Mean over all 8 s windows of their autocorrelation, 1 at lag 0; ``(344,)``."""
    ramp = np.pad(onsets.astype(np.float32), _WINDOW // 2, mode="linear_ramp", end_values=0)
    frames = np.lib.stride_tricks.sliding_window_view(ramp, _WINDOW)[: len(onsets)]
    frames = frames * hann(_WINDOW).astype(np.float32)
    energy = np.einsum("tn,tn->t", frames, frames)
    weight = np.where(energy > np.finfo(np.float32).tiny, 1 / np.maximum(energy, 1e-30), 1)
    size = scipy.fft.next_fast_len(2 * _WINDOW - 1, real=True)
    bins = scipy.fft.rfft(frames, size)
    power = weight @ np.square(bins.real) + weight @ np.square(bins.imag)
    return np.asarray(scipy.fft.irfft(power.astype(np.float64), size)[:_WINDOW] / len(onsets))


def onset_rate(onsets: Float32, duration_s: float) -> float:
    """Onsets a second: local peaks of the strength that stand out from the mean around them.

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
    return _spaced(peaks, wait=int(0.03 * _FRAME_RATE)) / duration_s


def _spaced(peaks: np.ndarray, wait: int) -> int:
    """How many peaks stay when the ``wait`` frames after each are skipped."""
    count, free = 0, -1
    for peak in peaks.tolist():
        if peak > free:
            count += 1
            free = peak + wait
    return count
