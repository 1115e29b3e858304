"""Live windows: the mono signal of a capture, resampled to the rate of the features."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.capture import Capture
from genre_desktop.audio.capture.gaps import Gap, GapDetector
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
    sound read from a file. The clock of live windows counts the pulled seconds and the gaps between them.
    """

    def __init__(
        self,
        capture: Capture,
        keep_s: float = 30.0,
        sample_rate: int = _RATE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.sample_rate = sample_rate
        self._capture, self._keep_s = capture, keep_s
        self._kept = RingBuffer(sample_rate, 1, keep_s + GRID / sample_rate)
        self._ring: RingBuffer | None = None
        self._cursor = self._begun = 0
        self._resampler: Resampler | None = None
        self._gaps = GapDetector(clock)
        self._reopened = False

    @property
    def position_s(self) -> float:
        """Seconds since the start, over all devices: the clock of live windows."""
        return self._heard_s + self._gaps.current_s

    @property
    def missing_s(self) -> float:
        """Sum of all gaps, of the current one its length so far."""
        return self._gaps.closed_s + self._gaps.current_s

    @property
    def interrupted(self) -> bool:
        """True while nothing has arrived for :data:`.gaps.NOTICED_S`, after something had."""
        return self._gaps.current_s > 0

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The latest gaps that have ended, oldest first."""
        return tuple(self._gaps.gaps)

    @property
    def _heard_s(self) -> float:
        return self._kept.written / self.sample_rate + self._gaps.closed_s

    def restart(self) -> None:
        """Start again: the time since the last pull is no gap, because listening was off."""
        self._gaps.restart()
        self._begun = self._kept.written

    def pull(self) -> Frames:
        """Read what was captured since the last call and return it unchanged, ``(n, channels)``.

        After a gap, windows start afresh: sound from before it is not joined to the sound after it.
        """
        ring = self._capture.ring
        if ring is not self._ring:
            self._follow(ring)
        if ring is None or self._resampler is None:
            return np.zeros((0, 1), np.float32)
        chunk = ring.read(self._cursor)
        self._cursor = chunk.cursor
        if len(chunk.frames):
            self._register(len(chunk.frames) / ring.sample_rate, ring)
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
        ended_s = (start + length) / self.sample_rate + self._gaps.closed_s
        return LiveWindow(samples, self.sample_rate, ended_s, first=start)

    def _register(self, seconds: float, ring: RingBuffer) -> None:
        gap = self._gaps.arrived(seconds, self._heard_s, reopened=self._reopened)
        if gap and not self._reopened:
            self._begin(ring)
        self._reopened = False

    def _follow(self, ring: RingBuffer | None) -> None:
        self._ring, self._cursor, self._reopened = ring, 0, True
        self._begin(ring)

    def _begin(self, ring: RingBuffer | None) -> None:
        self._begun = self._kept.written
        self._resampler = Resampler(ring.sample_rate, self.sample_rate) if ring else None
