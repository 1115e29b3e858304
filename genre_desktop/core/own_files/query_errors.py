"""SQLite's errors of disk and locks, in words for users."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from genre_desktop.core.errors import AppError, Problem, disk_full

_OF_THE_DISK = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_OF_LOCKS = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class QueryError(AppError, sqlite3.OperationalError):
    """A query failed at the disk or a lock: ``no-space``, ``store-failed`` or ``store-busy``; also an error of SQLite."""


def concerns_users(error: sqlite3.Error) -> bool:
    """Return whether a disk or a lock is the cause; else it is a mistake of the program."""
    return _kind(error) in _OF_THE_DISK | _OF_LOCKS


def translated(error: sqlite3.Error, path: Path) -> QueryError:
    """Return such an error of a query on the database ``path`` in words.

    To be raised in one statement: in a variable of the frame it would keep the frame, and so the file, open.
    """
    if _kind(error) in _OF_LOCKS:
        problem = Problem("store-busy/locked", path=str(path))
    else:
        problem = disk_full(error, path) or Problem("store-failed", path=str(path), error=str(error))
    found = QueryError(problem)
    found.sqlite_errorcode, found.sqlite_errorname = error.sqlite_errorcode, error.sqlite_errorname
    return found


def _kind(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
