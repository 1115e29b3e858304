"""A server whose disk is full: nothing is half published, and what was there before still serves."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from genre_desktop.core.errors import AppError
from genre_desktop.ml.registry import storage
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.shared import versions
from genre_desktop.ml.registry.shared.connection import ServerOptions, connect
from genre_desktop.ml.registry.shared.publish import publish
from genre_desktop.ml.registry.shared.sync import sync
from tests.fixtures import mlflow_server
from tests.fixtures.mlflow_server import MlflowServer, running_server
from tests.ml.registry.shared.conftest import train

ROOM_KB = 512
"""Space for the files of a few small models."""


@pytest.fixture
def small_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MlflowServer]:
    """A server whose files are on a small disk of memory, which only its own processes see."""
    namespace = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*namespace, "true"], check=False).returncode:
        pytest.skip("mounting a small disk needs unshare and the right to use it")
    folder = tmp_path / "server"
    (folder / "artifacts").mkdir(parents=True)
    mount = f"mount -t tmpfs -o size={ROOM_KB}k none {shlex.quote(str(folder / 'artifacts'))}"
    program = tmp_path / "mlflow-on-small-disk"
    script = f'{mount} && exec {shlex.quote(str(mlflow_server.PROGRAM))} "$@"'
    program.write_text(f'#!/bin/sh\nexec {shlex.join(namespace)} sh -c {shlex.quote(script)} sh "$@"\n')
    program.chmod(0o755)
    if mlflow_server.PROGRAM.is_file():
        monkeypatch.setattr(mlflow_server, "PROGRAM", program)
    with running_server(folder) as server:
        yield server


def test_a_full_disk_of_the_server_is_a_sentence_and_the_champion_stays(
    small_server: MlflowServer, desktop: Callable[[str], Registry]
) -> None:
    options, a = ServerOptions.at(small_server.uri), desktop("a")
    with connect(options) as server:
        first = publish(server, a, "champion")
        server.client.set_registered_model_alias("genre", "champion", first["server_version"])
    fill(small_server)
    version = train(a, 1)
    with pytest.raises(AppError) as caught, connect(options) as server:
        publish(server, a, version)
    assert caught.value.problem.code == "registry-server-failed"

    with connect(options) as server:
        assert versions.with_digest(server, a.resolve(version).digest) is None
        experiment = server.client.get_experiment_by_name(storage.EXPERIMENT)
        runs = server.client.search_runs([experiment.experiment_id])
        assert [run.info.run_id for run in runs] == [first["run_id"]]
        result = sync(server, desktop("b"))
    assert (result["champion"], result["skipped"]) == ("1", [])


def fill(server: MlflowServer) -> None:
    """Store bytes, through the server, until its disk has no room."""
    url = f"{server.uri}/api/2.0/mlflow-artifacts/artifacts/0/filling"
    for size in (ROOM_KB * 1024 // 2, 65_536, 8192, 4096):
        for number in range(ROOM_KB):
            body = b"0" * size
            if requests.put(f"{url}/{size}-{number}", data=body, timeout=30).status_code >= 500:
                break
