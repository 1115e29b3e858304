"""Damage of a SQLite file: how it is recognized, and a connection that reports errors in words for users."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files import query_errors

ENDINGS = ("-wal", "-shm", "-journal")
"""Endings of the files that belong to a database."""
_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_OTHER_HEADER = ("unsupported file format", "attached databases must use the same text encoding")
"""What SQLite says, without a code of its own, when the format or the text encoding in the header is another."""

Result = TypeVar("Result")


class DamagedError(AppError, sqlite3.DatabaseError):
    """A query met damage; ``store-damaged``, and whoever expects errors of SQLite can go on as with any of those."""


def is_damage(error: BaseException) -> bool:
    """Return whether SQLite found its file damaged; a full disk, a lock or missing rights are no damage."""
    code, text = getattr(error, "sqlite_errorcode", 0), str(error)
    return code & 0xFF in _CODES or any(words in text for words in _OTHER_HEADER)


def is_other_kind(path: Path) -> bool:
    """Return whether a path is a pipe, a device, a folder or anything else that is no regular file."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def suspect(path: Path) -> Path:
    """Return the path of the mark that the next start has to check a database completely."""
    return path.with_name(f".{path.name}.suspect")


def mark(path: Path) -> None:
    """Have the next start check a database completely, and set it aside if it is damaged."""
    with contextlib.suppress(OSError):
        suspect(path).touch()


def integrity(connection: sqlite3.Connection, pragma: str = "integrity_check(3)") -> str:
    """Return what SQLite's check finds, or empty."""
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}")]
    except sqlite3.DatabaseError as error:
        if not is_damage(error) and not isinstance(error, DamagedError):
            raise
        return str(error)
    except UnicodeDecodeError as error:  # the damage is in the schema, whose text is that of the error
        return str(error)
    return "" if found == ["ok"] else "; ".join(found)


class GuardedCursor(sqlite3.Cursor):
    """A cursor that raises :class:`DamagedError` for damage, marking the file, and :class:`.QueryError` for a failing disk."""

    connection: GuardedConnection

    def execute(self, *args: Any) -> GuardedCursor:
        """Run a statement."""
        self._guarded(super().execute, *args)
        return self

    def executemany(self, *args: Any) -> GuardedCursor:
        """Run a statement for many rows."""
        self._guarded(super().executemany, *args)
        return self

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return self._guarded(super().fetchone)

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        return self._guarded(super().fetchall)

    def __next__(self) -> Any:
        return self._guarded(super().__next__)

    def _guarded(self, function: Callable[..., Result], *args: Any) -> Result:
        try:
            return function(*args)
        except sqlite3.DatabaseError as error:
            self.close()  # its statement would keep a closed connection's file open, as long as the error is kept
            if not is_damage(error):
                if not query_errors.concerns_users(error):
                    raise
                raise query_errors.translated(error, self.connection.path) from error
            self._report(error)
        except UnicodeDecodeError as error:  # of the message, which names a damaged table
            self.close()
            self._report(error)

    def _report(self, error: Exception) -> NoReturn:
        mark(self.connection.path)
        raise DamagedError("store-damaged", found=str(error)) from error


class GuardedConnection(sqlite3.Connection):
    """A connection with such cursors; ``path`` is set by whoever opens it."""

    path: Path

    def cursor(self, *args: Any, **named: Any) -> GuardedCursor:  # type: ignore[override]
        """Return a guarded cursor."""
        return super().cursor(GuardedCursor)

    def execute(self, *args: Any) -> GuardedCursor:
        """Run a statement."""
        return self.cursor().execute(*args)

    def executemany(self, *args: Any) -> GuardedCursor:
        """Run a statement for many rows."""
        return self.cursor().executemany(*args)
