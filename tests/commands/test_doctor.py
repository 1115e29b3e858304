from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.audio.sandbox import pool
from genre_desktop.commands import doctor
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.cluster.contract import resource
from tests.fixtures.certificates import Certificates, certificates
from tests.fixtures.cli import Run
from tests.fixtures.dask_cluster import free_port, plain_worker, scheduler

__all__ = ["certificates"]

pytest.importorskip("distributed", reason="the extra cluster is not installed")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of the home of :func:`run`; the other checks are left out."""
    for name in ("_registry", "_demo", "_sound"):
        monkeypatch.setattr(
            doctor, name, lambda terminal: {"aliases": {}, "genre": "", "elapsed_ms": 0, "inputs": []}
        )
    return Settings.load(Home(tmp_path / "home").create().settings)


def checked(run: Run) -> dict[str, Any]:
    outcome = run("doctor", "--json")
    document: dict[str, Any] = outcome.json
    assert outcome.code == (0 if document["ok"] else 1)
    return document


def test_without_a_cluster_there_is_nothing_to_say(run: Run, settings: Settings) -> None:
    assert "cluster" not in checked(run)


@pytest.mark.skipif(sys.platform != "linux", reason="the decoder process needs Linux")
def test_the_protection_while_reading_files_is_named(run: Run, settings: Settings) -> None:
    found = checked(run)["decoder"]
    assert found["ok"]
    assert (found["setting"], found["protection"]) == ("auto", str(pool.expected()))
    assert f"decoder         {pool.expected()}" in run("doctor").out
    settings["decoder.sandbox"] = "off"
    try:
        assert checked(run)["decoder"]["protection"] == "separate process, no sandbox"
    finally:
        pool.use("auto")


def test_a_cluster_that_works(
    run: Run, settings: Settings, tmp_path: Path, certificates: Certificates
) -> None:
    with (
        scheduler(tmp_path, certificates) as running,
        plain_worker(running, "--resources", f"{resource()}=1"),
        plain_worker(running),
    ):
        running.workers(at_least=2)
        for key, value in zip(
            ("address", "ca_file", "certificate", "key"), (running.address, *certificates), strict=True
        ):
            settings[f"cluster.{key}"] = value
        found = checked(run)["cluster"]
        shown = run("doctor").out
    assert found["ok"]
    assert found["workers"] == {"fit": 1, "unfit": 1}
    assert [note["code"] for note in found["notes"]] == ["cluster-other-workers"]
    assert f"1 worker at {running.address}, 1 not used" in shown
    assert "Note: They were not started by this program" in shown


def test_a_cluster_that_is_not_there(run: Run, settings: Settings) -> None:
    settings["cluster.address"] = f"127.0.0.1:{free_port()}"
    document = checked(run)
    assert not document["ok"]
    assert document["cluster"]["error"]["code"] == "cluster-unreachable"
    assert "connection refused" in run("doctor").out


def test_the_address_of_the_environment(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENRE_DESKTOP_CLUSTER", "local:2")
    assert checked(run)["cluster"]["workers"] == {"fit": 2, "unfit": 0}


def test_dask_is_not_imported_without_a_cluster() -> None:
    code = (
        "import sys; from genre_desktop.commands import doctor; from genre_desktop.commands.terminal import Terminal;"
        "from genre_desktop.core.paths import Home; print(doctor._has_cluster(Terminal(Home.locate('/nowhere'))),"
        "{'distributed', 'dask'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.split() == ["False", "set()"]
