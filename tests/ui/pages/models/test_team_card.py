"""The team's card on the Models page, with made-up jobs and once with a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.messages import message
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.jobs.catalogue import JOBS, JobSpec
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.jobs.tasks import registry
from genre_desktop.ml.registry.shared import team_data
from genre_desktop.ml.registry.shared.connection import ServerOptions, connect
from genre_desktop.ui.dialogs.contribution import ContributionDialog
from genre_desktop.ui.pages.models.page import ModelsPage
from genre_desktop.ui.preferences.apply import SettingsApplier
from tests.fakes import keyring_backend
from tests.fixtures.mlflow_server import MlflowServer
from tests.jobs.sample_jobs import verify
from tests.ml.data.test_training_data import predicted
from tests.ui.conftest import Desk
from tests.ui.pages.models.test_page import FAMILIES, select, version

JOB_MS = 120_000
SERVER = "https://models.example"


@pytest.fixture(autouse=True)
def _jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keyring_backend.use(monkeypatch, tmp_path / "keyring.json")
    for name in ("sync", "publish", "promote-shared"):
        if name not in JOBS:
            monkeypatch.setitem(JOBS, name, JobSpec(name, verify, name.capitalize()))


@pytest.fixture
def db(desk: Desk) -> Iterator[Database]:
    database = Database(desk.window.context.home.store)
    yield database
    database.close()


def open_page(desk: Desk) -> ModelsPage:
    desk.window.show_page("models")
    page = desk.window.page("models")
    assert isinstance(page, ModelsPage)
    return page


def set_server(desk: Desk, address: str) -> None:
    """As the preferences do it."""
    desk.window.context.settings["registry.uri"] = address
    SettingsApplier(desk.window.context).apply("registry.uri")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The jobs that would have been started, without the one that lists the models."""
    found: list[tuple[str, dict[str, Any]]] = []

    def start(_self: JobManager, name: str, params: dict[str, Any] | None = None) -> None:
        if name != "models":
            found.append((name, dict(params or {})))

    monkeypatch.setattr(JobManager, "start", start)
    monkeypatch.setattr(registry, "read_list", lambda home: None)
    return found


@pytest.fixture
def page(desk: Desk, started: list[Any]) -> ModelsPage:
    page = open_page(desk)
    page.show_result(
        {"models": [version("3"), version("2", "champion")], "families": FAMILIES, "web_ui": False}
    )
    return page


def test_without_a_server_nothing_of_it_is_visible(page: ModelsPage, desk: Desk) -> None:
    assert not page.team.isVisible()
    page._retrain.click()
    assert not page.options.shared.isVisible()
    page.options._close()
    set_server(desk, SERVER)
    assert page.team.isVisible()
    set_server(desk, "")
    assert not page.team.isVisible()


def test_it_says_when_the_last_sync_was_and_what_went_wrong(
    page: ModelsPage, desk: Desk, db: Database
) -> None:
    set_server(desk, SERVER)
    assert page.team.state.text() == "Not synced with models.example yet."
    runs = JobRuns(db)
    runs.finish(runs.start("sync"), "succeeded", result={})
    page.team.refresh()
    assert page.team.state.text() == "Synced just now from models.example."
    runs.finish(runs.start("sync"), "failed", message("The server is down."))
    page.team.refresh()
    assert (
        page.team.state.text() == "The last sync with models.example failed (just now). The server is down."
    )
    runs.start("sync")
    page.team.refresh()
    assert page.team.state.text() == "Syncing with models.example…"


def test_buttons_start_the_jobs_of_the_chosen_version(
    page: ModelsPage, desk: Desk, started: list[tuple[str, dict[str, Any]]]
) -> None:
    set_server(desk, SERVER)
    select(page, 0)
    for control in (page.team.sync, page.team.publish, page.team.promote, page.team.contribute):
        assert control.isEnabled()
        control.click()
        assert page.team.job.busy
        assert not control.isEnabled()
        page.team.job.show_message("", "", "accent")
    assert started == [
        ("sync", {}), ("publish", {"version": "3"}), ("promote-shared", {"version": "3"}), ("contribute-preview", {}),
    ]  # fmt: skip
    page.table.clearSelection()
    assert page.team.sync.isEnabled()
    assert not page.team.publish.isEnabled()
    page.table.selectAll()
    assert not page.team.promote.isEnabled()


def test_a_retrain_can_use_the_team_s_corrections(page: ModelsPage, desk: Desk) -> None:
    set_server(desk, SERVER)
    page._retrain.click()
    assert not page.team.isVisible()  # it makes room
    assert page.options.shared.isVisible()
    assert "shared" not in page.options.params()
    page.options.shared.click()
    assert page.options.params()["shared"] is True
    page.options._start()
    assert page.team.isVisible()
    set_server(desk, "")
    assert "shared" not in page.options.params()


def test_a_sync_lists_the_models_again(page: ModelsPage, desk: Desk) -> None:
    set_server(desk, SERVER)
    page._listed = True
    desk.window.show_page("analyse")
    job = Job(1, "sync", {}, 0.0)
    job.ended = JobEnded("succeeded", result={"pulled": [{}], "champion": "4", "skipped": []})
    page._context.jobs.ended.emit(job)
    assert not page._listed
    assert page.team.job.notice.isVisibleTo(page.team)


def test_corrections_go_to_a_real_server_as_the_preview_showed_them(
    desk: Desk, db: Database, mlflow_server: MlflowServer
) -> None:
    Corrections(db).add(predicted(db, "heard"), "jazz")
    set_server(desk, mlflow_server.uri)
    page = open_page(desk)
    page.team.contribute.click()
    desk.bot.waitUntil(lambda: bool(desk.window.findChildren(ContributionDialog)), timeout=JOB_MS)
    (dialog,) = desk.window.findChildren(ContributionDialog)
    shown = dialog.model.data(dialog.model.index(0, 1))
    assert not page.team.job.isVisible()
    dialog.go.click()
    desk.bot.waitUntil(lambda: page.team.job.busy, timeout=JOB_MS)
    desk.bot.waitUntil(lambda: not page.team.job.busy, timeout=JOB_MS)
    assert "1 clip" in page.team.job.notice.accessibleDescription()
    with connect(ServerOptions.at(mlflow_server.uri)) as server:
        assert [clip.label for clip in team_data.load_rows(server) if clip.content_hash == shown] == ["jazz"]
    QApplication.processEvents()


def test_a_problem_of_the_preview_is_shown(desk: Desk) -> None:
    set_server(desk, "http://127.0.0.1:9")
    page = open_page(desk)
    page.team.contribute.click()
    desk.bot.waitUntil(lambda: not page.team.job.busy, timeout=JOB_MS)
    assert "cannot be reached" in page.team.job.notice.accessibleName()
    assert page.team.contribute.isEnabled()
    assert not desk.window.findChildren(ContributionDialog)
