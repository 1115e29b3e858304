"""Reference implementation of the features with plain librosa calls, slow, for tests and benchmarks.

The calls are those that :mod:`genre_desktop.ml.features.schema` names as sources.
"""

from __future__ import annotations

import warnings
from typing import Any

import librosa
import numpy as np
from numpy.typing import NDArray

RATE = 22050
Values = dict[str, float]


def published_57(y: NDArray[np.float32]) -> Values:
    """The 57 columns of the widely used table; every call starts from the samples."""
    out: Values = {}
    feature = librosa.feature
    add(out, "chroma_stft", feature.chroma_stft(y=y, sr=RATE), "mean", "var")
    add(out, "rms", feature.rms(y=y), "mean", "var")
    add(out, "spectral_centroid", feature.spectral_centroid(y=y, sr=RATE), "mean", "var")
    add(out, "spectral_bandwidth", feature.spectral_bandwidth(y=y, sr=RATE), "mean", "var")
    add(out, "rolloff", feature.spectral_rolloff(y=y, sr=RATE), "mean", "var")
    add(out, "zero_crossing_rate", feature.zero_crossing_rate(y), "mean", "var")
    harmonic, percussive = librosa.effects.hpss(y)
    add(out, "harmony", harmonic, "mean", "var")
    add(out, "perceptr", percussive, "mean", "var")
    onsets = librosa.onset.onset_strength(y=y, sr=RATE, aggregate=np.median)
    # beat_track's own estimate, without the beats it then follows
    out["tempo"] = float(feature.tempo(onset_envelope=onsets, sr=RATE)[0]) if onsets.any() else 0.0
    for i, row in enumerate(feature.mfcc(y=y, sr=RATE)):
        add(out, f"mfcc{i + 1}", row, "mean", "var")
    return out


def everything(y: NDArray[np.float32]) -> Values:
    """The whole contract."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "Trying to estimate tuning from empty frequency set."
        return {**published_57(y), **rhythm(y), **from_power(y), **pitches(y)}


def rhythm(y: NDArray[np.float32]) -> Values:
    """Zero crossings, onsets, the other tempo, the harmonic share."""
    out: Values = {}
    add(out, "zero_crossing_rate", librosa.feature.zero_crossing_rate(y), "max")
    out["onset_rate"] = len(librosa.onset.onset_detect(y=y, sr=RATE)) / (len(y) / RATE)
    out["tempo_mean_onset"] = float(librosa.feature.tempo(y=y, sr=RATE)[0])
    harmonic, percussive = (float(np.sum(np.abs(x) ** 2)) for x in librosa.decompose.hpss(librosa.stft(y)))
    out["harmonic_share"] = harmonic / (harmonic + percussive)
    return out


def from_power(y: NDArray[np.float32]) -> Values:
    """The second table's columns of the power spectrogram, of the clip without its mean."""
    out: Values = {}
    feature = librosa.feature
    P = np.abs(librosa.stft(y - y.mean())) ** 2
    add(out, "power_rms", feature.rms(S=P), "mean", "std", "max")
    add(out, "power_centroid", feature.spectral_centroid(S=P, sr=RATE), "mean", "std")
    add(out, "power_bandwidth", feature.spectral_bandwidth(S=P, sr=RATE), "mean", "std")
    add(out, "power_rolloff85", feature.spectral_rolloff(S=P, sr=RATE), "mean", "std")
    add(out, "power_rolloff95", feature.spectral_rolloff(S=P, sr=RATE, roll_percent=0.95), "mean", "std")
    add(out, "power_flatness", feature.spectral_flatness(S=P), "mean", "std")
    rows(out, "contrast", feature.spectral_contrast(S=P, sr=RATE))
    rows(out, "poly", feature.poly_features(S=P, sr=RATE, order=2))
    add(out, "mel_power", feature.melspectrogram(S=P, sr=RATE), "mean", "std")
    return out


def pitches(y: NDArray[np.float32]) -> Values:
    """Every pitch class of both chromagrams, and the tonal centroids."""
    out: Values = {}
    rows(out, "chroma_stft", librosa.feature.chroma_stft(y=y, sr=RATE))
    rows(out, "chroma_cqt", librosa.feature.chroma_cqt(y=y, sr=RATE))
    rows(out, "tonnetz", librosa.feature.tonnetz(y=y, sr=RATE))
    return out


def add(out: Values, base: str, values: NDArray[Any], *statistics: str) -> None:
    """Statistics of all values, under ``<base>_<statistic>``."""
    for statistic in statistics:
        out[f"{base}_{statistic}"] = float(getattr(np, statistic)(values))


def rows(out: Values, base: str, values: NDArray[Any]) -> None:
    """Mean and standard deviation of each row."""
    for i, row in enumerate(values):
        add(out, f"{base}_{i}", row, "mean", "std")
