"""Files on the server: listed, downloaded within a limit, uploaded; only through the server's own artifact service.

MLflow's own download trusts names and sizes and writes wherever they lead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import requests
import urllib3.exceptions

from genre_desktop.core.errors import AppError, Cancelled, no_cancel
from genre_desktop.ml.registry.shared.connection import TRANSFER_TIMEOUT_S, SharedServer

MOST_BYTES = 50_000_000
"""Limit for everything that belongs to one version."""
_SERVICE = "/api/2.0/mlflow-artifacts/artifacts"
_NAME = re.compile(r"[A-Za-z0-9_][\w.@+-]*")
_MOST_FILES, _MOST_LEVELS = 200, 5
_CHUNK = 1 << 16


@dataclass(slots=True)
class Allowance:
    """How many more bytes may be downloaded; ``AppError`` when it is used up."""

    left: int = MOST_BYTES

    def use(self, n: int) -> None:
        """Count ``n`` bytes."""
        self.left -= n
        if self.left < 0:
            raise AppError("shared-artifact/too-large", limit=MOST_BYTES // 1_000_000)


def path_of(server: SharedServer, uri: str) -> str:
    """Return the path of an artifact URI within the server's artifact service.

    Raises
    ------
    AppError
        ``registry-server-artifacts`` for files that the server does not pass on, such as ``s3://…`` or ``file:…``.
    """
    parts = urlsplit(uri)
    path = unquote(parts.path).strip("/")
    elsewhere = parts.netloc not in ("", urlsplit(server.uri).netloc)
    if parts.scheme != "mlflow-artifacts" or elsewhere or parts.query or ".." in path.split("/"):
        raise AppError("registry-server-artifacts", address=uri)
    return path


def files(server: SharedServer, path: str) -> dict[str, int]:
    """Return the size of each file below ``path``, by its name relative to it.

    Raises
    ------
    AppError
        ``shared-artifact/name`` for a name that leads elsewhere, ``shared-artifact/too-many``,
        ``shared-artifact/missing``.
    """
    found: dict[str, int] = {}
    for name, size in _walk(server, path, "", 0):
        found[name] = size
        if len(found) > _MOST_FILES:
            raise AppError("shared-artifact/too-many", limit=_MOST_FILES)
    return found


def download(
    server: SharedServer,
    path: str,
    target: Path,
    expected: int,
    allowance: Allowance,
    cancelled: Callable[[], bool] = no_cancel,
) -> None:
    """Download one file of ``expected`` bytes, no more.

    Raises
    ------
    AppError
        ``shared-artifact/missing``, ``shared-artifact/incomplete``, ``shared-artifact/too-large``.
    Cancelled
        Between two chunks.
    """
    name = path.rpartition("/")[2]
    response = server.request("GET", f"{_SERVICE}/{quote(path)}", stream=True)
    received = 0
    try:
        _check(response, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            for chunk in response.iter_content(_CHUNK):
                if cancelled():
                    raise Cancelled
                received += len(chunk)
                allowance.use(len(chunk))
                file.write(chunk)
    except (requests.exceptions.ChunkedEncodingError, urllib3.exceptions.ProtocolError) as error:
        raise AppError("shared-artifact/incomplete", name=name, size=received, expected=expected) from error
    finally:
        response.close()
    if received != expected:
        raise AppError("shared-artifact/incomplete", name=name, size=received, expected=expected)


def upload(server: SharedServer, source: Path, path: str) -> None:
    """Upload one file; errors of the server as :class:`.SharedServer` translates them."""
    with source.open("rb") as file:
        content = file if source.stat().st_size else b""  # an empty stream would be sent in chunks
        response = server.request(
            "PUT", f"{_SERVICE}/{quote(path)}", data=content, timeout=TRANSFER_TIMEOUT_S
        )
    response.raise_for_status()


def upload_folder(server: SharedServer, source: Path, path: str) -> None:
    """Upload a folder, and check that every file arrived in its size.

    Raises
    ------
    AppError
        ``shared-artifact/not-stored`` when the server has something else afterwards.
    """
    sizes = {
        found.relative_to(source).as_posix(): found.stat().st_size
        for found in sorted(source.rglob("*"))
        if found.is_file()
    }
    for name in sizes:
        upload(server, source / name, f"{path}/{name}")
    stored = files(server, path)
    wrong = [name for name, size in sizes.items() if stored.get(name) != size]
    if wrong:
        raise AppError("shared-artifact/not-stored", name=wrong[0])


def _walk(server: SharedServer, path: str, below: str, level: int) -> Iterator[tuple[str, int]]:
    for entry in _listing(server, f"{path}/{below}".rstrip("/")):
        name = str(entry["path"])
        if not _NAME.fullmatch(name) or level > _MOST_LEVELS:
            raise AppError("shared-artifact/name", name=repr(name)[:80])
        if entry.get("is_dir"):
            yield from _walk(server, path, f"{below}{name}/", level + 1)
        else:
            yield f"{below}{name}", int(entry.get("file_size") or 0)


def _listing(server: SharedServer, path: str) -> list[dict[str, str]]:
    response = server.request("GET", _SERVICE, params={"path": path})
    _check(response, path)
    try:
        return [dict(entry) for entry in response.json().get("files", [])]
    except (ValueError, AttributeError, TypeError) as error:
        raise AppError("registry-server-foreign", address=server.uri, answer="no list of files") from error


def _check(response: requests.Response, name: str) -> None:
    if response.status_code == 404:
        raise AppError("shared-artifact/missing", name=name)
    response.raise_for_status()
