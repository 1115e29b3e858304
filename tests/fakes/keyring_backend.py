"""A store for credentials in a JSON file, for tests: no test may touch the system's own.

Chosen by the environment variables of :func:`use`, which child processes inherit.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

FILE = "GENRE_DESKTOP_TEST_KEYRING"


class FileKeyring(keyring.backend.KeyringBackend):
    """Entries are named ``service\\nuser``."""

    priority = 1.0

    @property
    def path(self) -> Path:
        return Path(os.environ[FILE])

    def _read(self) -> dict[str, str]:
        return dict(json.loads(self.path.read_text("utf-8"))) if self.path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.path.write_text(json.dumps(self._read() | {f"{service}\n{username}": password}), "utf-8")

    def delete_password(self, service: str, username: str) -> None:
        entries = self._read()
        if entries.pop(f"{service}\n{username}", None) is None:
            raise keyring.errors.PasswordDeleteError
        self.path.write_text(json.dumps(entries), "utf-8")


class LockedKeyring(FileKeyring):
    """Refuses, with an error whose text repeats what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked(f"cannot store {password}")


def use(monkeypatch: pytest.MonkeyPatch, file: Path, kind: str = "FileKeyring") -> None:
    """Let this process and its children use a store of this module (``fail``: none)."""
    name = "keyring.backends.fail.Keyring" if kind == "fail" else f"{__name__}.{kind}"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    monkeypatch.setenv(FILE, str(file))
    for variable in ("USERNAME", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"MLFLOW_TRACKING_{variable}", raising=False)
    keyring.core.init_backend()
