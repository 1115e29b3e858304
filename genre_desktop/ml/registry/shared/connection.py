"""Connection to a team's MLflow server: address, credentials, version, time limits.

MLflow's client reads credentials and time limits from the environment with every request, so they are in this
process's environment while a :class:`SharedServer` is open, and no longer.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from genre_desktop.core import credentials
from genre_desktop.core.credentials import Credentials
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient

ADDRESS, INSECURE = "MLFLOW_TRACKING_URI", "GENRE_DESKTOP_REGISTRY_INSECURE"
"""Environment variables: the server of a command, and whether it may be unencrypted."""
OLDEST = (3, 11)
"""Versions before let clients read files of the server and replace each other's (CVE-2026-2651, -2614, -4137)."""
TIMEOUT_S = 8
"""Time limit of a request, and of every pause while its answer arrives."""
TRANSFER_TIMEOUT_S = 60
"""The same for a file that is sent: the server answers when its own storage has it."""
_TIMEOUT, _RETRIES = "MLFLOW_HTTP_REQUEST_TIMEOUT", "MLFLOW_HTTP_REQUEST_MAX_RETRIES"
_QUIET = "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"
_VERSION = re.compile(r"(\d+)\.(\d+)[\w.+-]*")


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Which server to use; ``insecure`` allows http to another computer."""

    address: str
    insecure: bool = False

    @classmethod
    def of(cls, settings: Settings, *, command_line: bool = False) -> ServerOptions | None:
        """Return the server of the settings, on the command line of ``MLFLOW_TRACKING_URI`` if set; None without one."""
        address = (os.environ.get(ADDRESS, "") if command_line else "") or str(settings["registry.uri"])
        return cls.at(address) if address.strip() else None

    @classmethod
    def of_job(cls, home: Home, params: Mapping[str, Any]) -> ServerOptions | None:
        """Return the server of a job's parameter ``registry``, else of the settings; None without one."""
        address = params.get("registry")
        return cls.at(str(address)) if address else cls.of(Settings.load(home.settings))

    @classmethod
    def at(cls, address: str) -> ServerOptions:
        """Return the server at an address; the environment says whether it may be unencrypted."""
        return cls(address.strip().rstrip("/"), os.environ.get(INSECURE, "") not in ("", "0"))

    def check(self) -> None:
        """Check the address.

        Raises
        ------
        AppError
            ``registry-server-address``, or ``registry-server-insecure`` for http to another computer.
        """
        try:
            parts = urlsplit(self.address)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise AppError("registry-server-address", address=self.address) from error
        if "@" in parts.netloc:
            raise AppError("registry-server-address/credentials")
        if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
            raise AppError("registry-server-address", address=self.address)
        if parts.scheme == "http" and not self.insecure and not _is_loopback(host):
            raise AppError("registry-server-insecure", address=self.address)


class SharedServer:
    """An MLflow server that was found to be new enough; use it as a context manager.

    Errors of the server within the ``with`` block become :class:`AppError`, see :func:`.server_errors.translate`.

    Attributes
    ----------
    uri:
        Its address, without a final slash.
    client:
        MLflow's client for it, for tracking and registry. Works within the ``with`` block only.
    version:
        Its version of MLflow.
    """

    def __init__(self, uri: str, client: MlflowClient, version: str, environment: Mapping[str, str]) -> None:
        self.uri, self.client, self.version = uri, client, version
        self._variables = dict(environment)
        self._entered: list[AbstractContextManager[None]] = []

    def __enter__(self) -> Self:
        entered = _environment(self._variables)
        entered.__enter__()
        self._entered.append(entered)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.pop().__exit__(None, None, None)
        if error is not None:
            _raise_translated(error, self.uri)

    def request(self, method: str, path: str, **arguments: Any) -> Any:
        """Send a request as MLflow's client does and return its ``requests`` response, whatever its status.

        ``path`` begins with a slash; ``arguments`` are those of ``requests``.
        """
        from mlflow.utils.credentials import get_default_host_creds
        from mlflow.utils.rest_utils import http_request

        credentials_ = get_default_host_creds(self.uri)  # type: ignore[no-untyped-call]
        return http_request(credentials_, path, method, **arguments)  # type: ignore[no-untyped-call]

    def now(self) -> float:
        """Return the server's time in seconds since 1970, to the second; this computer's clock may be wrong."""
        response = self.request("GET", "/version")
        response.raise_for_status()
        try:
            return parsedate_to_datetime(response.headers["date"]).timestamp()
        except (KeyError, ValueError) as error:
            raise AppError("registry-server-foreign", address=self.uri, answer="no date") from error

    def check_access(self) -> None:
        """Check that the server accepts the credentials, which ``/version`` does not ask for.

        Raises
        ------
        AppError
            As the ``with`` block does.
        """
        self.client.search_registered_models(max_results=1)


def connect(
    server: Home | ServerOptions, *, retries: int = 0, given: Credentials | None = None
) -> SharedServer:
    """Return the shared server of a home's settings, or of options, after checking its version.

    Takes 2 s for importing MLflow. ``retries`` is for work that only reads: a repeated request may create twice.
    ``given`` credentials are used instead of those of the environment and the store.

    Raises
    ------
    AppError
        ``registry-server-none`` when none is set, ``registry-server-old``, ``registry-server-foreign`` for a server
        of something else, as :meth:`ServerOptions.check` and as :func:`.server_errors.translate`.
    """
    options = ServerOptions.of(Settings.load(server.settings)) if isinstance(server, Home) else server
    if options is None:
        raise AppError("registry-server-none")
    options.check()
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")  # normally set by environment.py
    from mlflow import MlflowClient

    logging.getLogger("mlflow").setLevel(logging.WARNING)  # importing it sets the level
    environment = {_TIMEOUT: str(TIMEOUT_S), _RETRIES: str(retries), _QUIET: "true"}
    environment = {name: os.environ.get(name, value) for name, value in environment.items()}
    environment |= (given or credentials.find(options.address)).to_environment()
    with _environment(environment), _translated(options.address):
        client = MlflowClient(tracking_uri=options.address, registry_uri=options.address)
        found = SharedServer(options.address, client, "", environment)
        found.version = _version(found)
    return found


def _version(server: SharedServer) -> str:
    """Return the server's version; ``AppError`` if it is too old or no MLflow server."""
    response = server.request("GET", "/version")
    if response.status_code == 404:
        raise AppError("registry-server-foreign", address=server.uri, answer="HTTP 404")
    response.raise_for_status()
    text = str(response.text).strip()
    numbers = _VERSION.fullmatch(text)
    if numbers is None:
        answer = repr(text[:40])
        raise AppError("registry-server-foreign", address=server.uri, answer=answer)
    if (int(numbers[1]), int(numbers[2])) < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise AppError("registry-server-old", address=server.uri, version=text, needed=needed)
    return text


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables of this process, or remove those with an empty value, and restore them."""
    before = {name: os.environ.get(name, "") for name in values}
    _set(values)
    try:
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if value:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)


@contextmanager
def _translated(uri: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        _raise_translated(error, uri)
        raise


def _raise_translated(error: BaseException, uri: str) -> None:
    from genre_desktop.ml.registry.shared import server_errors

    translated = server_errors.translate(error, uri, float(os.environ.get(_TIMEOUT, TIMEOUT_S)))
    if translated is not None:
        raise translated from error
