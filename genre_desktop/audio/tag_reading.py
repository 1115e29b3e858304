"""Reads genre, mood, tempo and key from the tags of files of all formats that mutagen supports."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from genre_desktop.audio.tag_file import MOST_BYTES, TagFile, TooLargeError, limit_decompression
from genre_desktop.core.errors import AppError, disk_full

_ID3_VERSION = 3
"""ID3v2.3 for files without tags: every player reads it."""
TMPO = "tmpo"
"""The tempo in MP4, whose values are whole numbers."""
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class FileTags:
    """Genre, mood, tempo and key in the tags of a file, which may hold several values of each.

    Attributes
    ----------
    genres, moods, bpm, key:
        The raw values, for restoring them.
    had_tags:
        False for a file without any tags, so that none remain when all values are removed again.
    names:
        The genres as text: old ID3 tags hold numbers.
    id3:
        The minor version of ID3v2 in which the tags are saved, 3 or 4; 0 for other kinds of tags.
    """

    genres: tuple[str, ...] = ()
    had_tags: bool = True
    names: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    id3: int = 0
    bpm: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.names)


@contextmanager
def opened_file(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading its tags, with errors as :func:`translated_errors`."""
    with translated_errors(path):
        if not stat.S_ISREG(path.stat().st_mode):
            raise unsupported(path.name)
        with TagFile(io.FileIO(path)) as file:
            yield file


def read(path: Path) -> FileTags:
    """Return genre, mood, tempo and key of a file.

    Raises
    ------
    AppError
        ``missing-file``, ``tags-not-written``, ``tags-unsupported`` for a format without a genre tag,
        ``tags-damaged``.
    """
    with opened_file(path) as file:
        return tags_in(file, path.name)


def parsed(source: BinaryIO, name: str) -> Any:
    """Return an opened file as parsed by mutagen, keeping ID3 frames in their own version; errors as :func:`tags_in`."""
    file = _recognised(source, name)
    if _keeps_version(file):
        source.seek(0)
        file = type(file)(source, translate=False)
    return file


def tags_in(source: BinaryIO, name: str) -> FileTags:
    """Return genre, mood, tempo and key in an opened file, whose attribute ``name`` has the suffix.

    Raises
    ------
    AppError
        ``tags-unsupported``, ``tags-damaged``.
    OSError
        The file cannot be read.
    """
    with damage_named(name):
        return tags_of(parsed(source, name))


@contextmanager
def damage_named(name: str) -> Iterator[None]:
    """Raise what mutagen raises as it reads or writes damaged tags, its own errors and any other, as ``AppError``.

    Errors of the system are raised as they are, where mutagen has made its own of them.
    """
    from mutagen import MutagenError

    try:
        yield
    except AppError:
        raise
    except (TooLargeError, MemoryError) as error:
        megabytes = MOST_BYTES // 1_000_000
        raise AppError("tags-damaged/too-large", name=name, megabytes=megabytes) from error
    except (MutagenError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = error.args[0] if error.args else None
        if isinstance(reason, OSError) and reason.errno is not None:
            raise reason from None
        text = str(error)[:_LONGEST_REASON]
        damaged = AppError("tags-damaged", name=name, error=text)
        raise (damaged if text else AppError("tags-damaged/structure", name=name)) from error
    except Exception as error:  # IndexError, KeyError, TypeError, struct.error … of its many formats
        raise AppError("tags-damaged/structure", name=name) from error


def _recognised(source: BinaryIO, name: str) -> Any:
    import mutagen

    limit_decompression()
    if source.read(12)[8:] == b"AVI ":  # mutagen would mistake it for wav
        raise unsupported(name)
    source.seek(0)
    file = mutagen.File(source)
    if file is None or type(file).__name__ in ("AAC", "AC3", "SMF"):
        raise unsupported(name)
    return file


def _keeps_version(file: Any) -> bool:
    """Whether frames of ID3v2.3 would be converted to 2.4 unless that is switched off."""
    return is_id3(file) and file.tags is not None and file.tags.version >= (2, 3)


def is_id3(file: Any) -> bool:
    """Whether this format keeps its tags as ID3 frames."""
    from mutagen.aiff import AIFF
    from mutagen.dsdiff import DSDIFF
    from mutagen.dsf import DSF
    from mutagen.id3 import ID3FileType
    from mutagen.wave import WAVE

    return isinstance(file, ID3FileType | AIFF | WAVE | DSF | DSDIFF)


def keys(file: Any) -> tuple[str, str, str, str]:
    """Return the keys of genre, mood, tempo and key in this format."""
    from mutagen.apev2 import APEv2File
    from mutagen.asf import ASF
    from mutagen.mp4 import MP4

    if is_id3(file):
        return "TCON", "TMOO", "TBPM", "TKEY"
    if isinstance(file, MP4):
        return "\xa9gen", "----:com.apple.iTunes:MOOD", TMPO, "----:com.apple.iTunes:initialkey"
    if isinstance(file, ASF):
        return "WM/Genre", "WM/Mood", "WM/BeatsPerMinute", "WM/InitialKey"
    genre, mood = ("Genre", "Mood") if isinstance(file, APEv2File) else ("GENRE", "MOOD")
    return genre, mood, "BPM", "INITIALKEY"


def tags_of(file: Any) -> FileTags:
    """Return genre, mood, tempo and key of a file opened with mutagen."""
    tags, version = file.tags, id3_version(file)
    if tags is None:
        return FileTags(had_tags=False, id3=version)
    genre = keys(file)[0]
    genres, moods, bpm, key = (_values(file, name) for name in keys(file))
    had_tags = len(tags) > 0 or is_id3(file)
    names = tuple(tags[genre].genres) if is_id3(file) and genres else genres
    return FileTags(genres, had_tags, names, moods, version, bpm, key)


def _values(file: Any, key: str) -> tuple[str, ...]:
    if key not in file.tags:
        return ()
    entry = file.tags[key]
    texts = entry.text if is_id3(file) else entry
    return tuple(text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text) for text in texts)


def id3_version(file: Any) -> int:
    """Return the minor ID3v2 version to save, 3 or 4; 0 for other formats."""
    if not is_id3(file):
        return 0
    supported = file.tags is not None and file.tags.version >= (2, 3)
    return int(file.tags.version[1]) if supported else _ID3_VERSION


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Raise the system's errors as ``AppError``."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _os_problem(path, error) from error


def _os_problem(path: Path, error: OSError | ValueError) -> AppError:
    if isinstance(error, FileNotFoundError):
        return AppError("missing-file/tags", name=path.name)
    if problem := disk_full(error, path):
        return AppError(problem)
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
    return AppError("tags-not-written", name=path.name, error=reason)


def unsupported(name: str) -> AppError:
    """Return the error for a format without a genre tag."""
    return AppError("tags-unsupported", name=name)
