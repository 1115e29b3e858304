"""Reads the packets of one stream: hashes all of them and decodes the wanted ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import av

from genre_desktop.audio.decoding.container import MOST_BYTES, Reader
from genre_desktop.core.errors import Cancelled

_PREROLL_S = 1.0
"""Decoded ahead of the first wanted second, until the codec has converged."""
_LONGEST_S = 120.0
"""The longest packets that there are, those of Monkey's Audio, have 27 s."""
_LARGEST = MOST_BYTES // 2
"""Bytes beyond which a packet is none."""


class PacketReader:
    """One pass over a stream.

    Parameters
    ----------
    file, container, stream:
        An opened file, its PyAV container, and the audio stream.
    cancelled:
        Called before every packet.
    from_s:
        Packets that end more than a second before this are hashed but not decoded, except for the first frame.

    Attributes
    ----------
    enough:
        Set by the caller when no more frames are wanted; the rest is still hashed.
    packets, damaged:
        Number of packets, and of those that could not be decoded.
    stopped:
        Reading ended where the container itself is damaged, or where too much follows that is no sound.
    first_s:
        Time of the first yielded frame, counted from the first of the stream; None before there is one.
    """

    def __init__(
        self, file: Reader, container: Any, stream: Any, cancelled: Callable[[], bool], from_s: float
    ) -> None:
        self.enough = self.stopped = False
        self.packets = self.damaged = self._end = 0
        self.first_s: float | None = None
        self._file, self._container, self._stream = file, container, stream
        self._cancelled = cancelled
        self._tick = float(stream.time_base)  # a Fraction per packet would cost a fifth of all decoding
        self._origin = stream.start_time or 0
        self._skipping = False
        self._from = (from_s - _PREROLL_S) / self._tick if from_s else None
        codec = stream.codec_context
        self._is_ape = codec.name == "ape"
        self._hash = hashlib.blake2b(
            f"{codec.codec.canonical_name}/{codec.sample_rate}/{codec.layout.nb_channels}".encode(),
            digest_size=16,
        )

    @property
    def end_s(self) -> float:
        """End of the last packet in seconds."""
        return self._end * self._tick

    @property
    def digest(self) -> str:
        """blake2b-128 over the codec's parameters and all packets so far, without tags and file name."""
        return self._hash.hexdigest()

    def frames(self) -> Iterator[Any]:
        """Yield the wanted frames in order; packets that cannot be decoded are counted and skipped.

        Raises
        ------
        Cancelled
            ``cancelled()`` was true.
        """
        frames = self._decoded()
        if self._from is not None:
            frames = self._with_known_time(frames)
        for frame in frames:
            if self.first_s is None:
                self.first_s = 0.0
            yield frame

    def _with_known_time(self, frames: Iterator[Any]) -> Iterator[Any]:
        """Drop the first frame of the stream, from which times count, and later ones until a time is certain.

        The first one after skipped packets has a wrong length. Where Vorbis changes the length of its blocks a frame
        has a wrong time: the next does not begin at its end.
        """
        if (first := next(frames, None)) is None:
            return
        self._origin, self._skipping, before = first.pts or 0, True, None
        next(frames, None)
        for frame in frames:
            if self.first_s is None and before is not None and self._follows(before, frame):
                self.first_s = (before.pts - self._origin) * self._tick
                yield before
            before = frame
            if self.first_s is not None:
                yield frame

    def _follows(self, before: Any, frame: Any) -> bool:
        if before.pts is None or frame.pts is None:
            return False
        length = before.samples / (before.sample_rate * self._tick)
        return bool(abs(frame.pts - before.pts - length) <= 1)

    def _decoded(self) -> Iterator[Any]:
        decoder = best_decoder(self._stream)
        for packet in self._demuxed():
            if self.enough or self._is_ahead(packet):
                continue
            if self._is_too_long(packet):
                self.damaged += 1
                continue
            try:
                frames = decoder.decode(packet if packet.size else None)
            except av.error.FFmpegError as error:
                if isinstance(error, MemoryError):
                    raise
                self.damaged += 1
                continue
            yield from frames

    def _demuxed(self) -> Iterator[Any]:
        """Yield every packet after hashing it; the last, empty one flushes the decoder."""
        for packet in self._packets():
            if packet.size:
                self._hash.update(packet)
                self.packets += 1
                if packet.pts is not None:
                    self._end = max(self._end, packet.pts - self._origin + (packet.duration or 0))
            yield packet

    def _packets(self) -> Iterator[Any]:
        packets = self._container.demux(self._stream)
        while True:
            if self._cancelled():
                raise Cancelled
            try:
                packet = next(packets)
            except StopIteration:
                self.stopped = self.stopped or self._file.filled
                return
            except IndexError:  # PyAV flushes streams that began later, as in .ts, beyond the end of its list
                continue
            except av.error.FFmpegError as error:
                if isinstance(error, MemoryError):
                    raise
                self.stopped = True
                return
            if self._file.filled and packet.size > _LARGEST:
                continue  # the last frame with what was read after it: no sound to hash
            self._file.found_sound()
            yield packet

    def _is_too_long(self, packet: Any) -> bool:
        """Whether a packet of Monkey's Audio declares hours of sound, which PyAV decodes in one piece."""
        return bool(self._is_ape and (packet.duration or 0) * self._tick > _LONGEST_S)

    def _is_ahead(self, packet: Any) -> bool:
        if not self._skipping or self._from is None or not packet.size or packet.pts is None:
            return False
        self._skipping = packet.pts - self._origin + (packet.duration or 0) < self._from
        return self._skipping


def best_decoder(stream: Any) -> Any:
    """Return the decoder of a stream: libopus for Opus, since FFmpeg's own deviates from it by up to 0.003."""
    codec = stream.codec_context
    if codec.codec.canonical_name != "opus":
        return codec
    try:
        libopus = av.CodecContext.create("libopus", "r")
    except av.codec.codec.UnknownCodecError:
        return codec
    libopus.extradata = codec.extradata
    libopus.sample_rate = codec.sample_rate
    libopus.layout = codec.layout.name
    libopus.options = {"request_sample_fmt": "flt"}
    return libopus
