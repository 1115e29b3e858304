"""Level meter: loudness, held peaks, clipping and absence of signal.

Time is counted in samples, so the block size and the timing of the calls do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genre_desktop.audio.ring_buffer import Frames

FLOOR_DB = -120.0
RMS_WINDOW_S = 0.3
"""Time constant of the loudness, that of a VU meter."""
HOLD_S = 1.5
"""How long a peak is held before it falls."""
FALL_DB_PER_S = 20.0
CLIP_S = 2.0
"""How long the clip indicator stays on."""
CLIP_LEVEL = 0.999
CLIP_RUN = 3
"""Consecutive full-scale samples that count as clipping; a single one may be a true peak."""
SILENT_LEVEL = 1e-5
"""-100 dBFS: even a quiet room is louder, so below it nothing is connected."""
NO_SIGNAL_S = 3.0


@dataclass(frozen=True, slots=True)
class Level:
    """A reading; levels in dBFS, where a full-scale square wave has an RMS of 0.

    Attributes
    ----------
    rms_db, peak_db:
        Loudness, and the highest sample of the latest block.
    hold_db:
        The held peak.
    clipped:
        Clipping occurred within the last two seconds.
    no_signal:
        Digital silence for three seconds.
    """

    rms_db: float = FLOOR_DB
    peak_db: float = FLOOR_DB
    hold_db: float = FLOOR_DB
    clipped: bool = False
    no_signal: bool = False


def decibels(amplitude: float) -> float:
    """Convert an amplitude of 0 to 1 to dBFS, at least :data:`FLOOR_DB`."""
    return max(FLOOR_DB, 20 * float(np.log10(max(amplitude, 1e-9))))


class LevelMeter:
    """Computes a :class:`Level` from the frames added so far."""

    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self._square = 0.0
        self._peak = 0.0
        self._hold_db = FLOOR_DB
        self._hold_age_s = 0.0
        self._clip_age_s = np.inf
        self._silent_s = 0.0

    def add(self, frames: Frames) -> None:
        """Add the next ``(n, channels)`` frames; the loudest channel counts."""
        if not len(frames):
            return
        seconds = len(frames) / self.sample_rate
        size = np.abs(frames)
        self._peak = float(size.max())
        keep = float(np.exp(-seconds / RMS_WINDOW_S))
        loudest = float(np.mean(np.square(frames, dtype=np.float32), axis=0).max())
        self._square = keep * self._square + (1 - keep) * loudest
        self._hold(decibels(self._peak), seconds)
        self._clip_age_s = 0.0 if _clips(size) else self._clip_age_s + seconds
        self._silent_s = 0.0 if self._peak > SILENT_LEVEL else self._silent_s + seconds

    def reading(self) -> Level:
        """Return the current level."""
        return Level(
            rms_db=decibels(self._square**0.5),
            peak_db=decibels(self._peak),
            hold_db=self._hold_db,
            clipped=self._clip_age_s < CLIP_S,
            no_signal=self._silent_s >= NO_SIGNAL_S,
        )

    def _hold(self, peak_db: float, seconds: float) -> None:
        age = self._hold_age_s + seconds
        falling_s = min(seconds, max(0.0, age - HOLD_S))
        fallen = max(FLOOR_DB, self._hold_db - FALL_DB_PER_S * falling_s)
        if peak_db >= fallen:
            self._hold_db, self._hold_age_s = peak_db, 0.0
        else:
            self._hold_db, self._hold_age_s = fallen, age


def _clips(size: Frames) -> bool:
    """Whether any channel has :data:`CLIP_RUN` consecutive full-scale samples."""
    full = size >= CLIP_LEVEL
    run = full[CLIP_RUN - 1 :].copy()
    for lag in range(1, CLIP_RUN):
        run &= full[CLIP_RUN - 1 - lag : len(full) - lag]
    return bool(run.any())
