"""Short signals of known content, float32 at 22050 Hz."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 22050
Samples = NDArray[np.float32]


def _time(seconds: float) -> NDArray[np.float64]:
    return np.arange(round(seconds * RATE)) / RATE


def noise(seconds: float, level: float = 0.1, seed: int = 0) -> Samples:
    """White noise."""
    return (level * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def sine(seconds: float, hertz: float, level: float = 0.5) -> Samples:
    """A pure tone."""
    return (level * np.sin(2 * np.pi * hertz * _time(seconds))).astype(np.float32)


def chord(seconds: float) -> Samples:
    """A major chord with a click every half second."""
    tones = sum(sine(seconds, hertz, 0.2) for hertz in (220.0, 277.2, 329.6))
    return np.asarray(tones + clicks(seconds), np.float32)


def clicks(seconds: float, every_s: float = 0.5, level: float = 0.3) -> Samples:
    """Single samples, silence between them."""
    out = np.zeros(round(seconds * RATE), np.float32)
    out[round(0.1 * RATE) :: round(every_s * RATE)] = level
    return out


def chirp(seconds: float) -> Samples:
    """A tone that rises from 50 Hz through six octaves."""
    t = _time(seconds)
    return (0.4 * np.sin(2 * np.pi * (50 * t + 1800 * t**2 / seconds))).astype(np.float32)


def broken_off(seconds: float) -> Samples:
    """Noise, its first half silent."""
    out = noise(seconds)
    out[: len(out) // 2] = 0
    return out
