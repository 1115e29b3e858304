"""The system's own store for credentials: Keychain, Credential Manager, Secret Service.

``keyring`` is imported at first use only.
"""

from __future__ import annotations

import json
from typing import Any

from genre_desktop.core.credentials.model import Credentials
from genre_desktop.core.errors import AppError

SERVICE = "genre-desktop"
"""Name of our entries; their user name is the address of the server."""


def find(address: str) -> Credentials:
    """Return the credentials for a server: of the environment, else stored ones, else none (which is false).

    A computer without a store has none; the server says so if it needs any.
    """
    found = Credentials.from_environment()
    if found:
        return found
    try:
        return stored(address)
    except AppError:
        return Credentials()


def stored(address: str) -> Credentials:
    """Return the stored credentials for a server; false when there are none.

    Raises
    ------
    AppError
        ``no-keyring`` where the system has no store, or it is locked.
    """
    written = _call("get_password", SERVICE, address)
    try:
        document = json.loads(written or "{}")
        return Credentials(*(str(document.get(name, "")) for name in ("username", "password", "token")))
    except (ValueError, AttributeError):  # something else has written there
        return Credentials()


def store(address: str, credentials: Credentials) -> None:
    """Store credentials for a server, replacing earlier ones.

    Raises
    ------
    AppError
        ``no-keyring`` where the system has no store, or it is locked.
    """
    values = {
        "username": credentials.username,
        "password": credentials.password,
        "token": credentials.token,
    }
    _call("set_password", SERVICE, address, json.dumps({name: v for name, v in values.items() if v}))


def forget(address: str) -> bool:
    """Delete the stored credentials for a server; return whether there were any.

    Raises
    ------
    AppError
        ``no-keyring`` where the system has no store, or it is locked.
    """
    if _call("get_password", SERVICE, address) is None:
        return False
    _call("delete_password", SERVICE, address)
    return True


def _call(function: str, *arguments: str) -> Any:
    try:
        import keyring
        import keyring.errors
    except ImportError as error:
        raise AppError("no-keyring", error=type(error).__name__) from error
    try:
        return getattr(keyring, function)(*arguments)
    except keyring.errors.NoKeyringError as error:
        raise AppError("no-keyring/none") from error
    except Exception as error:  # stores of third parties raise what they like; the text might repeat a secret
        raise AppError("no-keyring", error=type(error).__name__) from error
