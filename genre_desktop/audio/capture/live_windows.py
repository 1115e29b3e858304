"""Live windows: the mono signal of a capture, resampled to the rate of the features."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.capture import Capture
from genre_desktop.audio.resampler import Resampler
from genre_desktop.audio.ring_buffer import Frames, RingBuffer
from genre_desktop.core.live import LiveWindow

_RATE = 22_050
"""That of :mod:`genre_desktop.audio.decoding.decoder`, whose import would load FFmpeg."""

GRID = 512
"""Full windows start at multiples of this many samples from the start: the hop of the features' frames."""


def to_mono(frames: Frames) -> NDArray[np.float32]:
    """Average the channels of ``(n, channels)``, as for files."""
    if frames.shape[1] == 1:
        return frames[:, 0]
    return np.asarray(frames.mean(axis=1, dtype=np.float32))


class LiveWindowSource:
    """Follows a capture across device losses and keeps its last seconds.

    One thread calls :meth:`pull`, at any interval; the resampled signal equals that of the same
    sound read from a file.
    """

    def __init__(self, capture: Capture, keep_s: float = 30.0, sample_rate: int = _RATE) -> None:
        self.sample_rate = sample_rate
        self._capture, self._keep_s = capture, keep_s
        self._kept = RingBuffer(sample_rate, 1, keep_s + GRID / sample_rate)
        self._ring: RingBuffer | None = None
        self._cursor = self._begun = 0
        self._resampler: Resampler | None = None

    @property
    def position_s(self) -> float:
        """Seconds pulled since the start, over all devices: the clock of live windows."""
        return self._kept.written / self.sample_rate

    def pull(self) -> Frames:
        """Read what was captured since the last call and return it unchanged, ``(n, channels)``.

        After a device was reopened, windows start afresh: sound from before the gap is not joined to it.
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

    def latest(self, seconds: float) -> LiveWindow:
        """Return the last ``seconds`` of mono sound; fewer where the device was opened later.

        Successive windows are aligned to :data:`GRID`, so that they contain the same frames; a full one
        may therefore end up to 23 ms ago.
        """
        start = max(self._kept.back(min(seconds, self._keep_s)), self._begun)
        length = self._kept.written - start
        start -= (start - self._begun) % GRID
        samples = self._kept.read(start).frames[:length, 0]
        return LiveWindow(samples, self.sample_rate, (start + length) / self.sample_rate, first=start)

    def _follow(self, ring: RingBuffer | None) -> None:
        self._ring, self._cursor, self._begun = ring, 0, self._kept.written
        self._resampler = Resampler(ring.sample_rate, self.sample_rate) if ring else None
