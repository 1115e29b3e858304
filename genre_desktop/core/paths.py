"""Where things live: the user's home of this app, and the files shipped with it."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "GENRE_DESKTOP_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """All user data under one folder, so that one option moves everything."""

    root: Path

    @classmethod
    def locate(cls, explicit: str | os.PathLike[str] | None = None) -> Home:
        """The folder from ``--home``, else ``GENRE_DESKTOP_HOME``, else the platform's own."""
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
        """JSON: the person's settings."""
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
        """Make the folders that must exist; safe to call again."""
        for folder in (self.root, self.registry, self.logs, self.reports, self.takes, self.numba_cache):
            folder.mkdir(parents=True, exist_ok=True)
        return self


def shipped(*parts: str) -> Path:
    """A file shipped beside the package: ``shipped("resources", "demo.flac")``.

    In a source checkout these stand beside the package folder, in a wheel inside it
    (``genre_desktop/_shipped``), in a frozen app beside the executable's modules.
    """
    package = Path(__file__).resolve().parents[1]
    bases = [Path(getattr(sys, "_MEIPASS", package.parent)), package / "_shipped", package.parent]
    for base in bases:
        candidate = base.joinpath(*parts)
        if candidate.exists():
            return candidate
    return bases[-1].joinpath(*parts)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` with ``data``; a crash leaves the old file or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
