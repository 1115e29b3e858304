"""Tempo of a song from the periodicity of its onsets in three frequency bands.

The onset strength of each band is correlated with itself and with the other bands' (a bass drum and a snare that
alternate have peaks at half of their own periods), the windows of a song are averaged, and candidates are the tempo
whose first four multiples correlate most, weighted by a log-normal prior, and its metrical relatives. Which of them
is the beat is decided by a logistic ranking on the correlations at multiples of the candidate's period and on its
distance from 110 beats a minute; the weights are in ``data/tempo_and_key.npz``, made by
``tools/train_tempo_and_key.py`` from synthesised music, and clips with the tempo that Essentia finds.

Sources: D. Ellis, "Beat tracking by dynamic programming", 2007 (onset strength, prior); G. Percival and G. Tzanetakis,
"Streamlined tempo estimation based on autocorrelation and cross-correlation with pulses", 2014 (harmonics of the
period, and a classifier for its octave).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from genre_desktop.core.paths import shipped
from genre_desktop.ml.features.dsp.filter_banks import HOP, SAMPLE_RATE, Float32, Float64

FRAME_RATE = SAMPLE_RATE / HOP
LAGS = 520
"""Frames up to which onsets are correlated: 12 s."""
SLOWEST, FASTEST = 50.0, 210.0
"""Limits of a beat in beats per minute."""
LEAST_STRENGTH = 0.12
"""Mean correlation at the multiples of the beat below which a song has no clear beat."""

_BANDS = (slice(0, 7), slice(7, 44), slice(44, 128), slice(0, 128))
"""Mel bands of the onsets: to 200 Hz, to 1.2 kHz, above; and all."""
PAIRS = ((0, 0), (1, 1), (2, 2), (3, 3), (0, 1), (0, 2), (1, 2))
"""Bands that are correlated."""
_ALL = 3
_LOCAL_S = 1.0
_SMOOTH = np.array([0.25, 0.5, 0.25])
_GRID = np.exp(np.linspace(np.log(40), np.log(240), 1400))
_CENTRE, _OCTAVES = 110.0, 0.9
_RELATIVES = (1 / 3, 1 / 2, 2 / 3, 1.0, 3 / 2, 2.0, 3.0)
_MULTIPLES = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.0, 3 / 2, 2.0, 3.0, 4.0)
_LAG = np.arange(LAGS)


def pulse(mel_db: Float32) -> Float64:
    """Return the correlations of the onsets of one window, ``(7, LAGS)``.

    Parameters
    ----------
    mel_db:
        ``(frames, 128)`` decibels.
    """
    rise = np.maximum(0, np.diff(mel_db, axis=0))
    onsets = [_onsets(rise[:, band].mean(axis=1).astype(np.float64)) for band in _BANDS]
    count = len(rise)
    size = scipy.fft.next_fast_len(count + LAGS, real=True)
    spectra = [scipy.fft.rfft(onset, size) for onset in onsets]
    both = np.stack([scipy.fft.irfft(spectra[a] * spectra[b].conj(), size) for a, b in PAIRS])
    symmetric = (both[:, _LAG] + both[:, -_LAG]) / 2
    return np.asarray(symmetric / np.maximum(count - _LAG, 1))


def _onsets(strength: Float64) -> Float64:
    """Return what exceeds the mean of a second around it, smoothed, as standard scores."""
    around = np.hanning(int(_LOCAL_S * FRAME_RATE) | 1)
    above = np.maximum(0, strength - np.convolve(strength, around / around.sum(), "same"))
    smooth = np.convolve(above, _SMOOTH, "same")
    smooth -= smooth.mean()
    return np.asarray(smooth / (smooth.std() + 1e-2))


@dataclass(frozen=True, eq=False)
class BeatRanking:
    """Logistic ranking of candidates: ``mean``, ``scale`` and ``weights`` of their descriptors, ``(n,)`` each."""

    mean: Float64
    scale: Float64
    weights: Float64

    def best(self, descriptors: Float64) -> int:
        """Return the index of the best of the candidates ``(n_candidates, n)``."""
        return int(np.argmax((descriptors - self.mean) / self.scale @ self.weights))


@cache
def _ranking() -> BeatRanking:
    with shipped("data", "tempo_and_key.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return BeatRanking(*(stored[f"beat_{name}"] for name in ("mean", "scale", "weights")))


def tempo(correlations: Float64) -> float | None:
    """Return the beats per minute of a song, to one decimal; None without a clear beat.

    Parameters
    ----------
    correlations:
        ``(7, LAGS)``: the mean of its windows' :func:`pulse`.
    """
    beats = candidates(correlations)
    found = beats[_ranking().best(np.stack([describe(correlations, beat) for beat in beats]))]
    return (
        round(_refined(correlations[_ALL], found), 1)
        if strength(correlations, found) >= LEAST_STRENGTH
        else None
    )


def candidates(correlations: Float64) -> list[float]:
    """Return the most periodic tempo and its metrical relatives within the limits of a beat."""
    lag = 60 * FRAME_RATE / _GRID
    comb = np.mean([_at(correlations[_ALL], lag * i) for i in range(1, 5)], axis=0)
    prior = np.exp(-0.5 * (np.log2(_GRID / _CENTRE) / _OCTAVES) ** 2)
    first = float(_GRID[np.argmax(comb * prior)])
    near = [first * ratio for ratio in _RELATIVES if SLOWEST <= first * ratio <= FASTEST]
    return near or [first]


def strength(correlations: Float64, bpm: float) -> float:
    """Return the mean correlation of all bands at one to four beats, 1 for an endless exact repetition."""
    period = 60 * FRAME_RATE / bpm
    peaks = [_peak(correlations[_ALL : _ALL + 1], period * i)[0] for i in range(1, 5)]
    return float(np.mean(peaks) / max(correlations[_ALL, 0], 1e-9))


def describe(correlations: Float64, bpm: float) -> Float64:
    """Return the descriptors of one candidate, ``(201,)``: correlations, alone and times the distance from 110."""
    period, distance = 60 * FRAME_RATE / bpm, np.log2(bpm / _CENTRE)
    peaks = [_peak(correlations, period * multiple) for multiple in _MULTIPLES]
    plain = np.concatenate([*peaks, correlations[_ALL + 1 :, 0]])
    return np.concatenate(
        [plain, plain * distance, plain * abs(distance), [distance, distance**2, abs(distance)]]
    )


def _peak(curves: Float64, lag: float) -> Float64:
    """Return the highest value of each curve within 2 % of a lag."""
    reach = max(1.0, 0.02 * lag)
    return np.asarray(
        np.stack([_at(curve, np.linspace(lag - reach, lag + reach, 7)) for curve in curves]).max(axis=1)
    )


def _at(curve: Float64, lag: NDArray[np.floating]) -> Float64:
    return np.asarray(np.interp(lag, _LAG, curve))


def _refined(curve: Float64, bpm: float) -> float:
    """Return the tempo of the line through the correlation's peaks at multiples of the beat, weighted by their height."""
    period, squares, products = 60 * FRAME_RATE / bpm, 0.0, 0.0
    for beats in range(1, LAGS):
        near, reach = round(beats * period), max(1, round(0.03 * period))
        if near + reach + 1 >= LAGS:
            break
        top = max(1, near - reach)
        top += int(np.argmax(curve[top : near + reach + 1]))
        before, height, after = curve[top - 1 : top + 2].tolist()
        if height <= 0 or height < max(before, after):
            break
        bend = before - 2 * height + after
        lag = top + (0.5 * (before - after) / bend if bend else 0.0)
        squares += height * beats**2
        products += height * beats * lag
        period = products / squares
    return float(60 * FRAME_RATE / period)
