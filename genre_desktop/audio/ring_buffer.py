"""The ring buffer between the capture thread and its readers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Frames ``(n, channels)`` read from a ring, the next cursor, and the number of frames overwritten unread."""

    frames: Frames
    cursor: int
    lost: int = 0


class RingBuffer:
    """Preallocated buffer of the last seconds of sound for one writer and any number of readers.

    A cursor counts frames since the start of the stream. There is no lock: the writer must never wait.
    Readers avoid the eighth of the ring that is overwritten next, so that data does not change while
    it is copied.
    """

    def __init__(self, sample_rate: int, channels: int, seconds: float) -> None:
        self.sample_rate, self.channels = sample_rate, channels
        self.closed = False
        self._readable = max(1, round(seconds * sample_rate))
        self._frames = np.empty((self._readable + self._readable // 7 + 1, channels), np.float32)
        self._frames.fill(0)  # maps every page now, not in the writing thread
        self._written = 0

    @property
    def written(self) -> int:
        """Frames since the start of the stream: the cursor of the next one."""
        return self._written

    def write(self, frames: Frames) -> None:
        """Append ``(n, channels)``; called by the writing thread only."""
        size = len(self._frames)
        frames = frames[-size:]
        at = self._written % size
        first = min(len(frames), size - at)
        self._frames[at : at + first] = frames[:first]
        self._frames[: len(frames) - first] = frames[first:]
        self._written += len(frames)

    def read(self, cursor: int) -> Chunk:
        """Copy everything since ``cursor`` that has not been overwritten."""
        end, size = self._written, len(self._frames)
        start = min(end, max(cursor, end - self._readable, 0))
        stop = start % size + end - start
        frames = np.concatenate([self._frames[start % size : stop], self._frames[: max(0, stop - size)]])
        return Chunk(frames, end, max(0, start - cursor))

    def back(self, seconds: float) -> int:
        """Return the cursor ``seconds`` ago, or that of the oldest readable frame."""
        oldest = max(0, self._written - self._readable)
        return max(oldest, self._written - round(seconds * self.sample_rate))
