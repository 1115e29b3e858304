"""Streaming resampler, independent of any decoder so that the window may use it for the microphone."""

from __future__ import annotations

import math

import numpy as np
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float32]


class Resampler:
    """soxr at librosa's default quality (HQ); the blocks equal the signal resampled as a whole."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        self.rate_in, self.rate_out = rate_in, rate_out
        self._stream = soxr.ResampleStream(rate_in, rate_out, 1, dtype="float32", quality="HQ")
        self._in = self._out = 0

    def feed(self, samples: Samples) -> Samples:
        """Add ``samples`` and return the output that is complete."""
        self._in += samples.size
        if self.rate_in == self.rate_out:
            return samples
        out: Samples = self._stream.resample_chunk(samples)
        self._out += out.size
        return out

    def finish(self) -> Samples:
        """Return the rest, cut or padded to ``ceil(n * rate_out / rate_in)`` samples in all, as librosa does."""
        if self.rate_in == self.rate_out:
            return np.zeros(0, np.float32)
        wanted = math.ceil(self._in * (float(self.rate_out) / self.rate_in)) - self._out
        tail: Samples = self._stream.resample_chunk(np.zeros(0, np.float32), last=True)
        return np.pad(tail[: max(wanted, 0)], (0, max(wanted - tail.size, 0)))
