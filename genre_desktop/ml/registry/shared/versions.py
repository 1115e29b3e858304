"""What the server's registry holds: our model's versions, their aliases and tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlflow.exceptions import MlflowException

from genre_desktop.core.errors import AppError
from genre_desktop.ml.features.encoder.identity import DIGEST as ENCODER
from genre_desktop.ml.features.schema import check_version
from genre_desktop.ml.registry import encoder_store
from genre_desktop.ml.registry.alias_snapshot import MODEL
from genre_desktop.ml.registry.shared.connection import SharedServer

_GONE = {"RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"}
"""What MLflow answers for a name, a number or an alias that does not exist."""


@dataclass(frozen=True, slots=True)
class SharedVersion:
    """A version on the server; ``source`` is the URI of its MLflow model, ``run_id`` may be empty."""

    version: str
    source: str
    run_id: str
    tags: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The digest of its bundle; empty for a version that another program registered."""
        return self.tags.get("digest", "")

    def check(self) -> None:
        """Check what its tags say, before anything is downloaded.

        Raises
        ------
        AppError
            ``shared-version/unmarked``, ``feature-version``, ``shared-version/encoder``.
        """
        if not self.digest:
            raise AppError("shared-version/unmarked")
        check_version(self.tags.get("feature_version", ""))
        if self.tags.get(encoder_store.TAG, ENCODER) != ENCODER:
            raise AppError("shared-version/encoder")


def aliases(server: SharedServer) -> dict[str, str]:
    """Return the server's aliases and the numbers of their versions; empty while it has no model of ours."""
    try:
        found = server.client.get_registered_model(MODEL)
    except MlflowException as error:
        if is_gone(error):
            return {}
        raise
    return {str(alias): str(number) for alias, number in found.aliases.items()}


def find(server: SharedServer, number: str) -> SharedVersion:
    """Return a version by its number on the server.

    Raises
    ------
    AppError
        ``shared-version/deleted`` when there is none.
    """
    try:
        found = server.client.get_model_version(MODEL, number)
    except MlflowException as error:
        if is_gone(error):
            raise AppError("shared-version/deleted", version=number) from error
        raise
    return _of(found)


def with_digest(server: SharedServer, digest: str) -> SharedVersion | None:
    """Return the oldest version of a bundle, if the server has it."""
    query = f"name = '{MODEL}' and tags.digest = '{digest}'"
    found = [v for v in server.client.search_model_versions(query) if v.status == "READY"]
    return _of(min(found, key=lambda version: int(version.version))) if found else None


def is_gone(error: MlflowException) -> bool:
    """Return whether the server answered that it has no such thing."""
    return error.error_code in _GONE


def _of(found: Any) -> SharedVersion:
    tags = {str(name): str(value) for name, value in found.tags.items()}
    return SharedVersion(str(found.version), str(found.source or ""), str(found.run_id or ""), tags)
