"""The genre in a file's own tags: read, written without risk to the sound, and put back. mutagen does the formats."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.audio.decoding.content_hash import clip_hash
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message

PREFIX = ".genre-desktop-"
"""How the copies begin that are being written; a hidden name, so that no player and no watch takes one."""

STALE_S = 600.0
"""A copy this old was left by a process that was killed."""

_ID3_VERSION = 3
"""ID3v2.3 for files that have no tags yet: every player reads it."""


@dataclass(frozen=True, slots=True)
class GenreTag:
    """The genre entry of a file: several where it names several.

    Attributes
    ----------
    genres:
        The entry as it stands in the file, to be put back.
    had_tags:
        False for a file without any tags at all, so that none are left behind when the genre is taken
        out again.
    words:
        The genres for people: old ID3 tags hold numbers.
    """

    genres: tuple[str, ...] = ()
    had_tags: bool = True
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.words)


def read_genre(path: Path) -> GenreTag:
    """What the file's tags say its genre is.

    Raises
    ------
    AppError
        ``missing-file``, ``unreadable-file``, ``tags-unsupported`` for a format that cannot hold a
        genre, ``tags-damaged``.
    """
    with _words_for(path):
        return _genre_of(_opened(path))


def write_genre(
    path: Path,
    genres: Sequence[str],
    *,
    sound: str = "",
    before_replacing: Callable[[GenreTag], object] = lambda _tag: None,
    had_tags: bool = True,
) -> GenreTag:
    """Let ``genres`` be the genre in the file's tags; returns what stood there before.

    A copy beside the file is changed, checked and put in its place at once: a crash leaves the old
    file or the new one. Every packet of the sound and every other tag stay as they are; permissions,
    owner and extended attributes too. The time of change is new, so that players and backups notice.
    Through a link the file it points to is written; other hard links keep the file as it was.

    Parameters
    ----------
    genres:
        None takes the entry out.
    sound:
        The ``clip_hash`` the file must have; empty: whatever it has now.
    before_replacing:
        Called with what is going to be overwritten, before it is.
    had_tags:
        False takes all tags out when nothing but the genre is in them.

    Raises
    ------
    AppError
        As :func:`read_genre`, and ``file-read-only``, ``file-changed`` when it is another song by now or
        changes meanwhile, ``tags-not-written`` with the system's reason. The file is untouched then.
    """
    target = Path(os.path.realpath(path))
    with _words_for(path):
        check_writable(target)
        status = target.stat()
        before = _genre_of(_opened(target))
        with _copy(target) as copy:
            _change(copy, genres, had_tags)
            _check_sound(target, copy, sound)
            _check_written(copy, genres)
            _dress(copy, target, status)
            if _identity(target.stat()) != _identity(status):
                raise _changed_meanwhile(path)
            before_replacing(before)
            copy.replace(target)
    return before


def sweep(folder: Path, now: float | None = None) -> int:
    """Delete copies that a killed process left in a folder; returns how many."""
    found = 0
    with contextlib.suppress(OSError):
        for copy in folder.glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                if copy.stat().st_mtime < (now or time.time()) - STALE_S:
                    copy.unlink()
                    found += 1
    return found


# formats


def _opened(path: Path) -> Any:
    """The file as mutagen sees it, ID3 frames in their own version."""
    import mutagen

    with path.open("rb") as start:
        if start.read(12)[8:] == b"AVI ":  # mutagen takes it for wav
            raise _unsupported(path)
    file = mutagen.File(path)
    if file is None or type(file).__name__ in ("AAC", "AC3", "SMF"):
        raise _unsupported(path)
    if _is_id3(file) and file.tags is not None and file.tags.version >= (2, 3):
        file = type(file)(path, translate=False)  # 2.3 stays 2.3: frames of other kinds are not rewritten
    return file


def _is_id3(file: Any) -> bool:
    from mutagen.aiff import AIFF
    from mutagen.dsdiff import DSDIFF
    from mutagen.dsf import DSF
    from mutagen.id3 import ID3FileType
    from mutagen.wave import WAVE

    return isinstance(file, ID3FileType | AIFF | WAVE | DSF | DSDIFF)


def _key(file: Any) -> str:
    """Where this format keeps the genre."""
    from mutagen.apev2 import APEv2File
    from mutagen.asf import ASF
    from mutagen.mp4 import MP4

    if _is_id3(file):
        return "TCON"
    if isinstance(file, MP4):
        return "\xa9gen"
    if isinstance(file, ASF):
        return "WM/Genre"
    return "Genre" if isinstance(file, APEv2File) else "GENRE"


def _genre_of(file: Any) -> GenreTag:
    tags = file.tags
    if tags is None:
        return GenreTag((), had_tags=False)
    if _key(file) not in tags:
        return GenreTag((), had_tags=len(tags) > 0 or _is_id3(file))
    entry = tags[_key(file)]
    genres = tuple(str(text) for text in (entry.text if _is_id3(file) else entry))
    return GenreTag(genres, True, tuple(entry.genres) if _is_id3(file) else genres)


def _change(copy: Path, genres: Sequence[str], had_tags: bool) -> None:
    file = _opened(copy)
    version = _id3_version(file)
    if file.tags is None:
        file.add_tags()
    _put(file, genres)
    if not genres and not had_tags and not len(file.tags):
        file.delete()
        return
    if version:
        if file.tags.version < (2, 3):  # older ones were read as 2.4, whose year has another name
            file.tags.update_to_v23()
        file.save(v2_version=version)
    else:
        file.save()


def _id3_version(file: Any) -> int:
    """3 or 4, as the file has it; 0 for other formats."""
    if not _is_id3(file):
        return 0
    known = file.tags is not None and file.tags.version >= (2, 3)
    return int(file.tags.version[1]) if known else _ID3_VERSION


def _put(file: Any, genres: Sequence[str]) -> None:
    key = _key(file)
    if not genres:
        if key in file.tags:
            del file.tags[key]
    elif _is_id3(file):
        from mutagen.id3 import TCON, Encoding

        entry = TCON(encoding=Encoding.UTF16, text=list(genres))  # type: ignore[no-untyped-call]
        file.tags.setall("TCON", [entry])
    else:
        file.tags[key] = list(genres)


# safety


@contextmanager
def _copy(target: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX, suffix=target.suffix)
    os.close(handle)
    copy = Path(name)
    try:
        shutil.copyfile(target, copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)  # there only when something went wrong


def check_writable(target: Path) -> None:
    """Raise ``AppError`` (``file-read-only``, ``tags-unsupported``) for a file that is not to be changed."""
    status = target.stat()
    if not stat.S_ISREG(status.st_mode):
        raise _unsupported(target)
    # Not os.access alone: an administrator may write everything, but a protected file was meant to stay.
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise AppError("file-read-only", name=target.name)


def _check_sound(target: Path, copy: Path, sound: str) -> None:
    """The copy sounds like the file, and the file like the song that was answered."""
    found = clip_hash(copy)
    if found == (sound or clip_hash(target)):
        return
    if sound and clip_hash(target) == found:
        raise AppError("file-changed", name=target.name)
    raise AppError("tags-not-written/other-changes", name=target.name)


def _check_written(copy: Path, genres: Sequence[str]) -> None:
    if "/".join(_genre_of(_opened(copy)).genres) != "/".join(genres):  # ID3v2.3 joins several with a stroke
        raise OSError(errno.EIO, message("the tag could not be read back"))


def _dress(copy: Path, target: Path, status: os.stat_result) -> None:
    """Permissions, owner and attributes of the file, and everything on the disk."""
    shutil.copystat(target, copy)
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # another's file: it becomes ours, as with every editor
            os.chown(copy, status.st_uid, status.st_gid)
            copy.chmod(stat.S_IMODE(status.st_mode))
    os.utime(copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def _identity(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


# words


@contextmanager
def _words_for(path: Path) -> Iterator[None]:
    from mutagen import MutagenError

    try:
        yield
    except MutagenError as error:
        reason = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        if isinstance(reason, OSError):
            raise _os_problem(path, reason) from error
        raise AppError("tags-damaged", name=path.name, error=str(error) or type(error).__name__) from error
    except (OSError, ValueError) as error:
        raise _os_problem(path, error) from error


def _os_problem(path: Path, error: OSError | ValueError) -> AppError:
    if isinstance(error, FileNotFoundError):
        return AppError("missing-file/tags", name=path.name)
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
    return AppError("tags-not-written", name=path.name, error=reason)


def _unsupported(path: Path) -> AppError:
    return AppError("tags-unsupported", name=path.name)


def _changed_meanwhile(path: Path) -> AppError:
    return AppError("file-changed/meanwhile", name=path.name)
