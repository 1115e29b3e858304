"""One watched folder: finds what is new or was changed, once it is whole. No Qt, no thread, no clock of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from genre_desktop.audio.file_discovery import is_candidate
from genre_desktop.core.errors import Cancelled
from genre_desktop.core.store.watched_files import SeenFile

SETTLE_S = 2.0
"""A file that did not change for so long is whole: copying and downloading touch it more often."""

FULL_EVERY_S = 60.0
"""Folders whose time did not change are listed this often all the same: a file written to in place
changes only its own time, and some network drives do not tell at all."""

FRESH_S = 3.0
"""A folder changed so shortly ago may change again within the same tick of its clock."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that is whole and new, or changed since it was ``before``."""

    path: str
    stamp: str
    before: SeenFile | None = None


@dataclass
class ScanResult:
    """What one look found.

    ``moved`` pairs old and new paths of files that were known and only have another name now;
    ``there`` is False while the folder itself is gone.
    """

    fresh: list[ChangedFile] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    there: bool = True


@dataclass(slots=True)
class _Listing:
    """A folder as it was: its time, and the folders in it."""

    changed_ns: int
    folders: tuple[str, ...]


class FolderScanner:
    """A folder and everything below it.

    Cheap to look at again and again: a folder whose own time did not change is not listed, so a look at
    20,000 files in 1,000 folders asks the system 1,000 times.

    Parameters
    ----------
    root:
        The folder.
    known:
        What was seen to before, by path.
    """

    def __init__(self, root: Path, known: dict[str, SeenFile]) -> None:
        self.root, self.known = root, known
        self._listings: dict[str, _Listing] = {}
        self._pending: dict[str, tuple[str, float]] = {}
        self._handed: dict[str, str] = {}
        self._last_full: float | None = None

    def look(
        self, now: float, wall: float, cancelled: Callable[[], bool] = lambda: False, *, settle: bool = True
    ) -> ScanResult:
        """What is new since the last look.

        Parameters
        ----------
        now:
            Seconds of any clock that does not jump.
        wall:
            Seconds since 1970, to tell fresh folders.
        settle:
            Wait until files are whole; False takes them as they are.

        Raises
        ------
        Cancelled
            ``cancelled()`` was true.
        """
        if not os.path.isdir(self.root):  # noqa: PTH112  # Path.is_dir may raise
            self._listings.clear()
            self._pending.clear()
            self._last_full = None
            return ScanResult(there=False)
        full = self._last_full is None or now - self._last_full >= FULL_EVERY_S
        if full:
            self._last_full = now
        seen = self._walk(wall, full, cancelled)
        for path in [path for path in self._pending if path not in seen]:
            self._see_again(path, seen)
        return self._sort_out(seen, now, settle)

    def seen_to(self, path: str, known: SeenFile) -> None:
        """A file needs no reading as long as it stays like this."""
        self.known[path] = known
        self._handed.pop(path, None)

    # looking

    def _walk(self, wall: float, full: bool, cancelled: Callable[[], bool]) -> dict[str, str]:
        """Stamps of the candidates in the folders that were listed, by path."""
        seen: dict[str, str] = {}
        waiting, visited = [os.fspath(self.root)], set()
        while waiting:
            if cancelled():
                raise Cancelled
            folder = waiting.pop()
            try:
                status = os.stat(folder)  # noqa: PTH116  # thousands of times
                if (status.st_dev, status.st_ino) in visited:
                    continue
                visited.add((status.st_dev, status.st_ino))
                waiting += self._folders_in(folder, status.st_mtime_ns, wall, full, seen)
            except OSError:  # gone between two looks, or closed to us: the rest is looked at
                self._listings.pop(folder, None)
        return seen

    def _folders_in(
        self, folder: str, changed_ns: int, wall: float, full: bool, seen: dict[str, str]
    ) -> tuple[str, ...]:
        before = self._listings.get(folder)
        if before is not None and not full and before.changed_ns == changed_ns:
            return before.folders
        folders = _list(folder, seen)
        fresh = wall - changed_ns / 1e9 < FRESH_S
        self._listings[folder] = _Listing(-1 if fresh else changed_ns, folders)
        return folders

    def _see_again(self, path: str, seen: dict[str, str]) -> None:
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            del self._pending[path]
        else:
            if status.st_size:
                seen[path] = f"{status.st_size}:{status.st_mtime_ns}"

    def _sort_out(self, seen: dict[str, str], now: float, settle: bool) -> ScanResult:
        found = ScanResult()
        whole: list[ChangedFile] = []
        for path, stamp in seen.items():
            known = self.known.get(path)
            if (known is not None and known.stamp == stamp) or self._handed.get(path) == stamp:
                self._pending.pop(path, None)
                continue
            first, since = self._pending.get(path, ("", now))
            if settle and (first != stamp or now - since < SETTLE_S):
                self._pending[path] = (stamp, now if first != stamp else since)
                continue
            self._pending.pop(path, None)
            whole.append(ChangedFile(path, stamp, known))
        self._tell_moved_from_new(whole, found)
        return found

    def _tell_moved_from_new(self, whole: list[ChangedFile], found: ScanResult) -> None:
        """Known files of the same size and time, to the nanosecond, that are not at their place any more."""
        stamps = {fresh.stamp for fresh in whole if fresh.before is None}
        gone = {
            known.stamp: path
            for path, known in (self.known.items() if stamps else ())
            if known.stamp in stamps and not os.path.lexists(path)
        }
        for fresh in whole:
            old = gone.pop(fresh.stamp, None) if fresh.before is None else None
            if old is not None:
                self.known[fresh.path] = self.known.pop(old)
                found.moved.append((old, fresh.path))
            else:
                self._handed[fresh.path] = fresh.stamp
                found.fresh.append(fresh)


def _list(folder: str, seen: dict[str, str]) -> tuple[str, ...]:
    """Put the candidates of one folder into ``seen``; returns the folders in it. Empty files wait."""
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir():
                    if not entry.name.startswith("."):
                        folders.append(entry.path)
                elif is_candidate(entry.name):
                    status = entry.stat()
                    if status.st_size:
                        seen[entry.path] = f"{status.st_size}:{status.st_mtime_ns}"
            except OSError:  # gone meanwhile, or a link that leads nowhere
                continue
    return tuple(folders)
