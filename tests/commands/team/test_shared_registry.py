"""The commands of the shared registry: their JSON, their exit codes, and where credentials end up."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.app.monitoring.diagnostics import Diagnostics
from genre_desktop.commands.team import shared_registry
from genre_desktop.commands.terminal import Terminal
from genre_desktop.core import credentials
from genre_desktop.core.credentials import Credentials
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.runner import alerts
from genre_desktop.ml.registry.shared import promotion
from genre_desktop.ml.registry.shared.connection import ServerOptions, connect
from tests.fakes import keyring_backend
from tests.fixtures.cli import Run
from tests.fixtures.mlflow_server import Fault, FaultProxy, running_server
from tests.fixtures.shared_data import REPOSITORY

SECRET = "s3cret-w0rd"


@pytest.fixture(autouse=True)
def _own_store(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))  # for the store of the job processes


@pytest.fixture
def home(run: Run) -> Home:
    return Home.locate().create()


@pytest.fixture
def configured(home: Home, proxied: FaultProxy) -> FaultProxy:
    """A home whose settings name a server, behind a proxy."""
    Settings(home.settings)["registry.uri"] = proxied.uri
    return proxied


def standing(home: Home) -> dict[str, str]:
    """The open alerts, after what the scheduler does with ended jobs: code and reason."""
    database = Database(home.store)
    alerts.raise_job_alerts(home, database)
    found = {alert.notice.code: str(alert.notice.happened) for alert in AlertService(database).standing()}
    database.close()
    return found


def test_publish_promote_and_sync_speak_json(run: Run, home: Home, configured: FaultProxy) -> None:
    published = run("models", "publish", "2", "--json").json
    assert set(published) == {"version", "server_version", "uri", "run_id", "digest", "published"}
    promoted = run("models", "promote", "2", "--shared", "--json")
    assert promoted.code == 0
    assert (promoted.json["version"], promoted.json["server_version"]) == ("2", "1")
    assert promoted.json["moved"] is True
    synced = run("models", "sync", "--json")
    assert synced.code == 0
    assert {"pulled", "champion", "fallback", "skipped"} <= set(synced.json)
    assert (synced.json["pulled"], synced.json["champion"]) == ([], "2")
    assert standing(home) == {}


def test_a_failed_sync_raises_an_alert_that_resolves(
    run: Run, home: Home, proxied: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", proxied.uri)  # which commands honour
    proxied.faults.append(Fault(path="registered-models/get", status=401, body=b"expired"))
    shown = run("models", "sync", "--json")
    assert (shown.code, shown.json["error"]["code"]) == (1, "registry-server-credentials")
    assert "expired" in standing(home)["job-failed:sync"]
    proxied.faults.clear()
    assert run("models", "sync").code == 0
    assert standing(home) == {}


def said(show: Callable[[Terminal, dict[str, Any]], int], result: dict[str, Any]) -> tuple[int, str]:
    out = io.StringIO()
    return show(Terminal(Home(Path()), out=out), result), out.getvalue()


def test_results_are_sentences() -> None:
    there = {"version": "3", "server_version": "7", "uri": "https://models.example"}
    assert said(shared_registry._show_published, {**there, "published": True}) == (
        0,
        "Version 3 is version 7 at https://models.example.\n",
    )
    assert "is already version 7" in said(shared_registry._show_published, {**there, "published": False})[1]
    promotion = {**there, "champion_before": "6", "reason": "Better."}
    code, text = said(shared_registry._show_promoted, {**promotion, "moved": True})
    assert (code, "is the champion" in text, "Better." in text) == (0, True, True)
    code, text = said(shared_registry._show_promoted, {**promotion, "moved": False})
    assert (code, "was not promoted" in text) == (1, True)
    assert said(shared_registry._show_promoted, {**promotion, "moved": False, "champion_before": "7"})[0] == 0
    sync = {"pulled": [], "skipped": [], "reason": "Nothing.", "champion": "1", "fallback": None}
    assert said(shared_registry._show_synced, sync) == (
        0,
        "Nothing.\nChampion is version 1, fallback version none.\n",
    )
    skipped = [{"version": "7", "alias": "champion", "reason": "Damaged."}]
    code, text = said(shared_registry._show_synced, {**sync, "skipped": skipped})
    assert (code, "Version 7 there (champion) was not used: Damaged." in text) == (1, True)


@pytest.mark.parametrize("action", [("sync",), ("logout",)])
def test_without_a_server_there_is_a_sentence(run: Run, home: Home, action: tuple[str, ...]) -> None:
    shown = run("models", *action, "--json")
    assert (shown.code, shown.json["error"]["code"]) == (1, "registry-server-none")


# -- credentials ------------------------------------------------------------------------------------


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))


def everything_in(folder: Path) -> str:
    return "".join(p.read_bytes().decode("latin-1") for p in folder.rglob("*") if p.is_file())


def test_login_and_logout(
    run: Run, home: Home, configured: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, SECRET)
    shown = run("models", "login", "--username", "anna", "--json")
    assert shown.json == {"uri": configured.uri, "username": "anna", "stored": True}
    assert credentials.stored(configured.uri) == Credentials("anna", SECRET)
    type_in(monkeypatch, SECRET)
    run("models", "login", "--token")
    assert credentials.stored(configured.uri) == Credentials(token=SECRET)
    assert run("models", "logout", "--json").json["deleted"] is True
    assert run("models", "logout", "--json").json["deleted"] is False


def test_refused_credentials_are_not_kept(
    run: Run, configured: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured.faults.append(Fault(path="search", status=401, body=b"no"))
    type_in(monkeypatch, SECRET)
    shown = run("models", "login", "--username", "anna", "--json")
    assert (shown.code, shown.json["error"]["code"]) == (1, "registry-server-credentials")
    assert not credentials.stored(configured.uri)


def test_credentials_show_up_nowhere(
    run: Run, home: Home, configured: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, SECRET)
    shown = [run("models", "login", "--username", "anna")]
    configured.faults.append(Fault(path="registered-models/get", status=401, body=SECRET[:3].encode()))
    shown += [run("models", "sync"), run("doctor", "--json")]
    assert not [outcome for outcome in shown if SECRET in outcome.out + outcome.err]
    assert SECRET not in everything_in(home.root)
    assert SECRET not in Diagnostics(home).gather({})
    assert SECRET in everything_in(home.root.parent), "it is in the store"


def test_an_address_with_a_password_is_no_setting(home: Home) -> None:
    with pytest.raises(ValueError, match="without a user name or a password"):
        Settings(home.settings)["registry.uri"] = f"https://anna:{SECRET}@models.example"
    home.settings.write_text(
        json.dumps({"format": 1, "values": {"registry.uri": f"https://anna:{SECRET}@models.example"}})
    )
    assert Settings.load(home.settings).ignored == ("registry.uri",)


def test_a_server_with_users(run: Run, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MLflow's own ``basic-auth``: without credentials nothing, with them everything."""
    folder = tmp_path / "with-users"
    folder.mkdir()
    (folder / "auth.ini").write_text(
        "[mlflow]\ndefault_permission = READ\n"
        f"database_uri = sqlite:///{folder / 'auth.db'}\n"
        f"admin_username = admin\nadmin_password = {SECRET}-long\n"
        "authorization_function = mlflow.server.auth:authenticate_request_basic_auth\n"
    )
    variables = {
        "MLFLOW_AUTH_CONFIG_PATH": str(folder / "auth.ini"),
        "MLFLOW_FLASK_SERVER_SECRET_KEY": "for tests",
    }
    with running_server(folder, "--app-name", "basic-auth", environment=variables) as server:
        Settings(home.settings)["registry.uri"] = server.uri
        shown = run("models", "sync", "--json")
        assert shown.json["error"]["code"] == "registry-server-credentials"
        type_in(monkeypatch, f"{SECRET}-long")
        assert run("models", "login", "--username", "admin").code == 0
        with connect(ServerOptions.at(server.uri)) as known:
            known.client.create_registered_model("genre")
            known.client.create_model_version("genre", "s3://bucket/model", await_creation_for=0)
            assert promotion.promote(known, "1", None)["champion"] == "1"
        monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "expired")
        shown = run("models", "sync", "--json")
        assert shown.json["error"]["code"] == "registry-server-credentials"


# -- doctor -----------------------------------------------------------------------------------------


def test_doctor_reports_the_server_where_there_is_one(run: Run, home: Home, configured: FaultProxy) -> None:
    found = run("doctor", "--json").json["shared_registry"]
    assert (found["ok"], found["uri"], found["aliases"]) == (True, configured.uri, {})
    configured.faults.append(Fault(status=500))
    found = run("doctor", "--json").json
    assert (found["ok"], found["shared_registry"]["error"]["code"]) == (False, "registry-server-failed")
    Settings.load(home.settings)["registry.uri"] = ""
    assert "shared_registry" not in run("doctor", "--json").json
