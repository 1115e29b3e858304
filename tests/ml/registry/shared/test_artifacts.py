"""Only the server's own artifact service is used, and only with paths within it."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.ml.registry.shared import artifacts
from genre_desktop.ml.registry.shared.artifacts import Allowance
from genre_desktop.ml.registry.shared.connection import SharedServer
from tests.fixtures.mlflow_server import Fault, FaultProxy
from tests.ml.registry.shared.conftest import Connect


def test_paths_within_the_service(server: SharedServer) -> None:
    host = server.uri.removeprefix("http://")
    for uri in (
        "mlflow-artifacts:/1/run/artifacts/model",
        f"mlflow-artifacts://{host}/1/run/artifacts/model",
    ):
        assert artifacts.path_of(server, uri) == "1/run/artifacts/model"


@pytest.mark.parametrize(
    "uri",
    [
        "mlflow-artifacts://elsewhere:80/1/model",
        "mlflow-artifacts:/1/../../etc",
        "mlflow-artifacts:/1/%2e%2e/%2e%2e/etc",
        "mlflow-artifacts:/1/model?x=1",
        "s3://bucket/model",
        "file:///etc",
        "/etc",
        "models:/genre/1",
        "http://elsewhere/1/model",
    ],
)
def test_everything_else_is_refused(server: SharedServer, uri: str) -> None:
    with pytest.raises(AppError) as caught:
        artifacts.path_of(server, uri)
    assert caught.value.problem.code == "registry-server-artifacts"


def test_a_folder_is_uploaded_listed_and_downloaded(server: SharedServer, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "base").mkdir(parents=True)
    contents = {"a.json": b"{}", "empty.json": b"", "base/b.bin": bytes(range(256)) * 1000}
    for name, content in contents.items():
        (source / name).write_bytes(content)
    artifacts.upload_folder(server, source, "test/folder")
    sizes = artifacts.files(server, "test/folder")
    assert sizes == {name: len(content) for name, content in contents.items()}
    for name, size in sizes.items():
        artifacts.download(server, f"test/folder/{name}", tmp_path / "copy" / name, size, Allowance())
    assert {name: (tmp_path / "copy" / name).read_bytes() for name in contents} == contents


def test_a_missing_file_is_named(server: SharedServer, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="no file none"):
        artifacts.download(server, "test/none", tmp_path / "none", 1, Allowance())


def test_too_many_files_are_refused(proxied: FaultProxy, open_server: Connect) -> None:
    entries = ",".join(f'{{"path": "f{n}", "is_dir": false, "file_size": 1}}' for n in range(1000))
    proxied.faults.append(Fault(path="artifacts", status=200, body=f'{{"files": [{entries}]}}'.encode()))
    with pytest.raises(AppError, match="more than 200 files"):
        artifacts.files(open_server(proxied.uri), "test")


def test_folders_without_end_are_refused(proxied: FaultProxy, open_server: Connect) -> None:
    proxied.faults.append(
        Fault(path="artifacts", status=200, body=b'{"files": [{"path": "deeper", "is_dir": true}]}')
    )
    with pytest.raises(AppError, match="deeper"):
        artifacts.files(open_server(proxied.uri), "test")


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"files": 3}'])
def test_an_answer_that_is_no_listing_is_a_sentence(
    proxied: FaultProxy, open_server: Connect, body: bytes
) -> None:
    proxied.faults.append(Fault(path="artifacts", status=200, body=body))
    with pytest.raises(AppError, match="not as an MLflow server"):
        artifacts.files(open_server(proxied.uri), "test")
