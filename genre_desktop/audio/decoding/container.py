"""Opens an audio or video file by its content and reports why one cannot be opened.

FFmpeg is imported where it is used, so that a process which only opens files does not load it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

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
    instead, and FFmpeg gets the end of the file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes; none at the end or after a failure."""
        try:
            return self._file.read(size)
        except OSError as error:
            self.failure = error
            return b""

    def fileno(self) -> int:
        """Return the descriptor, for handing it to another process."""
        return self._file.fileno()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Return the new position, or a negative number for an impossible one, as in broken headers."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError):
            return -errno.EINVAL

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def check(self, name: str) -> None:
        """Raise ``unreadable-file`` if a read has failed, as after a drive was unplugged."""
        if self.failure is not None:
            raise _os_problem(self.failure, name) from self.failure


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
        ``not-audio``, ``unreadable-file``, or ``undecodable`` for an MP4 whose index is missing.
    """
    import av

    options = _WAV_OPTIONS if file.read(12)[8:] == b"WAVE" else _OPTIONS
    file.seek(0)
    try:
        container = av.open(file, mode="r", metadata_errors="replace", options=options)
    except av.error.FFmpegError as error:
        file.check(name)
        file.seek(0)
        if file.read(12)[4:8] == b"ftyp":
            raise AppError("undecodable/no-index", name=name) from error
        raise AppError("not-audio", name=name) from error
    with container:
        yield container


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
