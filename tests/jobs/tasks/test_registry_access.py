"""Signing in: only credentials that the server accepts replace earlier ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core import credentials
from genre_desktop.core.credentials import Credentials
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.tasks import registry_access
from tests.fakes import keyring_backend
from tests.fixtures.mlflow_server import Fault, FaultProxy

SIGN_IN = {"action": "sign-in", "username": "anna", "password": "new"}


@pytest.fixture(autouse=True)
def _keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")


def context(tmp_path: Path, address: str) -> TaskContext:
    home = Home(tmp_path / "home").create()
    if address:
        Settings.load(home.settings)["registry.uri"] = address
    return TaskContext(ProcessResources(home))


def test_new_credentials_replace_earlier_ones(tmp_path: Path, proxied: FaultProxy) -> None:
    credentials.store(proxied.uri, Credentials("anna", "old"))
    result = registry_access.run(context(tmp_path, f"{proxied.uri}/"), SIGN_IN)
    assert result["server"] == proxied.uri
    assert result["version"].startswith("3.")
    assert credentials.stored(proxied.uri) == Credentials("anna", "new")
    assert registry_access.run(context(tmp_path, proxied.uri), {"action": "test"}) == result
    assert registry_access.run(context(tmp_path, proxied.uri), {"action": "sign-out"}) == {
        "server": proxied.uri
    }
    assert not credentials.stored(proxied.uri)


def test_refused_ones_leave_the_earlier(tmp_path: Path, proxied: FaultProxy) -> None:
    credentials.store(proxied.uri, Credentials("anna", "old"))
    proxied.faults.append(Fault("registered-models", status=401, body=b"no"))
    with pytest.raises(AppError) as error:
        registry_access.run(context(tmp_path, proxied.uri), SIGN_IN)
    assert error.value.problem.code == "registry-server-credentials"
    assert credentials.stored(proxied.uri) == Credentials("anna", "old")


@pytest.mark.parametrize(
    ("address", "code"), [("", "registry-server-none"), ("http://models.example", "registry-server-insecure")]
)
def test_an_address_is_checked_first(tmp_path: Path, address: str, code: str) -> None:
    with pytest.raises(AppError) as error:
        registry_access.run(context(tmp_path, address), SIGN_IN)
    assert error.value.problem.code == code
    assert not credentials.stored(address)


def test_without_a_store_it_says_so(
    tmp_path: Path, proxied: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json", "fail")
    with pytest.raises(AppError) as error:
        registry_access.run(context(tmp_path, proxied.uri), SIGN_IN)
    assert error.value.problem.code == "no-keyring"
