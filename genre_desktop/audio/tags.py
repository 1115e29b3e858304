"""Reads, safely writes and restores genre, mood, tempo and key in the tags of files of all formats that mutagen supports.

Reading is done by the decoder process (:mod:`genre_desktop.audio.sandbox`), writing by the process that calls.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from genre_desktop.audio.sandbox import client
from genre_desktop.audio.sandbox.client import clip_hash
from genre_desktop.audio.tag_file import WritableTagFile
from genre_desktop.audio.tag_reading import (
    TMPO,
    FileTags,
    damage_named,
    id3_version,
    is_id3,
    keys,
    parsed,
    translated_errors,
    unsupported,
)
from genre_desktop.core.disk.sync import sync_folder
from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import message
from genre_desktop.core.paths import delete_stale

PREFIX = ".genre-desktop-"
"""Name prefix of temporary copies: hidden, so that players and folder watchers ignore them."""

_SUCCESSORS = {
    "TYER": "TDRC", "TDAT": "TDRC", "TIME": "TDRC", "TORY": "TDOR", "IPLS": "TIPL",
    "TDRC": "TYER", "TDOR": "TORY", "TIPL": "IPLS", "TMCL": "IPLS",
}  # fmt: skip
"""Frames that hold the same in the other version of ID3v2."""


Values = tuple[Sequence[str] | None, ...]
"""Those of the fields for genre, mood, tempo and key; None to leave a field as it is, empty to remove it."""


def needs_id3v24(genres: Sequence[str] | None, moods: Sequence[str] | None) -> bool:
    """Return whether ID3v2.3 cannot hold these values: it has one genre and no mood."""
    return len(genres or ()) > 1 or bool(moods)


def read_tags(path: Path) -> FileTags:
    """Return genre, mood, tempo and key of a file.

    Raises
    ------
    AppError
        ``missing-file``, ``unreadable-file``, ``tags-unsupported`` for a format without a genre
        tag, ``tags-damaged``.
    """
    return client.read_tags(path)


def write_tags(
    path: Path,
    genres: Sequence[str] | None,
    moods: Sequence[str] | None = None,
    bpm: Sequence[str] | None = None,
    key: Sequence[str] | None = None,
    *,
    sound: str = "",
    before_replacing: Callable[[FileTags], object] = lambda _tags: None,
    had_tags: bool = True,
    id3: int = 0,
) -> FileTags:
    """Set genre, mood, tempo and key of a file and return the previous values.

    Several values are written as such: separate strings of one ID3v2.4 frame (TCON, TMOO), one Vorbis comment
    each (GENRE, MOOD), one data atom each in MP4 (``©gen``, ``----:com.apple.iTunes:MOOD``). ID3v2.3 tags
    become 2.4 where :func:`needs_id3v24`, and the frames for dates and people are converted with them.

    A copy in the same folder is changed, verified and atomically moved in place: a crash leaves the old
    file or the new one. The audio packets, all other tags, permissions, owner and extended attributes are
    preserved; the modification time is updated. A symbolic link is followed; other hard links keep the
    old file.

    Parameters
    ----------
    genres, moods, bpm, key:
        None to leave the field as it is, empty to remove it.
    sound:
        The ``clip_hash`` the file must have; empty for the current one.
    before_replacing:
        Called with the previous values before the file is replaced.
    had_tags:
        False to remove all tags if they hold nothing else.
    id3:
        The minor version of ID3v2 to save, 3 or 4; 0 keeps that of the file where it can hold the values.

    Raises
    ------
    AppError
        As :func:`read_tags`, and ``file-read-only``, ``file-changed`` if it is a different song or was
        modified meanwhile, ``tags-not-written`` with the system's reason. The file is unchanged then.
    """
    target, values = Path(os.path.realpath(path)), (genres, moods, bpm, key)
    with translated_errors(path):
        check_writable(target)
        status = target.stat()
        before = client.read_tags(
            target
        )  # in the decoder process, with its limits, before this process parses them
        with _copy(target) as copy:
            with damage_named(path.name), WritableTagFile(copy) as file:
                _change(file, path.name, values, had_tags, id3)
            _check_sound(target, copy, sound)
            _check_written(copy, values)
            _copy_metadata(copy, target, status)
            if _identity(target.stat()) != _identity(status):
                raise AppError("file-changed/meanwhile", name=path.name)
            before_replacing(before)
            copy.replace(target)
    with contextlib.suppress(OSError):  # the file has its tags; an error would deny that
        sync_folder(target.parent)
    return before


def sweep(folder: Path, now: float | None = None) -> int:
    """Delete copies left in a folder by killed processes; return their number."""
    with contextlib.suppress(OSError):
        return delete_stale(folder.glob(f"{PREFIX}*"), now)
    return 0


def _change(source: WritableTagFile, name: str, values: Values, had_tags: bool, id3: int) -> None:
    file = parsed(source, name)
    version = id3_version(file)
    if version:
        version = id3 or (4 if needs_id3v24(*values[:2]) else version)
    if file.tags is None:
        file.add_tags()
    if version:
        _convert(file.tags, version)  # first, because 2.3 has no mood
    for key, wanted in zip(keys(file), values, strict=True):
        if wanted is not None:
            _set_values(file, key, wanted)
    source.saving()
    source.seek(0)
    if not had_tags and not len(file.tags):
        file.delete(source)
    elif version:
        file.save(source, v2_version=version)
    else:
        file.save(source)


def _convert(tags: Any, version: int) -> None:
    """Convert frames to ID3v2.3 or 2.4; those without a successor stay, although mutagen would delete them."""
    # Versions before 2.3 are read as 2.4, as are new tags.
    present = 3 if tags.version[:2] == (2, 3) else 4
    if present == version:
        return
    before = dict(tags)
    tags.update_to_v24() if version == 4 else tags.update_to_v23()
    for key, entry in before.items():
        if key not in tags and _SUCCESSORS.get(entry.FrameID) not in tags:
            tags[key] = entry


def _set_values(file: Any, key: str, values: Sequence[str]) -> None:
    if not values:
        if key in file.tags:
            del file.tags[key]
    elif is_id3(file):
        from mutagen.id3 import Encoding, Frames

        file.tags.setall(key, [Frames[key](encoding=Encoding.UTF16, text=list(values))])
    elif key.startswith("----:"):
        file.tags[key] = [value.encode() for value in values]
    elif key == TMPO:
        file.tags[key] = [int(value) for value in values]
    else:
        file.tags[key] = list(values)


@contextmanager
def _copy(target: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX, suffix=target.suffix)
    os.close(handle)
    copy = Path(name)
    try:
        shutil.copyfile(target, copy)
        yield copy
    except (
        BaseException
    ):  # not otherwise: an error after the file was replaced would deny that it was written
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)
        raise


def check_writable(target: Path) -> None:
    """Raise ``AppError`` (``file-read-only``, ``tags-unsupported``) for a file that must not be changed."""
    status = target.stat()
    if not stat.S_ISREG(status.st_mode):
        raise unsupported(target.name)
    # Not os.access alone: root may write everything, but a write-protected file should stay as it is.
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise AppError("file-read-only", name=target.name)


def _check_sound(target: Path, copy: Path, sound: str) -> None:
    """Verify that the audio of the copy equals that of the file and has the hash ``sound``."""
    found = clip_hash(copy)
    if found == (sound or clip_hash(target)):
        return
    if sound and clip_hash(target) == found:
        raise AppError("file-changed", name=target.name)
    raise AppError("tags-not-written/other-changes", name=target.name)


def _check_written(copy: Path, values: Values) -> None:
    try:
        found = client.read_tags(copy)
    except AppError as error:
        if error.problem.code != "tags-damaged":
            raise
        raise OSError(errno.EIO, message("the written tag could not be read")) from error
    for now, wanted in zip((found.genres, found.moods, found.bpm, found.key), values, strict=True):
        if wanted is not None and "/".join(now) != "/".join(wanted):  # ID3v2.3 joins several with a slash
            raise OSError(errno.EIO, message("the written tag could not be read"))


def _copy_metadata(copy: Path, target: Path, status: os.stat_result) -> None:
    """Copy permissions, owner and extended attributes to the copy, and sync it to disk."""
    shutil.copystat(target, copy)
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # not permitted: the file gets our owner, as with any editor
            os.chown(copy, status.st_uid, status.st_gid)
            copy.chmod(stat.S_IMODE(status.st_mode))
    os.utime(copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def _identity(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
