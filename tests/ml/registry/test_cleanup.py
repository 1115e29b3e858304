"""Whenever a process is killed, the next start finds the old models serving and cleans up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry import (
    alias_snapshot,
    cleanup,
    encoder_store,
    maintenance,
    starter_models,
    storage,
)
from genre_desktop.ml.registry.cleanup import CleanupResult
from genre_desktop.ml.registry.registry import Registry
from genre_desktop.ml.registry.run import OWNER, is_alive, owner
from tests.ml import tiny_models

REPOSITORY = Path(__file__).resolve().parents[3]
KILLED = 9

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")


class CrashProcess:
    """Runs jobs on a registry and is killed at them; see :mod:`tests.ml.crash_script`."""

    def __init__(self, models: Path) -> None:
        command = [sys.executable, "-m", "tests.ml.crash_script"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=REPOSITORY, stdin=pipe, stdout=pipe, text=True)
        self._models = models

    def __call__(self, home: Home, *jobs: dict[str, object]) -> list[int]:
        """Run one process for each job at the same time and return their exit statuses."""
        assert self._process.stdin
        assert self._process.stdout
        same = {"root": str(home.root), "models": str(self._models)}
        print(json.dumps([{**same, **job} for job in jobs]), file=self._process.stdin, flush=True)
        return list(json.loads(self._process.stdout.readline()))

    def end(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def crash(template: Path) -> Iterator[CrashProcess]:
    started = CrashProcess(template / "models")
    yield started
    started.end()


def aliases(registry: Registry) -> dict[str, str]:
    return {alias: info.version for info in registry.models() for alias in info.aliases}


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    bundle.save(tiny_models.linear(seed=3, family="candidate"), tmp_path / "candidate")
    return tmp_path / "candidate"


@needs_fork
@pytest.mark.parametrize(
    ("moment", "times"),
    [
        ("set_registered_model_alias", 1),
        ("set_registered_model_alias", 2),
        ("delete_registered_model_tag", 1),  # both aliases point to the new models already
    ],
)
def test_killed_between_the_alias_moves(
    home: Home, crash: CrashProcess, candidate: Path, moment: str, times: int
) -> None:
    with Registry(home) as registry:
        version = registry.register(candidate)
    job = {"action": f"promote {version}", "moment": moment, "times": times}
    assert crash(home, job) == [KILLED]
    assert cleanup.needed(home)
    with Registry(home) as registry:
        assert registry.resolve("champion").version == "1"  # the command line runs no clean-up first
        registry.clean_up()
        assert aliases(registry) == {"champion": "1", "fallback": "2"}
        assert not cleanup.needed(home)
        registry.promote(version)
        registry.rollback()
        assert aliases(registry) == {"champion": "1", "fallback": "2"}


@needs_fork
def test_a_reverted_promotion_leaves_nothing_to_undo(
    home: Home, crash: CrashProcess, candidate: Path
) -> None:
    with Registry(home) as registry:
        version = registry.register(candidate)
    job = {"action": f"promote {version}", "moment": "delete_registered_model_tag", "times": 1}
    assert crash(home, job) == [KILLED]
    with Registry(home) as registry, pytest.raises(AppError) as caught:
        registry.rollback()
    assert caught.value.problem.code == "nothing-to-undo"


@needs_fork
@pytest.mark.parametrize("moment", ["log_artifacts", "create_model_version"])
def test_killed_while_registering(home: Home, crash: CrashProcess, candidate: Path, moment: str) -> None:
    assert crash(home, {"action": f"register {candidate}", "moment": moment}) == [KILLED]
    assert cleanup.needed(home)
    with Registry(home) as registry:
        assert len(registry.models()) == 2
        result = registry.clean_up()
        assert (result.runs, result.moves, result.versions) == (1, 0, 0)
        assert not cleanup.needed(home)
        runs = cleanup.all_runs(registry.client)
        assert sorted(run.info.status for run in runs) == ["FINISHED", "FINISHED", "KILLED"]
        folders = {p.parent.parent.name for p in home.registry.glob("artifacts/*/artifacts/model")}
        assert folders == {info.run_id for info in registry.models()}
        assert registry.register(candidate) == "3"


@needs_fork
@pytest.mark.parametrize(("moment", "times"), [("_replace", 1), ("create_model_version", 2)])
def test_killed_at_the_first_start(
    tmp_path: Path, crash: CrashProcess, with_starters: Path, quick_database: Path, moment: str, times: int
) -> None:
    home = Home(tmp_path / "home")
    empty = "" if moment == "_replace" else str(quick_database)
    assert crash(home, {"action": "starters", "moment": moment, "times": times, "empty": empty}) == [KILLED]
    assert starter_models.is_fresh(home)
    with Registry(home) as registry:
        registry.clean_up()
        assert starter_models.ensure(registry) is True
        assert aliases(registry) == {"champion": "1", "fallback": "2"}
        assert [info.version for info in registry.models()] == ["2", "1"]
    assert not cleanup.needed(home)


@needs_fork
@pytest.mark.parametrize(("moment", "times"), [("create_registered_model", 1), ("create_model_version", 3)])
def test_killed_while_registering_the_encoder(
    tmp_path: Path, crash: CrashProcess, with_starters: Path, quick_database: Path, moment: str, times: int
) -> None:
    home = Home(tmp_path / "home")
    job = {"action": "starters", "moment": moment, "times": times, "empty": str(quick_database)}
    assert crash(home, job) == [KILLED]
    assert encoder_store.find(home) == encoder_store.shipped_file()
    assert maintenance.needed(home)
    maintenance.run(home)
    assert not maintenance.needed(home)
    assert encoder_store.find(home).is_relative_to(home.registry)
    with Registry(home) as registry:
        assert aliases(registry) == {"champion": "1", "fallback": "2"}
        assert len(registry.client.search_model_versions(f"name = '{encoder_store.MODEL}'")) == 1


@needs_fork
def test_two_first_starts_at_once(tmp_path: Path, crash: CrashProcess, quick_database: Path) -> None:
    home = Home(tmp_path / "home")
    job = {"action": "starters", "empty": str(quick_database)}
    assert crash(home, job, job) == [0, 0]
    snapshot = alias_snapshot.read(home)
    assert snapshot is not None
    assert snapshot.aliases == {"champion": "1", "fallback": "2"}
    assert set(snapshot.versions) == {"1", "2"}
    assert len(snapshot.encoders) == 1


def test_active_and_foreign_runs_are_left_alone(registry: Registry) -> None:
    run = registry.run("retrain")
    experiment = cleanup.experiment_id(registry.client)
    foreign = registry.client.create_run(experiment)
    assert registry.clean_up() == CleanupResult()
    registry.client.set_tag(run.id, OWNER, "999999999@0")
    assert registry.clean_up() == CleanupResult(runs=1)
    assert registry.client.get_run(run.id).info.status == "KILLED"
    assert registry.client.get_run(foreign.info.run_id).info.status == "RUNNING"


def test_opening_the_registry_ends_what_a_killed_command_left(registry: Registry) -> None:
    run = registry.run("retrain")
    registry.client.set_tag(run.id, OWNER, "999999999@0")
    model = storage.run_folder(registry.home, run.id) / "model"
    model.mkdir(parents=True)
    (model / "half").touch()
    with starter_models.open_registry(registry.home) as opened:
        assert opened.client.get_run(run.id).info.status == "KILLED"
    assert not model.exists()


def test_versions_without_files_go_unless_they_serve(registry: Registry, candidate: Path) -> None:
    version = registry.register(candidate)
    for number in (version, "1"):
        (registry.folder(number) / bundle.FILE).unlink()
    assert registry.clean_up() == CleanupResult(versions=1)
    assert [info.version for info in registry.models()] == ["2", "1"]


def test_left_over_files_go(registry: Registry) -> None:
    (registry.home.registry / "incoming" / "half").mkdir(parents=True)
    (registry.home.registry / "mlflow.db.abc.making").write_bytes(b"half")
    assert cleanup.needed(registry.home)
    assert registry.clean_up() == CleanupResult(files=2)
    assert not cleanup.needed(registry.home)


def test_owners() -> None:
    assert is_alive(owner())
    pid, _, started = owner().partition("@")
    assert not is_alive(f"{pid}@{float(started) - 1000}")  # the number was used again
    assert not is_alive("nonsense")


def test_a_held_lock_is_reported(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "LOCK_WAIT_S", 0.05)
    with storage.locked(home):
        with pytest.raises(AppError) as caught, storage.locked(home):
            pass
        assert caught.value.problem.code == "registry-busy"
        with storage.locked(home, "another.lock"):
            pass
    with storage.locked(home):
        pass


def test_a_lock_that_cannot_be_opened_is_not_called_busy(home: Home) -> None:
    (home.registry / "other.lock").mkdir()
    with pytest.raises(AppError) as caught, storage.locked(home, "other.lock"):
        pass
    assert caught.value.problem.code == "registry-failed"
