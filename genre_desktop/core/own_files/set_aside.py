"""Setting aside what cannot be read: renamed beside its place, with the date in its name, and never deleted."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

_NAME = re.compile(r"(?P<name>.+)\.damaged-(?P<moment>\d{8}-\d{6}(?:-\d+)?)")
log = logging.getLogger(__name__)


def set_aside(path: Path, endings: Sequence[str] = ()) -> Path | None:
    """Rename a file, link or folder to ``NAME.damaged-DATE-TIME``, and files that belong to it in the same way.

    Parameters
    ----------
    endings:
        What the names of further files add to the name of ``path``, such as ``-wal``. It is added to the new
        name too, so that they still belong together.

    Returns
    -------
    The new path; ``None`` where nothing is there (another process was faster).

    Raises
    ------
    OSError
        Its folder cannot be changed, or on Windows another program has it open.
    """
    target = _free(path)
    for ending in endings:  # first: SQLite would give them to whatever has the name next
        _rename(path.with_name(path.name + ending), target.with_name(target.name + ending))
    if not _rename(path, target):
        return None
    log.warning("%s cannot be read and was set aside as %s", path, target.name)
    return target


def original(path: Path) -> str:
    """Return the name that a file had before it was set aside; empty for other files."""
    found = _NAME.fullmatch(path.name)
    return found["name"] if found else ""


def found(folder: Path) -> list[Path]:
    """Return what was set aside in a folder, oldest first; empty where it cannot be listed."""
    try:
        paths = [path for path in folder.iterdir() if original(path)]
    except OSError:
        return []
    return sorted(paths, key=lambda path: path.name.rpartition(".")[2])


def _free(path: Path) -> Path:
    stem = f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    number, target = 1, path.with_name(stem)
    while os.path.lexists(target):
        number += 1
        target = path.with_name(f"{stem}-{number}")
    return target


def _rename(source: Path, target: Path) -> bool:
    try:
        source.rename(target)
    except FileNotFoundError:
        return False
    return True
