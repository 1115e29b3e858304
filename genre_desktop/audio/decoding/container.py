"""Opens a sound or video file by its content and says in words why one cannot be opened."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import av

from genre_desktop.core.errors import AppError

# Playlists and stream descriptions are left out on purpose: they name other files or hosts, and a
# file dropped on the window must never make the program read anything but itself.
FORMATS = (
    "aa,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,dsf,dts,dtshd,eac3,flac,flv,gsm,iff,loas,matroska,mov,"
    "mp3,mpc,mpc8,mpeg,mpegts,mxf,nut,ogg,oma,rm,shn,tak,truehd,tta,voc,w64,wav,wtv,wv,xwma"
)
_OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
# FFmpeg looks for DTS hidden in 16-bit wav, by default through five megabytes: 30-150 ms a file
# instead of 2. Two such frames fit in this many bytes.
_WAV_OPTIONS = {**_OPTIONS, "probesize": "32768"}
_TAGS = ("title", "artist", "album")


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file says about itself before it is decoded.

    ``duration_s`` is None where the header names none; for raw streams (aac, mp3 without an
    index) it is an estimate from the bit rate. Tags are empty text where absent.
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
    """The file as FFmpeg sees it: without a name, whose suffix it would trust, and without exceptions.

    An exception inside a read that FFmpeg asked for would be lost or printed; it is kept in
    ``failure`` instead, and FFmpeg sees the end of the file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; none at the end or after a failure."""
        try:
            return self._file.read(size)
        except OSError as error:
            self.failure = error
            return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """The new position, or a negative number for a place that cannot be (broken headers ask for such)."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError):
            return -errno.EINVAL

    def tell(self) -> int:
        """The position."""
        return self._file.tell()

    def check(self, name: str) -> None:
        """Raise ``unreadable-file`` if a read has failed, as when a drive is unplugged."""
        if self.failure is not None:
            raise _os_problem(self.failure, name) from self.failure


@contextmanager
def open_file(path: str | os.PathLike[str]) -> Iterator[Reader]:
    """The file, opened for reading.

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
    """The media container in ``file``, told from its content whatever it is called.

    Raises
    ------
    AppError
        ``not-audio``, ``unreadable-file``, or ``undecodable`` for an MP4 whose index is missing.
    """
    options = _WAV_OPTIONS if file.read(12)[8:] == b"WAVE" else _OPTIONS
    file.seek(0)
    try:
        container = av.open(file, mode="r", metadata_errors="replace", options=options)
    except av.error.FFmpegError as error:
        file.check(name)
        raise _unrecognised(file, name) from error
    with container:
        yield container


def audio_stream(container: Any, name: str) -> Any:
    """The stream to listen to; the others are told to be skipped while reading.

    Raises
    ------
    AppError
        ``no-audio-stream``, or ``undecodable`` where no decoder knows the stream.
    """
    stream = container.streams.best("audio")
    if stream is None:
        raise AppError("no-audio-stream", name=name)
    for other in container.streams:
        if other is not stream:
            other.discard = av.stream.Discard.all
    if stream.codec_context is None:
        raise AppError("undecodable/codec", name=name)
    return stream


def describe(container: Any, stream: Any) -> Probe:
    """The :class:`Probe` of an opened file."""
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
    if stream.duration is not None:
        return float(stream.duration * stream.time_base)
    return float(container.duration / av.time_base) if container.duration is not None else None


def _is_video(stream: Any) -> bool:
    # Cover art is stored as a video stream of one picture.
    return bool(stream.type == "video" and not stream.disposition & av.stream.Disposition.attached_pic)


def _os_problem(error: OSError | ValueError, name: str) -> AppError:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return AppError("missing-file", name=name)
    if isinstance(error, IsADirectoryError):
        return AppError("is-a-directory", name=name)
    if isinstance(error, PermissionError):
        return AppError("unreadable-file/denied", name=name)
    return AppError("unreadable-file", name=name, error=error.strerror or str(error))


def _unrecognised(file: Reader, name: str) -> AppError:
    file.seek(0)
    if file.read(12)[4:8] == b"ftyp":
        return AppError("undecodable/no-index", name=name)
    return AppError("not-audio", name=name)
