"""The ring buffer between the sound card's thread and everybody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Frames ``(n, channels)`` read from a ring, where to read on, and how many were overwritten unread."""

    frames: Frames
    cursor: int
    lost: int = 0


class RingBuffer:
    """The last seconds of sound, preallocated; one thread writes, any number read with cursors of their own.

    A cursor counts frames since the stream began. There is no lock: the writer must never wait.
    Readers keep away from the eighth of the ring that is overwritten next, so that a copy is not
    changed while it is made.
    """

    def __init__(self, sample_rate: int, channels: int, seconds: float) -> None:
        self.sample_rate, self.channels = sample_rate, channels
        self.closed = False
        self._readable = max(1, round(seconds * sample_rate))
        self._frames = np.empty((self._readable + self._readable // 7 + 1, channels), np.float32)
        self._frames.fill(0)  # touches every page now, not in the sound card's thread
        self._written = 0

    @property
    def written(self) -> int:
        """Frames since the stream began: the cursor of what comes next."""
        return self._written

    def write(self, frames: Frames) -> None:
        """Append ``(n, channels)``; called by the sound card's thread."""
        size = len(self._frames)
        frames = frames[-size:]
        at = self._written % size
        first = min(len(frames), size - at)
        self._frames[at : at + first] = frames[:first]
        self._frames[: len(frames) - first] = frames[first:]
        self._written += len(frames)

    def read(self, cursor: int) -> Chunk:
        """A copy of everything since ``cursor`` that is still there."""
        end, size = self._written, len(self._frames)
        start = min(end, max(cursor, end - self._readable, 0))
        places = slice(start % size, start % size + end - start)
        frames = self._frames[places]
        if places.stop > size:
            frames = np.concatenate([frames, self._frames[: places.stop - size]])
        else:
            frames = frames.copy()
        return Chunk(frames, end, max(0, start - cursor))

    def back(self, seconds: float) -> int:
        """The cursor ``seconds`` ago, or that of the oldest frame still there."""
        oldest = max(0, self._written - self._readable)
        return max(oldest, self._written - round(seconds * self.sample_rate))
