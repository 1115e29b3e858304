"""Open and upgrade the store, and run short transactions that many processes can share."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError, raise_if_full
from genre_desktop.core.own_files import damage, query_errors
from genre_desktop.core.own_files.in_use import UseLock
from genre_desktop.core.own_files.set_aside import set_aside
from genre_desktop.core.paths import make_folder
from genre_desktop.core.store.schema import MIGRATIONS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WAIT_S = 10.0
_REPLACED_WITHIN_S = 2.0
"""How long another process may take to set a damaged file aside; the window may be waiting."""
_REPLACEMENTS = 3
"""How often, at most, one opening sets a file aside; a new one is sound unless the disk is not."""


class _Damaged(Exception):  # noqa: N818  # never leaves this module
    """The file is not the store that the program wrote; the text says what was found."""


class Database:
    """One connection per thread to the store, in WAL mode; a transaction that has ended is on the disk.

    Writers wait up to :data:`WAIT_S` for each other; readers never wait. Opening sets a damaged file aside, unless
    any process has it open, and begins an empty store; a locked or unreadable one and one of a newer version stay.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._use = UseLock(path)
        self._file: tuple[int, int] | None = None
        try:
            make_folder(path.parent)
        except OSError as error:
            raise_if_full(error, path)
            raise
        self._open()
        self._use.share()
        self._file = _identity(path)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection.

        Raises
        ------
        AppError
            ``home-gone/removed``: what is written to a deleted file would be lost without a word.
        """
        if self._file is not None and _identity(self.path) != self._file:
            raise AppError("home-gone/removed", path=str(self.path.parent))
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is not None:
            return existing
        connection = self._connect()
        try:
            connection.path = self.path
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # no effect on a file that has tables
            _write_ahead(connection)
            # NORMAL would lose what was stored last when the power fails: answers, and the user's corrections.
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
        except BaseException:
            connection.close()
            raise
        self._local.connection = connection
        with self._lock:
            self._opened.append(connection)
        return connection

    def _connect(self) -> damage.GuardedConnection:
        try:
            return sqlite3.connect(
                self.path,
                timeout=WAIT_S,
                isolation_level=None,
                check_same_thread=False,
                factory=damage.GuardedConnection,
            )
        except sqlite3.OperationalError as error:
            if not query_errors.concerns_users(error):
                raise
            raise query_errors.translated(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run a transaction that takes the write lock at its start, so that it cannot fail half-way.

        A nested call joins the transaction of its thread.

        Raises
        ------
        AppError
            ``no-space``, ``store-failed`` or ``store-busy``; nothing of the transaction is stored then.
        """
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
        self._local = threading.local()
        self._use.release()
        self._file = None

    def _open(self) -> None:
        by, replacements = time.monotonic() + min(WAIT_S, _REPLACED_WITHIN_S), 0
        if damage.suspect(self.path).exists():
            self._replace_if_damaged()
        while True:
            try:
                self._upgrade()
            except _Damaged as found:
                if replacements < _REPLACEMENTS and self._replace_if_damaged():
                    replacements += 1
                    continue
                if time.monotonic() > by:  # another process uses it, or its folder cannot be changed
                    raise AppError("store-damaged/in-use", found=str(found)) from found
                time.sleep(0.05)
            else:
                return

    def _replace_if_damaged(self) -> bool:
        """Set the file aside if it is damaged; return False where that cannot be done now."""
        self.close()
        with self._use.alone() as alone:
            if not alone:
                return False
            try:
                if self._find_damage():
                    self.close()
                    set_aside(self.path, damage.ENDINGS)
                damage.suspect(self.path).unlink(missing_ok=True)
            except OSError:
                return False
            finally:
                self.close()
        return True

    def _find_damage(self) -> str:
        try:
            self._upgrade()
            return damage.integrity(self.connection)
        except _Damaged as found:
            return str(found)

    def _upgrade(self) -> None:
        if damage.is_other_kind(self.path):
            raise _Damaged("it is not a regular file")
        try:
            version = self._version()
            if version < 0:
                raise _Damaged(f"its version is {version}")
            if version > len(MIGRATIONS):
                raise AppError("store-newer", path=str(self.path), version=version, known=len(MIGRATIONS))
            for step in range(version, len(MIGRATIONS)):
                self._migrate(step)
            self._check_tables(len(MIGRATIONS))
        except damage.DamagedError as error:
            self.close()
            raise _Damaged(str(error.__cause__)) from error
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
                self._check_tables(self._version(), exactly=True)
                if "malformed" in str(error):  # JSON in a row that a migration reads
                    raise _Damaged(str(error)) from error
            self.close()
            if isinstance(error, query_errors.QueryError):
                raise
            raise AppError("store-unreadable", path=str(self.path), error=str(error)) from error

    def _check_tables(self, version: int, *, exactly: bool = False) -> None:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        present = {str(row[0]) for row in self.connection.execute(query)}
        expected = set(re.findall(r"^CREATE TABLE (\w+)", "".join(MIGRATIONS[:version]), re.MULTILINE))
        if lacking := expected - present:
            raise _Damaged(f"it has no table {', '.join(sorted(lacking))}")
        if exactly and (more := present - expected):
            raise _Damaged(f"it has tables that its version {version} has not: {', '.join(sorted(more))}")

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self, step: int) -> None:
        with self.transaction() as connection:
            if self._version() != step:  # another process was faster
                return
            for statement in _statements(MIGRATIONS[step]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={step + 1}")


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:  # SQLite ends it itself after some errors
        with suppress(sqlite3.Error):  # what went wrong first is reported
            connection.execute("ROLLBACK")


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Processes that open a new store at the same moment block each other, and SQLite does not wait here.
    by = time.monotonic() + WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > by:
                raise
            time.sleep(0.01)
        else:
            return


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit first; complete_statement finds the ends without parsing SQL.
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def pack(features: NDArray[np.floating] | None) -> bytes | None:
    """Return a feature row as stored: float64, little-endian."""
    import numpy as np

    return None if features is None else np.ascontiguousarray(features, dtype="<f8").tobytes()


def unpack(blob: bytes, width: int | None = None) -> NDArray[np.float64]:
    """Return the row that :func:`pack` stored; shape ``(n_features,)``.

    ``ValueError`` if it is none, has infinite values, or not ``width`` columns where that is given.
    """
    import numpy as np

    if not isinstance(blob, bytes):
        raise ValueError("it is no row of features")  # data, not a mistake of the caller
    row = np.frombuffer(blob, dtype="<f8").astype(np.float64)
    if width is not None and len(row) != width:
        raise ValueError(f"it has {len(row)} features instead of {width}")
    if np.isinf(row).any():
        raise ValueError("it has infinite features")
    return row
