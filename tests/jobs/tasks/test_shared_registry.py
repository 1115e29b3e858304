"""What a sync says in alerts about models that were not used."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.jobs.catalogue import schedules
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.runner import alerts
from genre_desktop.jobs.schedule import status
from genre_desktop.jobs.tasks import shared_registry
from tests.fakes import keyring_backend
from tests.fixtures.mlflow_server import MlflowServer
from tests.ml.conftest import template, with_starters

__all__ = ["template", "with_starters"]


@pytest.fixture
def contexts(
    template: Path,
    with_starters: Path,
    tmp_path: Path,
    empty_server: MlflowServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[list[TaskContext]]:
    """Two desktops that know the server."""
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    found = []
    for name in ("a", "b"):
        shutil.copytree(template / "home", tmp_path / name)
        home = Home(tmp_path / name)
        Settings(home.settings)["registry.uri"] = empty_server.uri
        found.append(TaskContext(ProcessResources(home)))
    yield found
    for context in found:
        context.parts.close()


def test_a_tampered_model_raises_an_alert_that_resolves(
    contexts: list[TaskContext], empty_server: MlflowServer
) -> None:
    a, b = contexts
    done = shared_registry.publish(a, {"version": "1"})
    shared_registry.promote(a, {"version": "1"})
    (b.home.registry / "artifacts").rename(b.home.root / "lost")  # else it has this model already
    (path,) = empty_server.artifacts.rglob(f"{done['run_id']}/**/novelty.json")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"1", b"2"))
    result = shared_registry.sync(b, {})
    assert [entry["code"] for entry in result["skipped"]] == ["model-digest"]
    (alert,) = AlertService(b.parts.database).standing()
    assert (alert.notice.code, alert.notice.level) == ("shared-model-skipped", "warning")
    assert "novelty.json is not the file" in str(alert.notice.happened)
    assert "remain in use" in str(alert.notice.did)
    path.write_bytes(whole)
    assert shared_registry.sync(b, {})["skipped"] == []
    assert AlertService(b.parts.database).standing() == []


def test_a_sync_without_a_move_leaves_the_alert_about_a_promotion(contexts: list[TaskContext]) -> None:
    database = contexts[0].parts.database
    runs = JobRuns(database)

    def ended(name: str, result: dict[str, object]) -> list[str]:
        runs.finish(runs.start(name), "succeeded", "", result)
        alerts.raise_job_alerts(contexts[0].home, database)
        return [alert.notice.code for alert in AlertService(database).standing()]

    assert ended("retrain", {"promoted": True, "version": "4", "reason": "Better."}) == ["promoted"]
    assert ended("sync", {"moved": False}) == ["promoted"]
    assert ended("promote-shared", {"moved": True}) == ["promoted"]
    assert ended("sync", {"moved": True}) == []


def test_it_is_scheduled_only_where_there_is_a_server(contexts: list[TaskContext]) -> None:
    home, database = contexts[0].home, contexts[0].parts.database
    assert "sync" in [row.name for row in status.rows(home, database)]
    settings = Settings.load(home.settings)
    assert schedules()["sync"].interval_s(settings) == 3600
    settings["registry.uri"] = ""
    assert "sync" not in [row.name for row in status.rows(home, database)]
    assert schedules()["sync"].interval_s(settings) == 0
