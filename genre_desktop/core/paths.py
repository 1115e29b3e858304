"""Paths of the user's data and of the files shipped with the program."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "GENRE_DESKTOP_HOME"


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

    def create(self) -> Home:
        """Create the folders that must exist."""
        for folder in (self.root, self.registry, self.logs, self.reports, self.takes, self.numba_cache):
            folder.mkdir(parents=True, exist_ok=True)
        return self


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
    """Replace ``path`` with ``data``; after a crash it is either the old file or the new one."""
    write_blocks_atomically(path, [data])


def write_blocks_atomically(path: Path, blocks: Iterable[bytes | memoryview]) -> None:
    """As :func:`write_atomically`, one block after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
