"""From decoded frames to one mono signal at one rate, piece by piece."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import av
import numpy as np
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float32]

PIECE = 65_536
"""Frames gathered before NumPy and soxr see them; one call per codec frame would cost more than decoding."""

_SCALES: dict[str, tuple[int, float]] = {
    "u1": (128, 2.0**-7),
    "i2": (0, 2.0**-15),
    "i4": (0, 2.0**-31),
    "i8": (0, 2.0**-63),
}
"""Zero point and size of one step of each integer sample type."""


def to_mono(frame: Any) -> Samples:
    """The mean over channels of one audio frame, float32 ``(n,)``, full scale 1.

    FFmpeg's own down-mix weighs channels by their place in the room (mono from stereo comes out
    1.41 times too loud); librosa takes the plain mean, and so do the published tables.
    """
    data = frame.to_ndarray()
    if not frame.format.is_planar:
        data = data.reshape(-1, frame.layout.nb_channels).T
    zero, step = _SCALES.get(data.dtype.str[1:], (0, 1.0))
    with np.errstate(over="ignore", invalid="ignore"):  # a float64 beyond float32 becomes inf, told later
        total = data[0].astype(np.float32)
        for channel in data[1:]:  # np.mean over interleaved channels is ten times slower
            total += channel
        return np.asarray((total - np.float32(zero * len(data))) * np.float32(step) / np.float32(len(data)))


class Gatherer:
    """Collects codec frames into mono pieces of :data:`PIECE` samples at their own rate."""

    def __init__(self) -> None:
        self._fifo = av.AudioFifo()
        self._kind: tuple[object, ...] = ()

    def add(self, frame: Any) -> Iterator[tuple[Samples, int]]:
        """Take a frame; yields ``(mono, sample_rate)`` whenever enough has come together."""
        # Streams may change midway (joined mp3s). The fifo itself does not look at the layout and crashes.
        kind = (frame.sample_rate, frame.format.name, frame.layout.nb_channels)
        if kind != self._kind:
            yield from self.flush()
            self._fifo, self._kind = av.AudioFifo(), kind
        frame.pts = None  # the fifo would refuse gaps, which damaged files have
        self._fifo.write(frame)
        if self._fifo.samples >= PIECE:
            yield from self.flush()

    def flush(self) -> Iterator[tuple[Samples, int]]:
        """What has been gathered so far."""
        if self._fifo.samples:
            frame: Any = self._fifo.read(0)
            yield to_mono(frame), int(frame.sample_rate)


class Resampler:
    """soxr at librosa's default quality (HQ), streaming; equal to resampling the whole at once."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        self.rate_in, self.rate_out = rate_in, rate_out
        self._stream = soxr.ResampleStream(rate_in, rate_out, 1, dtype="float32", quality="HQ")
        self._in = self._out = 0

    def feed(self, samples: Samples) -> Samples:
        """What can be given out after ``samples`` more have come in."""
        self._in += samples.size
        if self.rate_in == self.rate_out:
            return samples
        out: Samples = self._stream.resample_chunk(samples)
        self._out += out.size
        return out

    def finish(self) -> Samples:
        """The tail, cut or padded so that the whole has ``ceil(n * rate_out / rate_in)`` samples, as librosa's."""
        if self.rate_in == self.rate_out:
            return np.zeros(0, np.float32)
        wanted = math.ceil(self._in * (float(self.rate_out) / self.rate_in)) - self._out
        tail: Samples = self._stream.resample_chunk(np.zeros(0, np.float32), last=True)
        return np.pad(tail[: max(wanted, 0)], (0, max(wanted - tail.size, 0)))
