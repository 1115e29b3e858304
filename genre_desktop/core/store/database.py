"""Open and upgrade the store, and run short transactions that many processes can share."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError, raise_if_full
from genre_desktop.core.store.schema import MIGRATIONS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WAIT_S = 10.0


class Database:
    """One connection per thread to the store, in WAL mode.

    Writers wait up to :data:`WAIT_S` for each other; readers never wait.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._upgrade()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is not None:
            return existing
        connection = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # no effect on a file that has tables
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA foreign_keys=ON")
        except BaseException:
            connection.close()
            raise
        self._local.connection = connection
        with self._lock:
            self._opened.append(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run a transaction that takes the write lock at its start, so that it cannot fail half-way.

        A nested call joins the transaction of its thread.

        Raises
        ------
        AppError
            ``no-space``; nothing of the transaction is stored then.
        """
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            _roll_back(connection)
            if isinstance(error, sqlite3.Error):
                raise_if_full(error, self.path)
            raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
        self._local = threading.local()

    def _upgrade(self) -> None:
        try:
            version = self._version()
            if version > len(MIGRATIONS):
                raise AppError("store-newer", path=str(self.path), version=version, known=len(MIGRATIONS))
            for step in range(version, len(MIGRATIONS)):
                self._migrate(step)
        except sqlite3.DatabaseError as error:
            self.close()
            raise_if_full(error, self.path)
            raise AppError("store-unreadable", path=str(self.path), error=str(error)) from error

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self, step: int) -> None:
        with self.transaction() as connection:
            if self._version() != step:  # another process was faster
                return
            for statement in _statements(MIGRATIONS[step]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={step + 1}")


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


def unpack(blob: bytes) -> NDArray[np.float64]:
    """Return the row that :func:`pack` stored; shape ``(n_features,)``."""
    import numpy as np

    return np.frombuffer(blob, dtype="<f8").astype(np.float64)
