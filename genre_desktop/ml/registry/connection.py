"""Opening MLflow on our database, and its errors in words."""

from __future__ import annotations

import functools
import logging
import os
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import cleanup, storage
from genre_desktop.ml.registry.alias_snapshot import MODEL, database

if TYPE_CHECKING:
    from mlflow import MlflowClient

P = ParamSpec("P")
T = TypeVar("T")
_FOREIGN = {"mlflow", "sqlalchemy", "sqlite3", "alembic"}


def connect(home: Home) -> MlflowClient:
    """A client for the home's registry, created, moved or upgraded first where that is needed.

    Aliases that a killed process left half moved point again where they did before, so that
    the command line too, which no sweep precedes, is answered by the old champion.

    Takes 3 to 4 s for a new database, 1 to 2 s for an old one, plus 2 s for importing MLflow.

    Raises
    ------
    AppError
        ``registry-busy``, ``registry-unreadable`` or ``registry-newer``.
    """
    os.environ.setdefault(
        "MLFLOW_DISABLE_TELEMETRY", "true"
    )  # normally set by environment.py, before any import
    _import_quietly()
    with storage.locked(home):
        storage.prepare(home)
        client = _open(home)
        if client.get_experiment_by_name(storage.EXPERIMENT) is None:
            client.create_experiment(storage.EXPERIMENT, storage.artifact_root(home))
        if not client.search_registered_models(f"name = '{MODEL}'"):
            client.create_registered_model(MODEL, description="Tells the genre of a recording.")
        # Whoever began such a move would hold the lock if it still lived.
        cleanup.revert_partial_alias_moves(client)
    return client


def disconnect(client: MlflowClient) -> None:
    """Close the database. MLflow keeps its engines for good, and Windows could not move an open file."""
    for service in (client._tracking_client, client._get_registry_client()):  # type: ignore[no-untyped-call]
        service.store.engine.dispose()


def translate_errors(method: Callable[P, T]) -> Callable[P, T]:
    """Turn errors of MLflow, its database and the disk into problems for people."""

    @functools.wraps(method)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except (AppError, Cancelled):
            raise
        except OSError as error:
            raise _failed(f"{error.strerror or error} ({error.filename or 'registry'})") from error
        except Exception as error:
            if type(error).__module__.split(".")[0] not in _FOREIGN:
                raise
            raise _failed((str(error).strip().splitlines() or [type(error).__name__])[0]) from error

    return wrapper


def unknown(selector: str) -> AppError:
    """The problem of a model that the registry does not hold."""
    return AppError("model-unknown", selector=repr(selector))


def _import_quietly() -> None:
    """Import MLflow, whose import sets log levels of its own, and let its tables be prepared unheard.

    Some of its tables use a loader that SQLAlchemy 2.1 calls outdated; nobody here can change that.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import mlflow.store.model_registry.dbmodels.models
        import mlflow.store.tracking.dbmodels.models  # noqa: F401
        from sqlalchemy.orm import configure_mappers

        configure_mappers()
    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _open(home: Home) -> MlflowClient:
    from mlflow import MlflowClient

    address = storage.uri(database(home))
    try:
        return MlflowClient(tracking_uri=address, registry_uri=address)
    except Exception as error:
        raise storage.unreadable(database(home), error) from error


def _failed(error: str) -> AppError:
    return AppError("registry-failed", error=error.rstrip("."))
