"""The registry's database on disk: atomic creation, locking, relocation and upgrades."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from genre_desktop.core.disk.sync import sync_file, sync_folder
from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files import damage
from genre_desktop.core.own_files import set_aside as own_files
from genre_desktop.core.paths import Home, make_folder
from genre_desktop.ml.registry.alias_snapshot import database
from genre_desktop.ml.registry.errors import failed, first_line

EXPERIMENT = "genre-desktop"
ARTIFACTS = "artifacts"
LOCK = "registry.lock"
LOCK_WAIT_S = 120.0

_LOCATIONS = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
    ("logged_models", "artifact_location"),
)
"""Columns in which MLflow stores absolute artifact URIs."""


_NEEDED = frozenset(
    {"experiments", "runs", "registered_models", "registered_model_aliases", "model_versions"}
)
"""Tables without which MLflow cannot open its database."""


_OF_THE_DISK = frozenset(
    {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY}
)
"""Codes of errors that say nothing about the database itself."""


@contextmanager
def locked(home: Home, name: str = LOCK) -> Iterator[None]:
    """Lock the registry against changes by other processes and threads. Not re-entrant.

    An exclusive transaction on a separate database works the same on every system and ends with
    its process, so that no stale lock can remain.

    Raises
    ------
    AppError
        ``registry-busy`` when another process holds the lock for two minutes; ``no-space`` or ``registry-failed``
        when the disk fails.
    """
    path = home.registry / name
    with ExitStack() as stack:
        try:
            make_folder(home.registry)
            connection = sqlite3.connect(path, timeout=LOCK_WAIT_S, isolation_level=None)
            stack.enter_context(closing(connection))
            connection.execute("BEGIN EXCLUSIVE")
        except (OSError, sqlite3.OperationalError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise AppError("registry-busy") from error
            raise failed(error, path) from error
        yield


def uri(path: Path) -> str:
    """Return the SQLAlchemy URL of a database file, whatever characters its path contains."""
    from sqlalchemy.engine import URL

    return URL.create("sqlite", database=path.as_posix()).render_as_string()


def artifact_root(home: Home) -> str:
    """Return the file URI of the artifact folder."""
    return (home.registry / ARTIFACTS).as_uri()


def run_folder(home: Home, run_id: str) -> Path:
    """Return the artifact folder of a run: model, plots and texts."""
    return home.registry / ARTIFACTS / run_id / "artifacts"


def prepare(home: Home) -> None:
    """Create the database, or update one that was moved or written by another MLflow.

    Call under :func:`locked`.

    Raises
    ------
    AppError
        ``registry-unreadable`` for a file that is not a database, ``registry-newer``, ``no-space``.
    """
    path = database(home)
    try:
        if not path.exists():
            _create(path)
        reroot(home)
        outdated = _is_outdated(path)
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error) from error
    if outdated:
        upgrade(home)


def reroot(home: Home) -> bool:
    """Update MLflow's absolute artifact URIs after the home moved; return True if they changed."""
    new = artifact_root(home)
    with closing(sqlite3.connect(database(home), timeout=20, isolation_level=None)) as connection:
        found = connection.execute(
            "SELECT artifact_location FROM experiments WHERE name = ?", (EXPERIMENT,)
        ).fetchone()
        if found is None or found[0] == new:
            return False
        old = found[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        connection.execute("BEGIN IMMEDIATE")
        for table, column in _LOCATIONS:
            if table in tables:
                connection.execute(
                    f"UPDATE {table} SET {column} = ? || substr({column}, ?) WHERE substr({column}, 1, ?) = ?",  # noqa: S608  # names from our constant
                    (new, len(old) + 1, len(old), old),
                )
        connection.execute("COMMIT")
    return True


def upgrade(home: Home) -> None:
    """Upgrade a database of an older MLflow to this one's schema; the old file stays as a backup.

    The upgrade runs on a copy that replaces the database when it is complete.

    Raises
    ------
    AppError
        ``registry-newer`` when a newer MLflow wrote it; ``no-space`` or ``registry-failed`` when the disk fails.
    """
    from mlflow.store.db.utils import _upgrade_db

    path = database(home)
    backup = path.with_name(f"{path.name}.before-upgrade")
    copy = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.making")
    try:
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(backup)) as new:
            old.backup(new)  # includes the write-ahead log
        sync_file(backup)
        shutil.copy2(backup, copy)
        with _engine(copy) as engine:
            _upgrade_db(engine)  # type: ignore[no-untyped-call]
        _finish(copy)
        _replace(copy, path)
    except Exception as error:
        if _is_of_the_disk(error):
            raise failed(error, path) from error
        raise AppError("registry-newer", path=str(path), error=first_line(error)) from error
    finally:
        copy.unlink(missing_ok=True)


def set_aside(home: Home) -> Path | None:
    """Rename an unusable registry; return its new path, or ``None`` when there was none."""
    if not home.registry.exists():
        return None
    target = home.registry.with_name(f"{home.registry.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
    while target.exists():
        target = target.with_name(target.name + "x")
    target.mkdir()
    for item in home.registry.iterdir():
        if ".lock" not in item.name:  # this process may hold one
            item.rename(target / item.name)
    return target


def is_damaged(home: Home) -> bool:
    """Return whether the database is damaged; a locked one, or one that may not be read, is not."""
    path = database(home)
    if damage.is_other_kind(path):
        return True
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=20)) as connection:
            if damage.integrity(connection):
                return True
            names = {
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
    except sqlite3.Error as error:
        return damage.is_damage(error)
    return not names >= _NEEDED


def set_database_aside(home: Home) -> Path | None:
    """Rename a damaged database; the models' files stay. Call under :func:`locked`."""
    return own_files.set_aside(database(home), damage.ENDINGS)


def unreadable(path: Path, error: Exception) -> AppError:
    """Return the error for a registry database that cannot be used; ``registry-failed`` where the disk is the cause."""
    if _is_of_the_disk(error):
        return failed(error, path)
    return AppError("registry-unreadable", path=str(path), error=first_line(error))


def _is_of_the_disk(error: Exception) -> bool:
    """Return whether the disk failed, which is no reason to give the database up."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) or getattr(cause, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK:
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _create(path: Path) -> None:
    # Partially created tables could not be completed later, so the file gets its name when complete.
    from mlflow.store.db.utils import _initialize_tables

    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.making")
    try:
        with _engine(temporary) as engine:
            _initialize_tables(engine)  # type: ignore[no-untyped-call]
        _finish(temporary)
        _replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _is_outdated(path: Path) -> bool:
    from mlflow.store.db.utils import _get_latest_schema_revision

    with closing(sqlite3.connect(path, timeout=20)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return found is None or found[0] != _get_latest_schema_revision()  # type: ignore[no-untyped-call]


@contextmanager
def _engine(path: Path) -> Iterator[Any]:
    import sqlalchemy

    engine = sqlalchemy.create_engine(uri(path))
    try:
        yield engine
    finally:
        engine.dispose()


def _finish(path: Path) -> None:
    # Write-ahead logging allows reads while a retrain writes; the mode is stored in the file.
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _replace(new: Path, path: Path) -> None:
    sync_file(new)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    sync_folder(path.parent)  # after a loss of power, the new one must not find the old one's log
    os.replace(new, path)  # noqa: PTH105  # atomic on every system
    sync_folder(path.parent)
