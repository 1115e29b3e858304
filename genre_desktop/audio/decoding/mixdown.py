"""Mixes decoded frames down to mono, in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import av
import numpy as np
from av.audio.plane import AudioPlane

from genre_desktop.audio.resampler import Samples

PIECE = 32_768
"""Samples collected before NumPy and soxr are called; a call per codec frame would cost more than decoding."""

_TYPES: dict[str, tuple[type[np.generic], int, float]] = {
    "u8": (np.uint8, 128, 2.0**-7),
    "s16": (np.int16, 0, 2.0**-15),
    "s32": (np.int32, 0, 2.0**-31),
    "s64": (np.int64, 0, 2.0**-63),
    "flt": (np.float32, 0, 1.0),
    "dbl": (np.float64, 0, 1.0),
}
"""FFmpeg's sample types (planar ones end in p): NumPy type, zero point and size of one step."""


def to_mono(frame: Any) -> Samples:
    """Average the channels of one audio frame: float32 ``(n,)``, full scale 1.

    FFmpeg's own down-mix weights channels by position (mono from stereo is 1.41 times too loud);
    librosa uses the plain mean, and so do the published tables.
    """
    kind, zero, step = _TYPES[frame.format.name.removesuffix("p")]
    count, channels = frame.samples, frame.layout.nb_channels
    if frame.format.is_planar:
        # WORKAROUND: PyAV's ``frame.planes`` reads past the end of the table of pointers beyond eight channels.
        planes: list[Any] = [AudioPlane(frame, channel) for channel in range(channels)]
        tracks = [np.frombuffer(plane, kind, count) for plane in planes]
    else:
        table = np.frombuffer(frame.planes[0], kind, count * channels).reshape(count, channels)
        tracks = [table[:, channel] for channel in range(channels)]
    with np.errstate(over="ignore", invalid="ignore"):  # a float64 beyond float32 becomes inf, reported later
        total = tracks[0].astype(np.float32)
        for track in tracks[1:]:  # np.mean over interleaved channels is ten times slower
            total += track
        if step != 1.0:
            total -= np.float32(zero * channels)
            total *= np.float32(step)
        if channels > 1:
            total /= np.float32(channels)
    return total


class SampleMixer:
    """Collects codec frames into mono pieces of :data:`PIECE` samples at their own rate."""

    def __init__(self) -> None:
        self._fifo = av.AudioFifo()
        self._kind: tuple[object, ...] = ()

    def add(self, frame: Any) -> Iterator[tuple[Samples, int]]:
        """Add a frame; yield ``(mono, sample_rate)`` whenever a piece is complete."""
        # Streams may change format midway (joined mp3s). The fifo does not check the layout and crashes.
        kind = (frame.sample_rate, frame.format.name, frame.layout.nb_channels)
        if kind != self._kind:
            yield from self.flush()
            self._fifo, self._kind = av.AudioFifo(), kind
        frame.pts = None  # the fifo rejects gaps, which damaged files have
        self._fifo.write(frame)
        if self._fifo.samples >= PIECE:
            yield from self.flush()

    def flush(self) -> Iterator[tuple[Samples, int]]:
        """Yield what has been collected so far."""
        if self._fifo.samples:
            frame: Any = self._fifo.read(0)
            yield to_mono(frame), int(frame.sample_rate)
