"""Decodes a file to stereo for playback."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decoding.container import Reader, audio_stream, nothing_decoded, open_container
from genre_desktop.audio.decoding.mixdown import to_mono
from genre_desktop.core.errors import Cancelled, no_cancel

CHANNELS = 2


def stereo_blocks(
    file: Reader, name: str, rate: int, from_s: float = 0.0, cancelled: Callable[[], bool] = no_cancel
) -> Iterator[NDArray[np.float32]]:
    """Decode a file to stereo float32 blocks ``(n, 2)`` at ``rate``, from ``from_s`` on.

    Raises
    ------
    AppError
        As :class:`.decoder.Decoder` on entering; ``undecodable`` or ``empty-file`` if nothing of the file can be decoded.
    Cancelled
        ``cancelled()`` was true.
    """
    with open_container(file, name) as container:
        stream = audio_stream(container, name)
        if from_s > 0:
            with contextlib.suppress(av.error.FFmpegError):  # then decode from the start
                container.seek(round(from_s * av.time_base))
        packets = _Packets(file, container, stream, cancelled)
        skip: int | None = None
        for frame in _frames(packets, rate):
            block = frame.to_ndarray().reshape(-1, CHANNELS)
            if skip is None:
                skip = max(0, round((from_s - float(frame.pts * frame.time_base)) * rate)) if from_s else 0
            yield block[min(skip, len(block)) :]
            skip -= min(skip, len(block))
        file.check(name)
        if skip is None and from_s <= 0:
            raise nothing_decoded(file, stream, name, packets.count)


class _Packets:
    """The packets of a stream; ``count`` are those read so far."""

    def __init__(self, file: Reader, container: Any, stream: Any, cancelled: Callable[[], bool]) -> None:
        self._file, self._container, self._stream, self._cancelled = file, container, stream, cancelled
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        for packet in self._container.demux(self._stream):
            if self._cancelled():
                raise Cancelled
            self._file.found_sound()
            self.count += packet.size > 0  # the last one only ends the decoding
            yield packet


def _frames(packets: _Packets, rate: int) -> Iterator[Any]:
    resampler, kind = _Resampler(rate), None
    for packet in packets:
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
    """Converts frames of one kind to stereo.

    As PyAV's ``AudioResampler``, without threads, which the decoder process may not start. Channels whose
    places FFmpeg does not know, such as nine, are averaged.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._graph: Any = None
        self._averages = False

    def feed(self, frame: Any) -> Iterator[Any]:
        """Convert a frame of one and the same kind; None at the end."""
        if self._graph is None:
            if frame is None:
                return
            self._open(frame)
        self._graph.push(_averaged(frame) if self._averages and frame is not None else frame)
        with contextlib.suppress(av.error.EOFError, av.error.BlockingIOError):
            while True:
                yield self._graph.pull()

    def _open(self, frame: Any) -> None:
        try:
            self._graph = _graph(frame, self._rate)
        except av.error.FFmpegError:
            self._averages = True
            self._graph = _graph(_averaged(frame), self._rate)


def _averaged(frame: Any) -> Any:
    made: Any = av.AudioFrame.from_ndarray(to_mono(frame)[np.newaxis], format="flt", layout="mono")
    made.sample_rate, made.pts = frame.sample_rate, frame.pts
    if frame.time_base is not None:
        made.time_base = frame.time_base
    return made


def _graph(frame: Any, rate: int) -> Any:
    """Return the filters for frames like this one; the sum of many channels stays within full scale.

    Raises
    ------
    av.error.FFmpegError
        FFmpeg does not know how to mix this layout down.
    """
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
    mixer = graph.add(
        "aresample",
        sample_rate=str(rate),
        out_sample_fmt="flt",
        out_chlayout="stereo",
        rematrix_maxval="1",
    )
    source.link_to(mixer)
    mixer.link_to(graph.add("abuffersink"))
    graph.configure()
    return graph
