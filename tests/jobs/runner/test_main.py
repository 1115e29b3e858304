"""Where a job works: here, or on the cluster that its parameters, the environment or the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.cluster.address import VARIABLE, ClusterOptions
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.messages import JobEvent, Progress
from genre_desktop.jobs.runner.main import _cluster
from genre_desktop.jobs.runner.process import RunningJob
from tests.jobs.cluster.sample_operations import MODULE, Item

ELSEWHERE = "tls://music.example:8786"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def cluster(home: Home, name: str, **params: Any) -> ClusterOptions | None:
    return _cluster(ProcessResources(home), name, params)


def test_imports_and_retraining_work_where_the_settings_say(home: Home) -> None:
    assert cluster(home, "import") is None
    settings = Settings.load(home.settings)
    settings["cluster.address"] = ELSEWHERE
    settings.save()
    named = {name for name in JOBS if cluster(home, name) is not None}
    assert named == {"import", "retrain"}
    assert cluster(home, "import") == ClusterOptions(ELSEWHERE)


def test_parameters_come_before_the_environment_and_that_before_the_settings(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.load(home.settings)
    settings["cluster.address"] = ELSEWHERE
    settings.save()
    monkeypatch.setenv(VARIABLE, "local:2")
    assert cluster(home, "retrain", cluster="", insecure=False) == ClusterOptions("local:2")
    found = cluster(home, "retrain", cluster="10.0.0.1:8786", insecure=True)
    assert found == ClusterOptions("10.0.0.1:8786", insecure=True)


def reads(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Read a file by the workers, and report how far it is."""
    found = []
    for done in context.map_files(f"{MODULE}:read", [Item(params["path"])] * 3, 2):
        found.append(done.value[1].decode())
        context.progress(len(found) / 3, f"{len(found)} of 3")
    return {"found": found}


@pytest.mark.parametrize(("where", "shown"), [({}, "3 of 3"), ({"cluster": "local:1"}, "3 of 3 · 1 worker")])
def test_a_job_reads_files_there_and_shows_the_load_of_a_cluster(
    home: Home, tmp_path: Path, where: dict[str, Any], shown: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("la la la")
    events: list[JobEvent] = []
    job = RunningJob(home, f"{__name__}:reads", {"path": str(file), **where}, events.append)
    outcome = job.wait()
    assert outcome is not None
    assert outcome.ended.result == {"found": ["la la la"] * 3}, outcome
    assert [event.message for event in events if isinstance(event, Progress)][-1] == shown
