"""Recognise a full disk in the errors of the system and of SQLite."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

NEEDED_MB = 50
"""Megabytes that should be free: a retrain writes about 20, and SQLite's log grows beside the store."""

_SQLITE_IOERR, _SQLITE_FULL, _SQLITE_CANTOPEN = 10, 13, 14
"""As in :mod:`sqlite3`, which is not loaded where no store is used."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_HARDLY_ANY_BYTES = 128 * 1024
"""With less than this free, an input/output error of SQLite, or a file it cannot create, is taken for a full disk."""


def is_full(error: BaseException, path: Path | None = None) -> bool:
    """Return whether ``error``, or one that it was raised from or while handling, means that a disk is full.

    ``path`` is where SQLite wrote: it reports some failures of a full disk as other errors.
    """
    return any(_means_full(each, path) for each in _chain(error))


def free_mb(path: Path) -> float | None:
    """Return the free megabytes of the disk that has ``path``, which need not exist; None if unknown."""
    for folder in (path, *path.parents):
        try:
            return shutil.disk_usage(folder).free / 1e6
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return None


def _means_full(error: BaseException, path: Path | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FULL
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return False
    kind = code & 0xFF
    if kind not in {_SQLITE_IOERR, _SQLITE_CANTOPEN} or path is None:
        return kind == _SQLITE_FULL
    free = free_mb(path)
    return free is not None and free * 1e6 < _HARDLY_ANY_BYTES


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
