"""Finds sound files in what a person dropped or typed, one at a time, however large the folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.errors import Cancelled, Problem

EXTENSIONS: frozenset[str] = frozenset(
    [
        ".aac",
        ".ac3",
        ".aif",
        ".aifc",
        ".aiff",
        ".alac",
        ".amr",
        ".ape",
        ".au",
        ".caf",
        ".dsf",
        ".flac",
        ".m4a",
        ".m4b",
        ".mka",
        ".mp2",
        ".mp3",
        ".mp4a",
        ".mpc",
        ".oga",
        ".ogg",
        ".opus",
        ".ra",
        ".snd",
        ".spx",
        ".tta",
        ".voc",
        ".w64",
        ".wav",
        ".wave",
        ".weba",
        ".wma",
        ".wv",
        ".3gp",
        ".asf",
        ".avi",
        ".flv",
        ".m4v",
        ".mkv",
        ".mov",
        ".mp4",
        ".mpeg",
        ".mpg",
        ".mts",
        ".mxf",
        ".ogv",
        ".ts",
        ".webm",
        ".wmv",
    ]
)
"""Names worth trying inside a folder, in small letters; a file named by the person is always tried."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A folder or name that cannot be looked into, or is passed over, with the reason in words."""

    path: Path
    problem: Problem


Found = Path | Unreadable

_HIDDEN = Problem("hidden-file")


def is_candidate(name: str) -> bool:
    """True where a file inside a folder should be tried: a known extension, and not hidden.

    ``._song.mp3`` (what macOS leaves on foreign disks) counts as hidden.
    """
    return not name.startswith(".") and os.path.splitext(name)[1].lower() in EXTENSIONS  # noqa: PTH122


def find_audio(
    paths: Iterable[str | os.PathLike[str]],
    recursive: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    tell_hidden: bool = False,
) -> Iterator[Found]:
    """Each file to analyse, in the order given and by name within a folder.

    A file named explicitly always comes out, known extension or not, there or not: reading it then
    says what is wrong. A folder gives the candidates in it, with ``recursive`` also those below.
    Folders are read one at a time while the caller takes from the iterator, links are followed but
    never into a folder already visited, and one that cannot be opened comes out as
    :class:`Unreadable`. The same file is given once.

    What is hidden is passed over; with ``tell_hidden`` it comes out as :class:`Unreadable` where it is a
    sound file, or a folder that holds one. ``._song.mp3`` never does: it holds no sound, only what macOS
    keeps beside ``song.mp3``.

    Raises
    ------
    Cancelled
        ``cancelled()`` was true.
    """
    seen: set[tuple[int, int]] = set()
    given: set[str] = set()
    for path in paths:
        is_folder = os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises where it may not look
        walk = _walk(Path(path), recursive, seen, cancelled, tell_hidden=tell_hidden)
        found = walk if is_folder else [Path(path)]
        for item in found:
            key = os.fspath(item.path if isinstance(item, Unreadable) else item)
            if key not in given:
                given.add(key)
                yield item


def _walk(
    top: Path,
    recursive: bool,
    seen: set[tuple[int, int]],
    cancelled: Callable[[], bool],
    *,
    tell_hidden: bool,
) -> Iterator[Found]:
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        if cancelled():
            raise Cancelled
        try:
            files, folders, hidden = _contents(folder, seen)
        except OSError as error:
            yield Unreadable(folder, _folder_problem(folder, error))
            continue
        for name in files:
            if cancelled():
                raise Cancelled
            yield folder / name
        for name in hidden if tell_hidden else []:
            if _is_sound(folder / name, cancelled):
                yield Unreadable(folder / name, _HIDDEN)
        if recursive:
            waiting += [folder / name for name in reversed(folders)]


def _contents(folder: Path, seen: set[tuple[int, int]]) -> tuple[list[str], list[str], list[str]]:
    """Names of candidate files, of sub-folders, and of all that is hidden; nothing for a folder visited before."""
    status = folder.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return [], [], []
    seen.add(identity)
    files: list[str] = []
    folders: list[str] = []
    hidden: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                hidden.append(entry.name)
            elif _is_folder(entry):
                folders.append(entry.name)
            elif is_candidate(entry.name):
                files.append(entry.name)
    return sorted(files), sorted(folders), sorted(hidden)


def _is_sound(hidden: Path, cancelled: Callable[[], bool]) -> bool:
    if os.path.isdir(hidden):  # noqa: PTH112  # as above
        return any(isinstance(found, Path) for found in find_audio([hidden], True, cancelled))
    return not hidden.name.startswith("._") and is_candidate(hidden.name.lstrip("."))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in circles
        return False


def _folder_problem(folder: Path, error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        return Problem("unreadable-folder/denied", folder=folder.name or str(folder))
    return Problem("unreadable-folder", folder=folder.name or str(folder), error=error.strerror or str(error))
