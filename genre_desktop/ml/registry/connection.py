"""Connection to MLflow on our database."""

from __future__ import annotations

import logging
import os
import warnings
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import cleanup, storage
from genre_desktop.ml.registry.alias_snapshot import MODEL, database

if TYPE_CHECKING:
    from mlflow import MlflowClient


def connect(home: Home) -> MlflowClient:
    """Return a client for the home's registry, which is created, moved or upgraded first if necessary.

    Unfinished alias moves of a killed process are reverted, so that the old champion answers on
    the command line too, where no clean-up runs first.

    Takes 3 to 4 s for a new database, 1 to 2 s for an old one, plus 2 s for importing MLflow.

    Raises
    ------
    AppError
        ``registry-busy``, ``registry-unreadable`` or ``registry-newer``.
    """
    load()
    with storage.locked(home):
        storage.prepare(home)
        client = _open(home)
        if client.get_experiment_by_name(storage.EXPERIMENT) is None:
            client.create_experiment(storage.EXPERIMENT, storage.artifact_root(home))
        if not client.search_registered_models(f"name = '{MODEL}'"):
            client.create_registered_model(MODEL, description="Classifies the genre of a recording.")
        # A process in the middle of such a move would still hold the lock.
        cleanup.revert_partial_alias_moves(client)
    return client


def disconnect(client: MlflowClient) -> None:
    """Close the database. MLflow never disposes its engines, and Windows cannot move an open file."""
    for service in (client._tracking_client, client._get_registry_client()):  # type: ignore[no-untyped-call]
        service.store.engine.dispose()


def unknown(selector: str) -> AppError:
    """Return the error for a model that the registry does not hold."""
    return AppError("model-unknown", selector=repr(selector))


def load() -> None:
    """Import MLflow and its tables without warnings and information messages."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")  # normally set by environment.py
    # WORKAROUND: MLflow: some of its tables use a loader option that SQLAlchemy 2.1 deprecates.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import mlflow.store.model_registry.dbmodels.models
        import mlflow.store.tracking.dbmodels.models  # noqa: F401
        from sqlalchemy.orm import configure_mappers

        configure_mappers()
    for name in ("mlflow", "alembic"):  # importing them sets log levels
        logging.getLogger(name).setLevel(logging.WARNING)


def _open(home: Home) -> MlflowClient:
    from mlflow import MlflowClient

    address = storage.uri(database(home))
    try:
        return MlflowClient(tracking_uri=address, registry_uri=address)
    except Exception as error:
        raise storage.unreadable(database(home), error) from error
