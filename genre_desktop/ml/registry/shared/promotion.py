"""Promotion on the server: its ``champion`` alias moves, unless another computer moves it at the same time.

MLflow has no conditional write, but the name of a registered model is unique in the server's database, so creating
one is an atomic test-and-set. A registered model called ``genre-promotion`` is the lock: whoever creates it may move
the aliases and deletes it afterwards. Under the lock the champion must still be the one that was compared with.

A lock that a killed computer left counts as stale after :data:`STALE_S`, measured by the server's clock alone; the
next one then creates ``genre-promotion-2``, so that no lock of another user need be deleted. After creating a lock
every computer looks for fresh ones beside it and gives way, so that one that was believed stale does no harm; and
none writes after half that time.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import requests
from mlflow.exceptions import MlflowException

from genre_desktop.core.errors import AppError
from genre_desktop.ml.registry.alias_snapshot import MODEL
from genre_desktop.ml.registry.shared import versions
from genre_desktop.ml.registry.shared.connection import SharedServer

LOCK = "genre-promotion"
"""Name of the registered model that exists while a computer promotes."""
STALE_S = 300.0
"""Age after which a lock was left behind; a promotion takes seconds."""
HISTORY = "promotions"
"""Tag of the model: the last promotions, oldest first, as JSON."""
HISTORY_LENGTH = 15
"""MLflow stores at most 5000 characters in a tag."""
_MOST_LOCKS = 9
log = logging.getLogger(__name__)


def promote(server: SharedServer, version: str, compared_with: str | None, by: str = "") -> dict[str, Any]:
    """Make a version of the server its champion, and the old champion its fallback.

    Parameters
    ----------
    compared_with:
        The server's champion in the comparison that justifies this; None when there was none.
    by:
        User name for the history.

    Returns
    -------
    dict
        ``champion``, ``fallback`` and ``champion_before``: numbers on the server, or None.

    Raises
    ------
    AppError
        ``shared-promotion-raced`` when another computer promotes at the same time or has since; nothing moved.
    """
    with locked(server) as still_valid:
        before = versions.aliases(server)
        _check_champion(before.get("champion"), compared_with)
        versions.find(server, version)
        old = before.get("champion")
        client = server.client
        if old and old != version:
            still_valid()
            client.set_registered_model_alias(MODEL, "fallback", old)
        still_valid()
        client.set_registered_model_alias(MODEL, "champion", version)
        after = versions.aliases(server)
        _check_champion(after.get("champion"), version)  # moved by hand meanwhile, on MLflow's pages
        entry = {"champion": version, "before": old or "", "time": _utc(server.now()), "by": by[:100]}
        try:
            _remember(server, entry)
        except (MlflowException, requests.RequestException):  # it has moved all the same
            log.warning("The history of promotions could not be written", exc_info=True)
    return {"champion": version, "fallback": after.get("fallback"), "champion_before": old}


def history(server: SharedServer) -> list[dict[str, str]]:
    """Return the last promotions, oldest first: ``champion``, ``before``, ``time`` (the server's) and ``by``."""
    written = server.client.get_registered_model(MODEL).tags.get(HISTORY, "[]")
    try:
        return [dict(entry) for entry in json.loads(written)]
    except (ValueError, TypeError):  # changed by hand
        return []


@contextmanager
def locked(server: SharedServer, stale_s: float = STALE_S) -> Iterator[Callable[[], None]]:
    """Hold the server's lock for promotions; yields a function to call before each write.

    Raises
    ------
    AppError
        ``shared-promotion-raced`` when another computer holds it, also from the yielded function after too long.
    """
    began = server.now()  # this computer's clocks may be wrong, or stop while it sleeps
    name = _create_lock(server, stale_s)

    def still_valid() -> None:
        if server.now() - began > stale_s / 2:
            raise AppError("shared-promotion-raced/slow")

    try:
        if any(other != name for other in _fresh(server, stale_s)):
            raise AppError("shared-promotion-raced")
        yield still_valid
    finally:
        with suppress(MlflowException, requests.RequestException):  # it becomes stale
            if server.now() - began < stale_s:  # else it may be another computer's by now
                _delete(server, name)


def _create_lock(server: SharedServer, stale_s: float) -> str:
    for number in range(1, _MOST_LOCKS + 1):
        name = LOCK if number == 1 else f"{LOCK}-{number}"
        try:
            server.client.create_registered_model(
                name, description="A computer is promoting a model; this is deleted when it is done."
            )
        except MlflowException as error:
            if error.error_code != "RESOURCE_ALREADY_EXISTS":
                raise
            if name in _fresh(server, stale_s) or not _exists(server, name):
                raise AppError("shared-promotion-raced") from error
            continue  # left behind
        return name
    raise AppError("shared-promotion-raced")


def _locks(server: SharedServer) -> dict[str, float]:
    """Return each lock and when it was created, in the server's seconds since 1970."""
    found = server.client.search_registered_models(f"name LIKE '{LOCK}%'")
    return {str(model.name): model.creation_timestamp / 1000 for model in found}


def _fresh(server: SharedServer, stale_s: float) -> set[str]:
    locks = _locks(server)
    now = server.now()
    return {name for name, created in locks.items() if now - created < stale_s}


def _exists(server: SharedServer, name: str) -> bool:
    return name in _locks(server)


def _delete(server: SharedServer, name: str) -> None:
    """Delete our lock; before, the stale ones that it replaces, if we may."""
    for stale in _stale_names(name):
        with suppress(MlflowException):
            server.client.delete_registered_model(stale)
    server.client.delete_registered_model(name)


def _stale_names(name: str) -> list[str]:
    number = int(name.removeprefix(LOCK).lstrip("-") or 1)
    return [LOCK if n == 1 else f"{LOCK}-{n}" for n in range(1, number)]


def _check_champion(now: str | None, expected: str | None) -> None:
    if now != expected:
        raise AppError("shared-promotion-raced/moved", before=expected or "–", now=now or "–")


def _remember(server: SharedServer, entry: dict[str, str]) -> None:
    entries = [*history(server), entry][-HISTORY_LENGTH:]
    server.client.set_registered_model_tag(MODEL, HISTORY, json.dumps(entries))
    server.client.set_model_version_tag(MODEL, entry["champion"], "promoted", entry["time"])


def _utc(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
