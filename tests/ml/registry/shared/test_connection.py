"""Which servers are accepted, and what the user reads when one is not, or does not answer."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core import credentials
from genre_desktop.core.credentials import Credentials
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.ml.registry.shared import connection
from genre_desktop.ml.registry.shared.connection import ServerOptions, connect
from tests.fakes import keyring_backend
from tests.fixtures.mlflow_server import Fault, FaultProxy, MlflowServer, free_port


@pytest.fixture(autouse=True)
def keyring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    return tmp_path / "keyring.json"


@contextmanager
def answering(text: str, status: int = 200) -> Iterator[str]:
    """A server that answers everything the same."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def refusal(options: ServerOptions | Home) -> AppError:
    with pytest.raises(AppError) as caught, connect(options) as server:
        server.check_access()
    return caught.value


# -- addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://models.example",
        "https://models.example:8443/mlflow",
        "http://127.0.0.1:5000",
        "http://localhost:5000",
        "http://[::1]:5000",
    ],
)
def test_https_and_this_computer_are_accepted(address: str) -> None:
    ServerOptions.at(address).check()


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("models.example", "registry-server-address"),
        ("ftp://models.example", "registry-server-address"),
        ("sqlite:///mlflow.db", "registry-server-address"),
        ("https://", "registry-server-address"),
        ("https://models.example:port", "registry-server-address"),
        ("https://models.example/?token=1", "registry-server-address"),
        ("https://anna:secret@models.example", "registry-server-address/credentials"),
        ("http://models.example:5000", "registry-server-insecure"),
        ("http://10.0.0.7:5000", "registry-server-insecure"),
        ("http://127.0.0.1.example:5000", "registry-server-insecure"),
    ],
)
def test_other_addresses_are_refused_before_anything_is_sent(address: str, key: str) -> None:
    with pytest.raises(AppError) as caught:
        ServerOptions.at(address).check()
    assert caught.value.problem.key == key
    assert "secret" not in str(caught.value)


def test_http_to_another_computer_is_possible_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GENRE_DESKTOP_REGISTRY_INSECURE", "1")
    ServerOptions.at("http://models.example:5000").check()


def test_only_commands_follow_the_variable_of_mlflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert ServerOptions.of(settings) is None
    settings["registry.uri"] = " https://models.example/ "
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "https://other.example")
    assert ServerOptions.of(settings) == ServerOptions("https://models.example")
    assert ServerOptions.of(settings, command_line=True) == ServerOptions("https://other.example")


def test_without_an_address_there_is_a_sentence(tmp_path: Path) -> None:
    assert refusal(Home(tmp_path / "home")).problem.code == "registry-server-none"


# -- servers ----------------------------------------------------------------------------------------


def test_a_stock_server_is_accepted(empty_server: MlflowServer, tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    Settings.load(home.settings)["registry.uri"] = empty_server.uri
    with connect(home) as server:
        server.check_access()
        assert server.uri == empty_server.uri
        assert server.version.startswith("3.")
        assert abs(server.now() - (empty_server.folder / "server.log").stat().st_mtime) < 3600


@pytest.mark.parametrize("version", ["3.10.0", "2.22.1", "3.10.0.dev0"])
def test_an_old_server_is_refused_with_how_to_start_a_new_one(version: str) -> None:
    with answering(version) as uri:
        error = refusal(ServerOptions.at(uri))
    assert error.problem.code == "registry-server-old"
    assert version in str(error)
    assert "mlflow server --backend-store-uri" in str(error.problem.hint)


@pytest.mark.parametrize(("text", "status"), [("<html>hello</html>", 200), ("none", 404), ("", 200)])
def test_a_server_of_something_else_is_noticed(text: str, status: int) -> None:
    with answering(text, status) as uri:
        assert refusal(ServerOptions.at(uri)).problem.code == "registry-server-foreign"


def test_a_server_that_is_down_is_a_sentence() -> None:
    error = refusal(ServerOptions.at(f"http://127.0.0.1:{free_port()}"))
    assert error.problem.code == "registry-server-unreachable"
    assert "Connection refused" in str(error)


def test_an_unknown_host_is_a_sentence() -> None:
    error = refusal(ServerOptions.at("https://models.invalid"))
    assert error.problem.code == "registry-server-unreachable"


def test_a_slow_server_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch, proxied: FaultProxy) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "1")
    proxied.faults.append(Fault(path="search", delay_s=10))
    error = refusal(ServerOptions.at(proxied.uri))
    assert error.problem.code == "registry-server-slow"
    assert "within 1 s" in str(error)


def test_the_time_limit_is_below_ten_seconds() -> None:
    assert connection.TIMEOUT_S < 10


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "registry-server-credentials"),
        (403, "registry-server-forbidden"),
        (404, "registry-server-refused"),
        (500, "registry-server-failed"),
        (503, "registry-server-failed"),
    ],
)
def test_each_answer_of_the_server_is_a_sentence(proxied: FaultProxy, status: int, code: str) -> None:
    proxied.faults.append(Fault(path="search", status=status, body=b"plain text"))
    assert refusal(ServerOptions.at(proxied.uri)).problem.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UNAUTHENTICATED", "registry-server-credentials"),
        ("PERMISSION_DENIED", "registry-server-forbidden"),
        ("INTERNAL_ERROR", "registry-server-failed"),
        ("INVALID_PARAMETER_VALUE", "registry-server-refused"),
    ],
)
def test_so_is_each_answer_in_mlflows_own_form(proxied: FaultProxy, name: str, code: str) -> None:
    body = f'{{"error_code": "{name}", "message": "made up"}}'.encode()
    proxied.faults.append(Fault(path="search", status=400, body=body))
    assert refusal(ServerOptions.at(proxied.uri)).problem.code == code


def test_the_version_may_need_credentials_too(proxied: FaultProxy) -> None:
    proxied.faults.append(Fault(path="version", status=401, body=b"no"))
    assert refusal(ServerOptions.at(proxied.uri)).problem.code == "registry-server-credentials"


def test_errors_that_are_not_the_servers_pass_through(empty_server: MlflowServer) -> None:
    with pytest.raises(ZeroDivisionError), connect(ServerOptions.at(empty_server.uri)):
        raise ZeroDivisionError


# -- credentials ------------------------------------------------------------------------------------


def test_credentials_are_in_the_environment_only_while_a_server_is_open(empty_server: MlflowServer) -> None:
    credentials.store(empty_server.uri, Credentials("anna", "a secret"))
    before = dict(os.environ)
    with connect(ServerOptions.at(empty_server.uri)) as server:
        server.check_access()
        assert os.environ["MLFLOW_TRACKING_PASSWORD"] == "a secret"
        assert int(os.environ["MLFLOW_HTTP_REQUEST_TIMEOUT"]) == connection.TIMEOUT_S
    changed = {name for name in {*before, *os.environ} if before.get(name) != os.environ.get(name)}
    assert changed <= {"MLFLOW_DISABLE_TELEMETRY"}


def test_they_are_gone_after_a_refusal(proxied: FaultProxy) -> None:
    credentials.store(proxied.uri, Credentials(token="t0ken"))
    proxied.faults.append(Fault(path="search", status=401))
    error = refusal(ServerOptions.at(proxied.uri))
    assert "t0ken" not in str(error)
    assert "MLFLOW_TRACKING_TOKEN" not in os.environ
