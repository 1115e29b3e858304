"""Decodes a file to stereo for playback."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decoding.container import Reader, audio_stream, open_container
from genre_desktop.core.errors import Cancelled, no_cancel

CHANNELS = 2


def stereo_blocks(
    file: Reader, name: str, rate: int, from_s: float = 0.0, cancelled: Callable[[], bool] = no_cancel
) -> Iterator[NDArray[np.float32]]:
    """Decode a file to stereo float32 blocks ``(n, 2)`` at ``rate``, from ``from_s`` on.

    Raises
    ------
    AppError
        As :class:`.decoder.Decoder` on entering.
    Cancelled
        ``cancelled()`` was true.
    """
    with open_container(file, name) as container:
        stream = audio_stream(container, name)
        if from_s > 0:
            with contextlib.suppress(av.error.FFmpegError):  # then decode from the start
                container.seek(round(from_s * av.time_base))
        skip: int | None = None
        for frame in _frames(file, container, stream, rate, cancelled):
            block = frame.to_ndarray().reshape(-1, CHANNELS)
            if skip is None:
                skip = max(0, round((from_s - float(frame.pts * frame.time_base)) * rate)) if from_s else 0
            yield block[min(skip, len(block)) :]
            skip -= min(skip, len(block))


def _frames(
    file: Reader, container: Any, stream: Any, rate: int, cancelled: Callable[[], bool]
) -> Iterator[Any]:
    resampler, kind = _Resampler(rate), None
    for packet in container.demux(stream):
        if cancelled():
            raise Cancelled
        file.found_sound()
        with contextlib.suppress(av.error.FFmpegError):  # damaged parts are skipped, as in analysis
            for frame in packet.decode():
                now = frame.sample_rate, frame.format.name, frame.layout.name
                if kind not in (None, now):  # as in joined files
                    yield from resampler.feed(None)
                    resampler = _Resampler(rate)
                kind = now
                yield from resampler.feed(frame)
    yield from resampler.feed(None)


class _Resampler:
    """As PyAV's ``AudioResampler``, without threads, which the decoder process may not start."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._graph: Any = None

    def feed(self, frame: Any) -> Iterator[Any]:
        """Convert a frame of one and the same kind; None at the end."""
        if self._graph is None:
            if frame is None:
                return
            self._graph = self._made(frame)
        self._graph.push(frame)
        with contextlib.suppress(av.error.EOFError, av.error.BlockingIOError):
            while True:
                yield self._graph.pull()

    def _made(self, frame: Any) -> Any:
        graph = av.filter.Graph()
        graph.threads = 1
        times = {} if frame.time_base is None else {"time_base": str(frame.time_base)}
        source = graph.add(
            "abuffer",
            sample_rate=str(frame.sample_rate),
            sample_fmt=frame.format.name,
            channel_layout=frame.layout.name,
            **times,
        )
        wanted = graph.add(
            "aformat", sample_rates=str(self._rate), sample_fmts="flt", channel_layouts="stereo"
        )
        source.link_to(wanted)
        wanted.link_to(graph.add("abuffersink"))
        graph.configure()
        return graph
