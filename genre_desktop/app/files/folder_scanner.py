"""Find new and changed files below a folder once they are complete. No Qt, no thread, no clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from genre_desktop.audio.file_discovery import is_candidate
from genre_desktop.core.errors import Cancelled
from genre_desktop.core.store.watched_files import SeenFile

SETTLE_S = 2.0
"""A file unchanged for so long is complete: copying and downloading write to it more often."""

FULL_EVERY_S = 60.0
"""Interval at which folders of unchanged time are listed too: a file written in place changes only its own
time, and some network drives do not update a folder's."""

FRESH_S = 3.0
"""A folder changed so recently may change again within one tick of its file system's clock."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A complete file that is new, or has changed since ``before``."""

    path: str
    stamp: str
    before: SeenFile | None = None


@dataclass
class ScanResult:
    """The result of a scan.

    ``moved`` pairs old and new paths of renamed files; ``exists`` is False while the folder itself is missing.
    """

    fresh: list[ChangedFile] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    exists: bool = True


@dataclass(slots=True)
class _Listing:
    """A listed folder: its modification time and its subfolders."""

    changed_ns: int
    folders: tuple[str, ...]


class FolderScanner:
    """Scan a folder and its subfolders repeatedly.

    A folder whose modification time did not change is not listed, so scanning 20,000 files in 1,000 folders
    takes 1,000 system calls. ``known`` has the files that were handled before, by path.
    """

    def __init__(self, root: Path, known: dict[str, SeenFile]) -> None:
        self.root, self.known = root, known
        self._listings: dict[str, _Listing] = {}
        self._pending: dict[str, tuple[str, float]] = {}
        self._reported: dict[str, str] = {}
        self._last_full: float | None = None

    def scan(
        self, now: float, wall: float, cancelled: Callable[[], bool] = lambda: False, *, settle: bool = True
    ) -> ScanResult:
        """Return what is new since the last scan.

        Parameters
        ----------
        now:
            Seconds of a monotonic clock.
        wall:
            Seconds since 1970, to recognize recently changed folders.
        settle:
            Wait until files are complete; False returns them at once.

        Raises
        ------
        Cancelled
            ``cancelled()`` was true.
        """
        if not os.path.isdir(self.root):  # noqa: PTH112  # Path.is_dir may raise
            self._listings.clear()
            self._pending.clear()
            self._last_full = None
            return ScanResult(exists=False)
        full = self._last_full is None or now - self._last_full >= FULL_EVERY_S
        if full:
            self._last_full = now
        seen = self._walk(wall, full, cancelled)
        for path in [path for path in self._pending if path not in seen]:
            self._stat_pending(path, seen)
        return self._complete_files(seen, now, settle)

    def mark_seen(self, path: str, known: SeenFile) -> None:
        """Do not report a file while its stamp stays the same."""
        self.known[path] = known
        self._reported.pop(path, None)

    def _walk(self, wall: float, full: bool, cancelled: Callable[[], bool]) -> dict[str, str]:
        """Return the stamps of audio files in the folders listed now, by path."""
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
            except OSError:  # deleted meanwhile or not readable: the others are scanned
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

    def _stat_pending(self, path: str, seen: dict[str, str]) -> None:
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            del self._pending[path]
        else:
            if status.st_size:
                seen[path] = f"{status.st_size}:{status.st_mtime_ns}"

    def _complete_files(self, seen: dict[str, str], now: float, settle: bool) -> ScanResult:
        found = ScanResult()
        complete: list[ChangedFile] = []
        for path, stamp in seen.items():
            known = self.known.get(path)
            if (known is not None and known.stamp == stamp) or self._reported.get(path) == stamp:
                self._pending.pop(path, None)
                continue
            first, since = self._pending.get(path, ("", now))
            if settle and (first != stamp or now - since < SETTLE_S):
                self._pending[path] = (stamp, now if first != stamp else since)
                continue
            self._pending.pop(path, None)
            complete.append(ChangedFile(path, stamp, known))
        self._separate_moved(complete, found)
        return found

    def _separate_moved(self, complete: list[ChangedFile], found: ScanResult) -> None:
        """Add files to ``found`` as moved if a known file of the same size and time (ns) is missing, else as fresh."""
        stamps = {fresh.stamp for fresh in complete if fresh.before is None}
        gone = {
            known.stamp: path
            for path, known in (self.known.items() if stamps else ())
            if known.stamp in stamps and not os.path.lexists(path)
        }
        for fresh in complete:
            old = gone.pop(fresh.stamp, None) if fresh.before is None else None
            if old is not None:
                self.known[fresh.path] = self.known.pop(old)
                found.moved.append((old, fresh.path))
            else:
                self._reported[fresh.path] = fresh.stamp
                found.fresh.append(fresh)


def _list(folder: str, seen: dict[str, str]) -> tuple[str, ...]:
    """Add the non-empty audio files of a folder to ``seen`` and return its subfolders."""
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
            except OSError:  # deleted meanwhile, or a broken link
                continue
    return tuple(folders)
