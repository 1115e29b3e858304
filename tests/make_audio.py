"""Makes the sound files that tests read: music-like signals in any container, whole or damaged."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

Signal = NDArray[np.float32]

CODECS = {
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".mp4": "aac",
    ".mkv": "aac",
    ".avi": "libmp3lame",
    ".aac": "aac",
    ".opus": "libopus",
    ".webm": "libopus",
    ".wma": "wmav2",
}
"""What PyAV writes; every other suffix goes to libsndfile."""


def music(seconds: float = 6.0, rate: int = 44_100, channels: int = 2, seed: int = 0) -> Signal:
    """Chords and a beat, float32 ``(n, channels)`` below full scale, each channel a little different."""
    generator = np.random.default_rng(seed)
    t = np.arange(int(seconds * rate)) / rate
    beat = np.exp(-12 * (t % 0.5)) * generator.standard_normal(t.size)
    out = np.empty((t.size, channels), np.float32)
    for channel in range(channels):
        chord = sum(np.sin(2 * np.pi * 220 * step * (1 + 0.002 * channel) * t) for step in (1, 1.26, 1.5))
        out[:, channel] = 0.15 * chord + 0.1 * beat
    return out


def write(
    path: Path,
    signal: Signal | None = None,
    rate: int = 44_100,
    *,
    subtype: str | None = None,
    video: bool = False,
    options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    """Write ``signal`` (default: :func:`music`) in the format of ``path``'s suffix; returns ``path``.

    ``subtype`` is libsndfile's (``"PCM_24"``); ``video``, container ``options`` and ``tags`` are for
    what PyAV writes.
    """
    signal = music(rate=rate) if signal is None else signal
    if path.suffix.lower() in CODECS:
        _write_av(path, signal, rate, video, options or {}, tags or {})
    else:
        soundfile.write(path, signal, rate, subtype=subtype)
    return path


def write_pictures(path: Path, frames: int = 25) -> Path:
    """A video without sound."""
    with av.open(str(path), "w") as container:
        _pictures(container, frames)
    return path


def truncate(path: Path, share: float) -> Path:
    """Keep only the first ``share`` of the file's bytes."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def _write_av(
    path: Path, signal: Signal, rate: int, video: bool, options: dict[str, str], tags: dict[str, str]
) -> None:
    layout = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}[signal.shape[1]]
    with av.open(str(path), "w", container_options=options) as container:
        container.metadata.update(tags)
        codec = CODECS[path.suffix.lower()]
        own_rate = 48_000 if codec == "libopus" else rate  # Opus knows few rates
        stream: Any = container.add_stream(codec, rate=own_rate, layout=layout)
        stream.bit_rate = 64_000 * signal.shape[1]
        if video:
            _pictures(container, 25)
        planar = np.ascontiguousarray(signal.T, dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(planar, format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        for piece in _reframed(stream, frame):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def _reframed(stream: Any, frame: Any) -> list[Any]:
    """The frame in the encoder's own sample type and frame size."""
    context = stream.codec_context
    context.open(strict=False)
    resampler = av.AudioResampler(
        format=context.format,
        layout=context.layout,
        rate=context.sample_rate,
        frame_size=context.frame_size or None,
    )
    return [*resampler.resample(frame), *resampler.resample(None)]


def _pictures(container: Any, frames: int) -> None:
    stream = container.add_stream("mpeg4", rate=25)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    for number in range(frames):
        picture = np.full((64, 64, 3), number * 10 % 256, np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
    container.mux(stream.encode(None))
