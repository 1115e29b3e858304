"""Paths of the user's data and of the files shipped with the program."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from genre_desktop.core.disk import space, sync
from genre_desktop.core.errors import AppError

HOME_VARIABLE = "GENRE_DESKTOP_HOME"
STALE_S = 600.0
"""Age in seconds from which an unfinished copy counts as left by a killed process."""

MAX_ROOT_BYTES = 450
"""Longest path of a home: SQLite opens no file whose path has more than 512 bytes, and its own names follow."""

_FILES = ("genre_desktop.db", "schedule.db", "settings", "serving.json", "window.ini")
"""Beginnings of the names of the program's files in its home."""
_FOLDERS = ("registry", "logs", "reports", "takes", "cache", "locks")


_in_use: set[Path] = set()
"""Roots of the homes that this process works with; one that is deleted meanwhile is not created again in parts."""


class HomeGoneError(AppError, FileNotFoundError):
    """The home of this process was deleted: ``home-gone/removed``; whoever expects errors of files can go on."""


def make_folder(folder: Path) -> None:
    """Create a folder and those above it, but no home that this process works with and that was deleted.

    Raises
    ------
    HomeGoneError
        That is so.
    OSError
        The system's reason.
    """
    for root in _in_use:
        if folder.is_relative_to(root) and not root.is_dir():
            raise HomeGoneError("home-gone/removed", path=str(root))
    sync.create_folder(folder)


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of all user data."""

    root: Path

    @classmethod
    def locate(cls, explicit: str | os.PathLike[str] | None = None) -> Home:
        """Return the home at ``explicit``, else ``GENRE_DESKTOP_HOME``, else the platform's data folder."""
        chosen = (
            explicit or os.environ.get(HOME_VARIABLE) or platformdirs.user_data_dir("genre-desktop", False)
        )
        return cls(Path(chosen).expanduser().absolute())

    @property
    def store(self) -> Path:
        """SQLite: library, predictions, corrections, jobs, drift, alerts."""
        return self.root / "genre_desktop.db"

    @property
    def schedule(self) -> Path:
        """SQLite: APScheduler's job store."""
        return self.root / "schedule.db"

    @property
    def registry(self) -> Path:
        """Folder of the MLflow database and artifacts."""
        return self.root / "registry"

    @property
    def settings(self) -> Path:
        """JSON: the user's settings."""
        return self.root / "settings.json"

    @property
    def logs(self) -> Path:
        """Folder of rotating log files and job logs."""
        return self.root / "logs"

    @property
    def reports(self) -> Path:
        """Folder of drift reports (HTML)."""
        return self.root / "reports"

    @property
    def takes(self) -> Path:
        """Folder of recordings made in live mode."""
        return self.root / "takes"

    @property
    def numba_cache(self) -> Path:
        """Persistent cache of compiled numba functions."""
        return self.root / "cache" / "numba"

    @property
    def in_use(self) -> bool:
        """Whether this process works with it and does not create it again, see :meth:`use`."""
        return self.root in _in_use

    def use(self, *, existed: bool = False) -> Home:
        """From now on do not create it again, in parts, if it is deleted; return it.

        One that a full disk had no space for is created as soon as there is some. ``existed`` says that it was there
        when the program started, though it may be deleted by now.
        """
        if existed or self.root.is_dir():
            _in_use.add(self.root)
        return self

    def create(self) -> Home:
        """Create the folders that must exist, and close the home to other users.

        On a full disk as many as there is space for: answers need none of them.

        Raises
        ------
        AppError
            ``home-unusable``: a file is in the way, or nothing can be written there.
        """
        if sys.platform != "win32" and len(os.fsencode(self.root)) > MAX_ROOT_BYTES:
            raise AppError("home-unusable/long", path=str(self.root), limit=MAX_ROOT_BYTES)
        try:
            for folder in (
                self.root, self.registry, self.logs, self.reports, self.takes, self.numba_cache
            ):  # fmt: skip
                sync.create_folder(folder, 0o700)
            _probe(self)
        except OSError as error:
            if not space.is_full(error):
                raise _unusable(self.root, error) from error
            if not self.root.exists():
                return self
        if sys.platform != "win32":
            _close_to_others(self.root)
        return self


def _unusable(root: Path, error: OSError) -> AppError:
    path = str(root)
    match error.errno:
        case errno.ENOTDIR | errno.EEXIST:
            return AppError("home-unusable/file", path=path)
        case errno.EROFS:
            return AppError("home-unusable/read-only", path=path)
        case errno.EACCES | errno.EPERM:
            return AppError("home-unusable/owner", path=path)
    return AppError("home-unusable", path=path, error=error.strerror or str(error))


def _probe(home: Home) -> None:
    """Write and remove a file, as folders that exist say nothing about a disk that is read-only."""
    try:
        handle, name = tempfile.mkstemp(dir=home.root, prefix=".probe.")
    except OSError as error:
        if space.is_full(error):
            return
        raise
    os.close(handle)
    Path(name).unlink()
    if home.store.exists() and not os.access(home.store, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(home.store))


def _close_to_others(root: Path) -> None:
    """Take the rights of other users from what is the program's; a folder with other files in it keeps its own."""
    if root.stat().st_mode & 0o077 == 0:
        return
    entries = list(root.iterdir())
    ours = [entry for entry in entries if entry.name in _FOLDERS or entry.name.startswith(_FILES)]
    for entry in ours:
        _close(entry)
        for folder, folders, files in os.walk(entry):
            for name in (*folders, *files):
                _close(Path(folder, name))
    if len(ours) == len(entries) and not root.is_mount():
        _close(root)  # last: an interrupted walk is repeated at the next start


def _close(path: Path) -> None:
    with contextlib.suppress(OSError):
        status = path.lstat()
        regular = stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)
        if regular and status.st_uid == os.geteuid() and status.st_mode & 0o077:
            path.chmod(stat.S_IMODE(status.st_mode) & 0o700)


def shipped(*parts: str) -> Path:
    """Return the path of a shipped file: ``shipped("resources", "demo.flac")``.

    In a source checkout these are beside the package folder, in a wheel inside it
    (``genre_desktop/_shipped``), in a frozen app beside the modules of the executable.
    """
    package = Path(__file__).resolve().parents[1]
    bases = [Path(getattr(sys, "_MEIPASS", package.parent)), package / "_shipped", package.parent]
    for base in bases:
        candidate = base.joinpath(*parts)
        if candidate.exists():
            return candidate
    return bases[-1].joinpath(*parts)


def write_atomically(path: Path, data: bytes | memoryview) -> None:
    """Replace ``path`` with ``data``; after a crash it is either the old file or the new one.

    When this returns, the new one is on the disk, so that a loss of power cannot bring the old one back.
    """
    write_blocks_atomically(path, [data])


def write_blocks_atomically(path: Path, blocks: Iterable[bytes | memoryview]) -> None:
    """As :func:`write_atomically`, one block after the other."""
    make_folder(path.parent)
    delete_stale(path.parent.glob(f".{glob.escape(path.name)}.*"))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync.sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def delete_stale(copies: Iterable[Path], now: float | None = None) -> int:
    """Delete those unfinished copies that killed processes left; return their number."""
    deleted = 0
    for copy in copies:
        with contextlib.suppress(OSError):
            if copy.stat().st_mtime < (now or time.time()) - STALE_S:
                copy.unlink()
                deleted += 1
    return deleted
