"""Credentials of a shared MLflow server, in the system's own store; never in settings, logs or diagnostics.

MLflow's environment variables, for computers without such a store, win over what is stored.
"""

from __future__ import annotations

from genre_desktop.core.credentials.keyring_store import SERVICE, find, forget, store, stored
from genre_desktop.core.credentials.model import Credentials

__all__ = ["SERVICE", "Credentials", "find", "forget", "store", "stored"]
