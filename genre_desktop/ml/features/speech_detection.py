"""Detection of speech and silence, so that live mode does not classify conversations as music.

A window may contain the end of one sound and the beginning of another. Therefore sound before the last pause is
ignored, and speech in the last seconds is sufficient.

Speech consists of syllables, about four a second, with pauses between them. All five features must indicate
it. They follow E. Scheirer and M. Slaney, "Construction and evaluation of a robust multifeature speech/music
discriminator", ICASSP 1997 (share of quiet frames, 4 Hz modulation, variance of the zero crossings), with our
own thresholds: of 459 windows of 10 s of music two are misclassified as speech; every window of two human and
six synthetic voices is detected. In windows of 4 s these are 5 of 852, and between a half and nearly all.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from genre_desktop.core.live import FIRST_S, Heard

SILENCE_DBFS = -60.0
"""Level below which half a second is silent."""

PAUSE_S = 1.0
"""Silence of this length is a pause: the sound after it is independent of the sound before."""

RECENT_S = 4.0
"""Speech of this length at the end is sufficient, whatever the window contains before it."""

Samples = NDArray[np.floating]

_FRAME, _HOP = 1024, 512
_BLOCK = 64  # frames transformed together, which stay in the cache
_BANDS_HZ = np.geomspace(100.0, 8000.0, 21)
_SYLLABLES_HZ = (3.0, 6.0)

_QUIET_SHARE = 0.27
_MODULATION = 0.20
_DEPTH = 1.1
_CROSSINGS = 0.6
_DYNAMICS_DB = 28.0
_TINY = 1e-12

DESCRIPTORS: tuple[str, ...] = (
    "quiet_share", "dynamics_db", "crossings_variation", "modulation_depth", "syllable_share",
    "crossings", "flux", "spread", "flatness",
)  # fmt: skip
"""Names of what :func:`descriptors` returns."""


def classify(samples: Samples, sample_rate: int) -> Heard:
    """Return the content of a window from which the part before :func:`after_pause` was removed.

    Parameters
    ----------
    samples:
        ``(n,)`` mono, full scale ±1.
    sample_rate:
        Hz, at least 16000.
    """
    if is_silent(samples[-round(PAUSE_S * sample_rate) :], sample_rate):
        return "silence"
    if len(samples) < FIRST_S * sample_rate:
        return "beginning"
    recent = samples[-round(RECENT_S * sample_rate) :]
    return "speech" if is_speech(samples, sample_rate) or is_speech(recent, sample_rate) else "music"


def after_pause(samples: Samples, sample_rate: int) -> int:
    """Return the index of the first sample after the last finished pause; 0 without one.

    It is up to half a second too early, because half seconds are tested, counted from the end.
    """
    length = sample_rate // 2
    silent = _silent_halves(samples, sample_rate)
    n = round(PAUSE_S * 2)
    ends = [end for end in range(n, len(silent)) if silent[end - n : end].all() and not silent[end]]
    return len(samples) - (len(silent) - ends[-1]) * length if ends else 0


def is_silent(samples: Samples, sample_rate: int) -> bool:
    """Return True when no half second exceeds :data:`SILENCE_DBFS`."""
    return bool(_silent_halves(samples, sample_rate).all())


def _silent_halves(samples: Samples, sample_rate: int) -> NDArray[np.bool_]:
    """Return for each half second, counted from the end, whether it is silent; in order of time."""
    length = sample_rate // 2
    whole = samples[len(samples) % length :].reshape(-1, length)
    power = np.einsum("ij,ij->i", whole, whole) / length
    return np.asarray(10 * np.log10(power + _TINY) < SILENCE_DBFS)


def is_speech(samples: Samples, sample_rate: int) -> bool:
    """Return True when all features indicate speech without music; singing over music does not count."""
    if len(samples) < sample_rate:
        return False
    frames = _frames(samples)
    level = _level(frames)
    if _quiet_share(level) < _QUIET_SHARE:
        return False  # rejects most music at little cost
    if _dynamics_db(level) < _DYNAMICS_DB:
        return False
    if _crossings_variation(_crossing_rate(samples)) < _CROSSINGS:
        return False
    envelopes = _band_envelopes(frames, sample_rate)
    return _depth(envelopes) >= _DEPTH and _syllable_share(envelopes, sample_rate / _HOP) >= _MODULATION


def descriptors(samples: Samples, sample_rate: int) -> NDArray[np.float64]:
    """Return the five features and four of the spectrum, ``(9,)`` in the order of :data:`DESCRIPTORS`.

    Those are, over twenty bands of the power spectrum: mean zero crossings per sample; mean absolute change from
    frame to frame, and standard deviation over time, of the logarithm; and the logarithm (base 10) of the flatness
    of the mean spectrum. ``samples`` are at least a second long.
    """
    frames = _frames(samples)
    level, crossings = _level(frames), _crossing_rate(samples)
    envelopes = _band_envelopes(frames, sample_rate)
    bands = np.log(np.square(envelopes) + 1e-10)
    mean = np.square(envelopes.mean(axis=0)) + _TINY
    return np.array(
        [
            _quiet_share(level),
            _dynamics_db(level),
            _crossings_variation(crossings),
            _depth(envelopes),
            _syllable_share(envelopes, sample_rate / _HOP),
            crossings.mean(),
            np.abs(np.diff(bands, axis=0)).mean(),
            bands.std(axis=0).mean(),
            np.log10(np.exp(np.log(mean).mean()) / mean.mean()),
        ]
    )


def _frames(samples: Samples) -> NDArray[np.floating]:
    return np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP]


def _level(frames: NDArray[np.floating]) -> NDArray[np.float64]:
    power = np.einsum("ij,ij->i", frames, frames) / _FRAME
    return np.asarray(np.sqrt(power.astype(np.float64) + _TINY))


def _crossing_rate(samples: Samples) -> NDArray[np.float64]:
    """Return the zero crossings per sample of each frame."""
    negative = np.signbit(samples)
    changes = np.not_equal(negative, np.append(negative[1:], negative[-1:]))  # from each sample to the next
    hops = changes[: len(changes) // _HOP * _HOP].reshape(-1, _HOP)
    counts = np.count_nonzero(hops, axis=1)
    return np.asarray((counts[:-1] + counts[1:] - hops[1:, -1]) / (_FRAME - 1))


def _quiet_share(level: NDArray[np.float64]) -> float:
    return float((level < 0.5 * level.mean()).mean())


def _dynamics_db(level: NDArray[np.float64]) -> float:
    low, high = np.percentile(20 * np.log10(level), (5, 95))
    return float(high - low)


def _crossings_variation(crossings: NDArray[np.float64]) -> float:
    return float(crossings.std() / max(crossings.mean(), _TINY))


def _depth(envelopes: NDArray[np.float64]) -> float:
    return float(np.median(envelopes.std(axis=0) / (envelopes.mean(axis=0) + _TINY)))


def _band_envelopes(frames: NDArray[np.floating], sample_rate: int) -> NDArray[np.float64]:
    """Return the amplitude per frame in twenty bands, ``(n_frames, 20)``."""
    bank, window = _bands(sample_rate), np.hanning(_FRAME).astype(frames.dtype)
    envelopes = np.empty((len(frames), bank.shape[1]))
    for start in range(0, len(frames), _BLOCK):
        rows = slice(start, start + _BLOCK)
        bins = scipy.fft.rfft(frames[rows] * window, axis=1, overwrite_x=True)[:, : len(bank)]
        np.sqrt((np.square(bins.real) + np.square(bins.imag)) @ bank, out=envelopes[rows])
    return envelopes


@lru_cache(maxsize=2)
def _bands(sample_rate: int) -> NDArray[np.float32]:
    """Return the bins of each band as ones, ``(bins, 20)``; a band without a bin takes the next one."""
    edges = np.searchsorted(np.fft.rfftfreq(_FRAME, 1 / sample_rate), _BANDS_HZ)
    bins = np.eye(edges[-1] + 1, dtype=np.float32)
    return np.ascontiguousarray(np.add.reduceat(bins, edges, axis=1)[:, :-1])


def _syllable_share(envelopes: NDArray[np.float64], frame_rate: float) -> float:
    """Return the median over bands of the modulation power at syllable rate, as a share of all above 0.3 Hz."""
    shaped = (envelopes - envelopes.mean(axis=0)) * np.hanning(len(envelopes))[:, None]
    modulation = np.square(np.abs(scipy.fft.rfft(shaped, axis=0)))
    rate = np.fft.rfftfreq(len(envelopes), 1 / frame_rate)
    low, high = _SYLLABLES_HZ
    syllables = modulation[(rate >= low) & (rate <= high)].sum(axis=0)
    return float(np.median(syllables / (modulation[rate > 0.3].sum(axis=0) + _TINY)))
