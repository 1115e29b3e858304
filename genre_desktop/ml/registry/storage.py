"""The registry's database on disk: made whole or not at all, locked, moved and upgraded safely."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry.alias_snapshot import database

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
"""Where MLflow keeps absolute artifact URIs."""


@contextmanager
def locked(home: Home, name: str = LOCK) -> Iterator[None]:
    """Keep every other process and thread out of the registry's changes. Not re-entrant.

    An exclusive transaction on a database of its own: it works the same on every system, and
    the system ends it when its owner dies, so nothing stale can stay behind.

    Raises
    ------
    AppError
        ``registry-busy`` when another process keeps the lock for two minutes.
    """
    home.registry.mkdir(parents=True, exist_ok=True)
    with closing(
        sqlite3.connect(home.registry / name, timeout=LOCK_WAIT_S, isolation_level=None)
    ) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise AppError("registry-busy") from error
        yield


def uri(path: Path) -> str:
    """The SQLAlchemy address of a database file, whatever characters its path holds."""
    from sqlalchemy.engine import URL

    return URL.create("sqlite", database=path.as_posix()).render_as_string()


def artifact_root(home: Home) -> str:
    """File URI of the artifact folder."""
    return (home.registry / ARTIFACTS).as_uri()


def prepare(home: Home) -> None:
    """Create the database, or bring one up to date that was moved or is of another MLflow.

    Call under :func:`locked`.

    Raises
    ------
    AppError
        ``registry-unreadable`` for a file that is no database, ``registry-newer``.
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
    """Let artifact addresses follow a home that moved; True when they had to change.

    MLflow stores them as absolute file URIs.
    """
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
    """Bring a database of an older MLflow to this one's schema; the old file stays as a backup.

    The work is done on a copy that replaces the database when it is complete.

    Raises
    ------
    AppError
        ``registry-newer`` when a newer MLflow wrote it.
    """
    from mlflow.store.db.utils import _upgrade_db

    path = database(home)
    backup = path.with_name(f"{path.name}.before-upgrade")
    copy = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.making")
    try:
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(backup)) as new:
            old.backup(new)  # takes the write-ahead log along
        shutil.copy2(backup, copy)
        with _engine(copy) as engine:
            _upgrade_db(engine)  # type: ignore[no-untyped-call]
        _finish(copy)
        _replace(copy, path)
    except Exception as error:
        raise AppError("registry-newer", path=str(path), error=_first_line(error)) from error
    finally:
        copy.unlink(missing_ok=True)


def set_aside(home: Home) -> Path | None:
    """Move an unusable registry out of the way; where it went, or ``None`` when there was none."""
    if not home.registry.exists():
        return None
    target = home.registry.with_name(f"{home.registry.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
    while target.exists():
        target = target.with_name(target.name + "x")
    target.mkdir()
    for item in home.registry.iterdir():
        if ".lock" not in item.name:  # we may hold one
            item.rename(target / item.name)
    return target


def unreadable(path: Path, error: Exception) -> AppError:
    """The problem of a registry database that cannot be used."""
    return AppError("registry-unreadable", path=str(path), error=_first_line(error))


def _create(path: Path) -> None:
    # Half-made tables could not be completed later, so the file gets its name when it is whole.
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
    # Write-ahead logging lets readers work while a retrain writes; the mode stays with the file.
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _replace(new: Path, path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.replace(new, path)  # noqa: PTH105  # atomic on every system


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
