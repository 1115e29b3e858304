"""The mono signal at the features' own rate, drawn from a capture: what live windows are cut from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture import Capture
from genre_desktop.audio.resample import Resampler, Samples
from genre_desktop.audio.ring import Frames, Ring

_RATE = 22_050
"""As in :mod:`genre_desktop.audio.decode`, which would load a decoder."""


def to_mono(frames: Frames) -> NDArray[np.float32]:
    """The mean over channels of ``(n, channels)``, as for files."""
    if frames.shape[1] == 1:
        return frames[:, 0]
    return np.asarray(frames.mean(axis=1, dtype=np.float32))


class Tap:
    """Follows a capture through losses and reopenings and keeps the last seconds of it.

    One thread calls :meth:`pull`, as often as it likes; the resampled signal equals that of the same
    sound read from a file.

    Attributes
    ----------
    position_s:
        Seconds pulled since the start, over all devices: the clock of live windows.
    """

    def __init__(self, capture: Capture, keep_s: float = 30.0, sample_rate: int = _RATE) -> None:
        self.sample_rate = sample_rate
        self._capture = capture
        self._kept = Ring(sample_rate, 1, keep_s)
        self._ring: Ring | None = None
        self._cursor = self._begun = 0
        self._resampler: Resampler | None = None

    @property
    def position_s(self) -> float:
        """Seconds pulled so far."""
        return self._kept.written / self.sample_rate

    def pull(self) -> Frames:
        """Take what has come in since the last call; returns it as it came, ``(n, channels)``, for the meter.

        After a device was opened anew, windows begin anew: sound from before the gap is not joined to it.
        """
        ring = self._capture.ring
        if ring is not self._ring:
            self._follow(ring)
        if ring is None or self._resampler is None:
            return np.zeros((0, 1), np.float32)
        chunk = ring.read(self._cursor)
        self._cursor = chunk.cursor
        self._kept.write(self._resampler.feed(to_mono(chunk.frames))[:, np.newaxis])
        return chunk.frames

    def latest(self, seconds: float) -> Samples:
        """The last ``seconds`` of mono sound, ``(n,)``; fewer where listening began, or began anew, later."""
        start = max(self._kept.back(seconds), self._begun)
        return self._kept.read(start).frames[:, 0]

    def _follow(self, ring: Ring | None) -> None:
        self._ring, self._cursor, self._begun = ring, 0, self._kept.written
        self._resampler = Resampler(ring.sample_rate, self.sample_rate) if ring else None
