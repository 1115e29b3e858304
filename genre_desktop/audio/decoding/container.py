"""Opens an audio or video file by its content and reports why one cannot be opened.

FFmpeg is imported where it is used, so that a process which only opens files does not load it.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from genre_desktop.audio.decoding import allocation
from genre_desktop.core.errors import AppError

# Playlists and stream descriptions are excluded on purpose: they refer to other files or hosts, and a
# file dropped on the window must never make the program read anything else.
FORMATS = (
    "aa,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dsf,dts,dtshd,eac3,flac,flv,gsm,iff,loas,matroska,mov,"
    "mp3,mpc,mpc8,mpeg,mpegts,mxf,nut,ogg,oma,rm,shn,tak,truehd,tta,voc,w64,wav,wtv,wv,xwma"
)
_OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
# FFmpeg probes 16-bit wav for DTS, by default up to five megabytes: 30-150 ms per file instead of 2.
# Two such frames fit into this many bytes.
_WAV_OPTIONS = {**_OPTIONS, "probesize": "32768"}
_TAGS = ("title", "artist", "album")

MOST_BYTES = 100_000_000
"""Read in a row without finding sound: tags and pictures, or the zeros of an unfinished download. Looking for the next
frame, FFmpeg keeps up to 2.6 times of it in memory, and needs two seconds."""
_SEEK_BYTES = 256
"""What a change of position counts as: at some bytes FFmpeg changes it twice for every eight of them."""
MOST_MEGABYTES = 600
"""Of memory while reading a file."""
_MOST_COMMON_CHANNELS = 8
"""More are refused by some of FFmpeg's decoders, such as that of WavPack."""
_LARGE_TAG = 50_000_000
"""ID3 tags from this size on are skipped without reading them."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Metadata of a file before it is decoded.

    ``duration_s`` is None where the header has none; for raw streams (aac, mp3 without an
    index) it is an estimate from the bit rate. Missing tags are empty.
    """

    container: str
    codec: str
    sample_rate: int
    channels: int
    duration_s: float | None
    has_video: bool
    title: str = ""
    artist: str = ""
    album: str = ""


class Reader:
    """The file object given to FFmpeg: without a name, whose suffix it would trust, and without exceptions.

    An exception inside FFmpeg's read callback would be lost or printed; it is stored in ``failure``
    instead, and FFmpeg gets the end of the file. It would also keep in memory what it reads without finding sound,
    whatever the amount: after :data:`MOST_BYTES` of it ``filled`` becomes true, and the file ends at that place.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start, self._end = 0, sys.maxsize
        self._left = MOST_BYTES
        self.failure: OSError | None = None
        self.filled = False

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes; none at the end or after a failure."""
        try:
            if self._left < 0 and not self._end_here():
                return b""
            if self.filled:
                left = max(0, self._end - self._file.tell())
                size = left if size < 0 else min(size, left)
            data = self._file.read(size)
        except OSError as error:
            self.failure = error
            return b""
        self._left -= len(data)
        return data

    def _end_here(self) -> bool:
        """Let the file end at this place; return whether it may be read up to there once more."""
        first, self.filled = not self.filled, True
        position = self._file.tell()
        self._end = min(self._end, position, self._file.seek(0, os.SEEK_END))
        self._file.seek(position)
        self._left = MOST_BYTES if first else -1
        return first

    def found_sound(self) -> None:
        """Allow another :data:`MOST_BYTES`; called for every packet."""
        self._left = MOST_BYTES

    def skip(self, size: int) -> None:
        """Let the file begin ``size`` bytes later from now on."""
        self._start += size
        self.seek(0)

    def fileno(self) -> int:
        """Return the descriptor, for handing it to another process."""
        return self._file.fileno()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Return the new position, or a negative number for an impossible one, as in broken headers."""
        self._left -= _SEEK_BYTES
        try:
            if whence == os.SEEK_SET:
                offset += self._start
            elif whence == os.SEEK_END and self.filled:
                offset, whence = self._end + offset, os.SEEK_SET
            position = self._file.seek(offset, whence)
        except (OSError, ValueError):
            return -errno.EINVAL
        return position - self._start if position >= self._start else -errno.EINVAL

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell() - self._start

    def check(self, name: str) -> None:
        """Raise ``unreadable-file`` if a read has failed, as after a drive was unplugged."""
        if self.failure is not None:
            raise _os_problem(self.failure, name) from self.failure

    def check_found(self, name: str) -> None:
        """Raise ``undecodable`` if :data:`MOST_BYTES` of something else were found; called where there is no sound."""
        if self.filled:
            raise AppError("undecodable/filled", name=name, megabytes=MOST_BYTES // 1_000_000)


@contextmanager
def open_file(path: str | os.PathLike[str]) -> Iterator[Reader]:
    """Open a file for reading.

    Raises
    ------
    AppError
        ``missing-file``, ``is-a-directory``, ``unreadable-file``, ``empty-file`` or
        ``not-audio`` (a pipe or device, which might never end).
    """
    name = Path(path).name or str(path)
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):
            raise AppError("not-audio/not-regular", name=name)
        if status.st_size == 0:
            raise AppError("empty-file", name=name)
        file = Path(path).open("rb")  # noqa: SIM115  # closed below, outside the translation of errors
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _os_problem(error, name) from error
    with file:
        yield Reader(file)


@contextmanager
def open_container(file: Reader, name: str) -> Iterator[Any]:
    """Open the media container in ``file``, detected from its content, not its name.

    Raises
    ------
    AppError
        ``not-audio``, ``unreadable-file``, or ``undecodable`` for an MP4 whose index is missing and for a file that
        is filled with something else. From then on ``decoder-stopped`` if FFmpeg would need too much memory.
    """
    import av

    allocation.limit()
    _skip_large_tags(file)
    options = _WAV_OPTIONS if file.read(12)[8:] == b"WAVE" else _OPTIONS
    file.seek(0)
    try:
        with _opened(file, name, options) as container:
            file.found_sound()
            yield container
    except av.error.MemoryError as error:
        raise AppError("decoder-stopped/memory", name=name, megabytes=MOST_MEGABYTES) from error


def _opened(file: Reader, name: str, options: dict[str, str]) -> Any:
    import av

    try:
        return av.open(file, mode="r", metadata_errors="replace", options=options)
    except av.error.MemoryError:
        raise
    except av.error.FFmpegError as error:
        file.check(name)
        file.check_found(name)
        file.seek(0)
        if file.read(12)[4:8] == b"ftyp":
            raise AppError("undecodable/no-index", name=name) from error
        raise AppError("not-audio", name=name) from error


def id3_size(head: bytes) -> int:
    """Return the size of the ID3 tag that begins with these ten bytes; 0 if they begin none."""
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = 0
    for byte in head[6:10]:  # seven bits a byte
        size = size << 7 | byte & 0x7F
    return 10 + size


def _skip_large_tags(file: Reader) -> None:
    while (size := id3_size(file.read(10))) >= _LARGE_TAG:
        file.skip(size)
    file.seek(0)


def audio_stream(container: Any, name: str) -> Any:
    """Return the main audio stream; the others are skipped while reading.

    Raises
    ------
    AppError
        ``no-audio-stream``, or ``undecodable`` where there is no decoder for the stream, or FFmpeg found out neither
        its channels nor its sample rate.
    """
    import av

    stream = container.streams.best("audio")
    if stream is None:
        raise AppError("undecodable/channels" if container.streams.audio else "no-audio-stream", name=name)
    for other in container.streams:
        if other is not stream:
            other.discard = av.stream.Discard.all
    if stream.codec_context is None:
        raise AppError("undecodable/codec", name=name)
    stream.codec_context.thread_count = 1  # the decoder process may not start threads
    return stream


def nothing_decoded(file: Reader, stream: Any, name: str, packets: int) -> AppError:
    """Return the error for a stream of so many packets of which not one could be decoded.

    Raises
    ------
    AppError
        ``undecodable/filled``, as :meth:`Reader.check_found`.
    """
    if packets == 0:
        file.check_found(name)
        return AppError("empty-file/header-only", name=name)
    if stream.codec_context.layout.nb_channels > _MOST_COMMON_CHANNELS:
        return AppError("undecodable/channels", name=name)
    return AppError("undecodable/no-packet", name=name, packets=packets)


def describe(container: Any, stream: Any) -> Probe:
    """Return the :class:`Probe` of an opened file."""
    tags = {key.lower(): value for key, value in (*stream.metadata.items(), *container.metadata.items())}
    codec = stream.codec_context
    return Probe(
        container=container.format.name,
        codec=codec.name,
        sample_rate=int(codec.sample_rate),
        channels=int(codec.layout.nb_channels),
        duration_s=_duration_s(container, stream),
        has_video=any(_is_video(other) for other in container.streams),
        **{tag: tags.get(tag, "").strip() for tag in _TAGS},
    )


def _duration_s(container: Any, stream: Any) -> float | None:
    import av

    if stream.duration is not None:
        return float(stream.duration * stream.time_base)
    return float(container.duration / av.time_base) if container.duration is not None else None


def _is_video(stream: Any) -> bool:
    import av

    # Cover art is stored as a video stream with one picture.
    return bool(stream.type == "video" and not stream.disposition & av.stream.Disposition.attached_pic)


def _os_problem(error: OSError | ValueError, name: str) -> AppError:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return AppError("missing-file", name=name)
    if isinstance(error, IsADirectoryError):
        return AppError("is-a-directory", name=name)
    if isinstance(error, PermissionError):
        return AppError("unreadable-file/denied", name=name)
    return AppError("unreadable-file", name=name, error=error.strerror or str(error))
