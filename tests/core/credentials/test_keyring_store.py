"""Credentials live in the system's store and in the environment, and show up nowhere else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop.core import credentials
from genre_desktop.core.credentials import Credentials
from genre_desktop.core.errors import AppError
from tests.fakes import keyring_backend

SERVER = "https://models.example"
ANNA = Credentials("anna", "a secret")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")
    return tmp_path / "keyring.json"


def test_what_was_stored_for_a_server_is_found_for_that_server_only(file: Path) -> None:
    credentials.store(SERVER, ANNA)
    assert credentials.stored(SERVER) == credentials.find(SERVER) == ANNA
    assert not credentials.find("https://other.example")
    credentials.store(SERVER, Credentials(token="t0ken"))
    assert credentials.find(SERVER) == Credentials(token="t0ken")


def test_forgetting_reports_whether_there_was_anything(file: Path) -> None:
    credentials.store(SERVER, ANNA)
    assert credentials.forget(SERVER)
    assert not credentials.forget(SERVER)
    assert not credentials.find(SERVER)


@pytest.mark.parametrize(
    "variables",
    [
        {"MLFLOW_TRACKING_USERNAME": "ben", "MLFLOW_TRACKING_PASSWORD": "b"},
        {"MLFLOW_TRACKING_TOKEN": "t"},
    ],
)
def test_the_environment_wins_over_the_store(
    file: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    credentials.store(SERVER, ANNA)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = credentials.find(SERVER).to_environment()
    assert {name: value for name, value in found.items() if value} == variables


def test_a_user_name_without_a_password_in_the_environment_does_not_hide_the_store(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials.store(SERVER, ANNA)
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", "ben")
    assert credentials.find(SERVER) == ANNA


def test_a_foreign_entry_counts_as_none(file: Path) -> None:
    for text in ("not JSON", "[1]", "7", '{"other": 1}'):
        keyring_backend.FileKeyring().set_password(credentials.SERVICE, SERVER, text)
        assert not credentials.find(SERVER)


def test_without_a_store_the_environment_remains_and_the_sentence_says_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring_backend.use(monkeypatch, file, "fail")
    assert not credentials.find(SERVER)
    with pytest.raises(AppError, match="MLFLOW_TRACKING_TOKEN") as caught:
        credentials.store(SERVER, ANNA)
    assert caught.value.problem.key == "no-keyring/none"
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "t")
    assert credentials.find(SERVER).token == "t"


def test_an_error_of_the_store_does_not_repeat_the_secret(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring_backend.use(monkeypatch, file, "LockedKeyring")
    with pytest.raises(AppError, match="KeyringLocked") as caught:
        credentials.store(SERVER, ANNA)
    assert "a secret" not in str(caught.value)


def test_secrets_do_not_show_in_a_representation() -> None:
    assert "secret" not in repr(ANNA)
    assert "t0ken" not in repr(Credentials(token="t0ken"))


def test_keyring_is_imported_at_first_use_only() -> None:
    code = "import sys, genre_desktop.core.credentials; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
