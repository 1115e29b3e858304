"""Errors of MLflow, its database and the disk, in words for users."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from genre_desktop.core.errors import AppError, Cancelled, disk_full
from genre_desktop.core.paths import Home

P = ParamSpec("P")
T = TypeVar("T")
_FOREIGN = {"mlflow", "sqlalchemy", "sqlite3", "alembic"}


def translate_errors(method: Callable[P, T]) -> Callable[P, T]:
    """Convert errors of MLflow, its database and the disk to :class:`AppError`.

    The first argument of ``method`` is a home, has one, or is a run, so that a full disk can be named.
    """

    @functools.wraps(method)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except (AppError, Cancelled):
            raise
        except Exception as error:
            where = _where(args[0])
            if where is None or not (
                isinstance(error, OSError) or type(error).__module__.split(".")[0] in _FOREIGN
            ):
                raise
            raise failed(error, where) from error

    return wrapper


def _where(first: Any) -> Path | None:
    """Return the folder of the registry; None for a run of a shared server, whose errors :mod:`.shared` translates."""
    home = first if isinstance(first, Home) else getattr(first, "home", None)
    if isinstance(home, Home):
        return home.registry
    artifacts: Path = first.artifacts
    return artifacts if artifacts.is_absolute() else None


def failed(error: Exception, path: Path | None = None) -> AppError:
    """Return the error for a change or a query that failed: ``no-space``, else ``registry-failed``."""
    full = disk_full(error, path)
    if full is not None:
        return AppError(full)
    if isinstance(error, OSError):
        reason = f"{error.strerror or error} ({error.filename or path or 'registry'})"
    else:
        reason = first_line(_of_sqlite(error) or error)
    return AppError("registry-failed", error=reason)


def _of_sqlite(error: BaseException) -> sqlite3.Error | None:
    """Return what SQLite said, without the remarks to programmers that SQLAlchemy and MLflow put around it."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, sqlite3.Error):
        found = found.__cause__
    return found


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text, or its type, without the full stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
