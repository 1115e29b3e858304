"""Finds audio files in dropped or typed paths, one at a time, however large the folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.audio.visited_folders import VisitedFolders
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
"""Lower-case extensions of the files to try inside a folder; a file named explicitly is always tried."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A folder or file that cannot be read or is skipped, with the reason."""

    path: Path
    problem: Problem


Found = Path | Unreadable

_HIDDEN = Problem("hidden-file")


def is_candidate(name: str) -> bool:
    """Whether a file inside a folder should be tried: it has a known extension and is not hidden.

    ``._song.mp3`` (AppleDouble metadata on foreign disks) counts as hidden.
    """
    return not name.startswith(".") and os.path.splitext(name)[1].lower() in EXTENSIONS  # noqa: PTH122


class EarlierPaths:
    """The requested paths before the current one, and so which files were found below them.

    Nothing is kept of the files themselves, of which there may be a million.
    """

    def __init__(self, recursive: bool) -> None:
        self._recursive = recursive
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, path: Path) -> None:
        """Add a requested path after everything in it was found."""
        (self._folders if os.path.isdir(path) else self._files).add(str(path))  # noqa: PTH112  # as below

    def include(self, found: Found) -> bool:
        """Return whether this was found below an earlier path, or is one."""
        if not self._files and not self._folders:
            return False
        if isinstance(found, Unreadable):
            return str(found.path) in self._folders or (self._recursive and self._is_below(found.path))
        return str(found) in self._files or (is_candidate(found.name) and self._is_below(found))

    def _is_below(self, path: Path) -> bool:
        for parent in path.parents:
            if str(parent) in self._folders:
                return os.path.lexists(path)
            if not self._recursive or parent.name.startswith("."):  # hidden, or ".."
                return False
        return False


def find_audio(
    paths: Iterable[str | os.PathLike[str]],
    recursive: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    report_hidden: bool = False,
) -> Iterator[Found]:
    """Yield each file to analyse once, in the order given and by name within a folder.

    A file named explicitly is always yielded, even with an unknown extension or missing: reading it
    reports the problem. A folder yields its candidates, with ``recursive`` also those below. Folders
    are read lazily; links are followed, but never into a folder already visited; a folder that cannot
    be opened is yielded as :class:`Unreadable`.

    Hidden files are skipped; with ``report_hidden`` an audio file, or a folder that contains one, is
    yielded as :class:`Unreadable`. ``._song.mp3`` never is: it contains only metadata of ``song.mp3``.

    Raises
    ------
    Cancelled
        ``cancelled()`` was true.
    """
    seen = VisitedFolders()
    earlier = EarlierPaths(recursive)
    for path in map(Path, paths):
        is_folder = os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises without permission
        walk = _walk(path, recursive, seen, cancelled, report_hidden=report_hidden)
        yield from (item for item in (walk if is_folder else [path]) if not earlier.include(item))
        earlier.add(path)


def _walk(
    top: Path,
    recursive: bool,
    seen: VisitedFolders,
    cancelled: Callable[[], bool],
    *,
    report_hidden: bool,
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
        for name in hidden if report_hidden else []:
            if _has_audio(folder / name, cancelled):
                yield Unreadable(folder / name, _HIDDEN)
        if recursive:
            waiting += [folder / name for name in reversed(folders)]


def _contents(folder: Path, seen: VisitedFolders) -> tuple[list[str], list[str], list[str]]:
    """Return names of candidate files, sub-folders and hidden entries; nothing for a folder visited before."""
    if not seen.add(folder.stat()):
        return [], [], []
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


def _has_audio(hidden: Path, cancelled: Callable[[], bool]) -> bool:
    if os.path.isdir(hidden):  # noqa: PTH112  # as above
        return any(isinstance(found, Path) for found in find_audio([hidden], True, cancelled))
    return not hidden.name.startswith("._") and is_candidate(hidden.name.lstrip("."))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a circular link
        return False


def _folder_problem(folder: Path, error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        return Problem("unreadable-folder/denied", folder=folder.name or str(folder))
    return Problem("unreadable-folder", folder=folder.name or str(folder), error=error.strerror or str(error))
