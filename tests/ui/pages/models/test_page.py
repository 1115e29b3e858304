"""The Models page: showing and comparing job results; one test with a real registry."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.app.monitoring.model_entry import ModelEntry
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.jobs.tasks import registry
from genre_desktop.ui.pages.models.page import WEB, ModelsPage
from tests.ui.conftest import Desk

FAMILIES = {"lda": "Shrinkage LDA", "xgboost": "XGBoost"}


def version(number: str, *aliases: str, gmean: float = 0.6, **changes: Any) -> dict[str, Any]:
    """An entry as the job returns it."""
    scores = {
        "per_genre": {"jazz": {"recall": 0.8}, "rock": {"recall": 0.5}},
        "confusion": {"jazz": {"jazz": 8, "rock": 2}, "rock": {"rock": 5, "jazz": 5}},
    }
    raw = {
        "version": number, "family": "lda", "aliases": list(aliases), "created": "2026-01-02T03:04:05Z",
        "metrics": {"gmean": gmean, "accuracy": 0.7, "log_loss": 1 - gmean}, "feature_version": "1",
        "tags": {"clips": "640", "decision": "promoted", "reason": "Better by more than chance."},
        "params": {}, "run_id": "r", "run_folder": "/nowhere", "scores": scores,
    }  # fmt: skip
    return raw | changes


@pytest.fixture
def page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> ModelsPage:
    """The page without a registry."""
    monkeypatch.setattr(JobManager, "start", lambda *_: None)
    monkeypatch.setattr(registry, "read_list", lambda home: None)
    desk.window.show_page("models")
    page = desk.window.page("models")
    assert isinstance(page, ModelsPage)
    starter = version("1", "fallback", scores={}, metrics={"test_gmean": 0.55, "test_accuracy": 0.61})
    found = [version("3", gmean=0.7), version("2", "champion"), starter]
    page.show_result({"models": found, "families": FAMILIES, "web_ui": False})
    return page


def select(page: ModelsPage, row: int) -> None:
    """Select this row alone, whatever modifier keys an earlier test left pressed."""
    page.table.clearSelection()
    page.table.selectRow(row)


def words(page: ModelsPage) -> str:
    """Return all texts of the details."""
    QApplication.processEvents()
    return "\n".join(it.text() for it in page.details.findChildren(QLabel) if not it.isHidden())


def test_versions_and_the_champion_in_front(page: ModelsPage) -> None:
    def line(place: int) -> list[str]:
        return [page.table.item(place, column).text() for column in range(7)]

    assert line(1) == ["2", "Shrinkage LDA", "Champion", "0.600", "70.0 %", "2026-01-02", "640"]
    assert line(2)[2:5] == ["Fallback", "0.550", "61.0 %"]
    assert [model.version for model in page.selected] == ["2"]
    assert "Promoted: Better by more than chance." in words(page)
    assert not page._promote.isEnabled()
    assert not page._browser.isVisible()


def test_two_are_compared_side_by_side(page: ModelsPage) -> None:
    model = page.table.model()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(model.index(0, 0), flags)
    shown = words(page)
    assert "0.700  better" in shown
    assert "0.300  better" in shown  # lower log-loss is better
    assert "0.600  better" not in shown
    assert not page._promote.isEnabled()


def test_metrics_from_different_clips_are_not_ranked(page: ModelsPage) -> None:
    page.models[0] = ModelEntry.of(version("3", tags={"dataset_digest": "other"}), FAMILIES)
    page.table.selectAll()
    assert "measured on different clips" in words(page)
    assert "better\n" not in words(page)


def test_a_version_without_metrics_per_genre_has_a_note(page: ModelsPage) -> None:
    select(page, 2)
    assert "No metrics per genre were saved with this version." in words(page)
    assert page._promote.isEnabled()


def test_the_options_become_the_job_s_parameters(page: ModelsPage) -> None:
    page.options.families["xgboost"].setChecked(False)
    page.options.trials.setValue(3)
    assert page.options.params() == {"families": ["lda"], "trials": 3, "promote": True}


def test_mlflow_s_pages_stay_open_beside_the_other_jobs(
    page: ModelsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    page.show_result({"models": [version("2", "champion")], "families": FAMILIES, "web_ui": True})
    page._browser.click()
    assert page.web.card.isVisible()
    assert page._retrain.isEnabled()

    jobs = page._context.jobs
    served = Job(1, WEB, {}, 0.0, message="http://127.0.0.1:5000")
    jobs.jobs.append(served)
    jobs.started.emit(served)
    retrain = Job(2, "retrain", {}, 0.0)
    jobs.started.emit(retrain)
    assert page.web.card.isVisible()
    assert page.job.card.isVisible()
    page._browser.click()
    assert opened == ["http://127.0.0.1:5000"]

    served.ended = JobEnded("cancelled", {})
    jobs.ended.emit(served)
    assert not page.web.card.isVisible()
    assert page.job.card.isVisible()


def answered(button: str) -> list[str]:
    """Press a button of the message box that opens next; its text follows in the list."""
    shown: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, press)
            return
        shown.append(box.informativeText())
        next(each for each in box.buttons() if each.text().replace("&", "") == button).click()

    QTimer.singleShot(0, press)
    return shown


def test_what_changes_the_champion_against_the_comparison_is_confirmed(
    page: ModelsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(page.job, "start", lambda name, params=None: started.append((name, params or {})))
    tags = {"decision": "not promoted", "reason": "Not better by more than chance."}
    found = [version("4", tags=tags), version("2", "champion"), version("1", "fallback")]
    page.show_result({"models": found, "families": FAMILIES, "web_ui": False})
    select(page, 0)
    shown = answered("Cancel")
    page._promote.click()
    assert started == []
    assert "Not better by more than chance." in shown[0]
    assert "Roll back undoes this." in shown[0]
    answered("Promote")
    page._promote.click()
    assert started.pop() == ("promote", {"version": "4"})
    select(page, 2)  # was never rejected
    page._promote.click()
    assert started.pop() == ("promote", {"version": "1"})
    shown = answered("Cancel")
    page._restore.click()
    assert started == []
    assert "Roll back undoes this." in shown[0]
    answered("Restore starter models")
    page._restore.click()
    assert started == [("restore-starters", {})]


def test_the_list_follows_a_roll_back_at_once(page: ModelsPage) -> None:
    """Before the registry, which is absent here, could be listed again."""
    jobs = page._context.jobs
    job = Job(1, "roll-back", {}, 0.0)
    job.ended = JobEnded("succeeded", {"champion": "1", "fallback": "3"})
    jobs.ended.emit(job)
    roles = {page.table.item(row, 0).text(): page.table.item(row, 2).text() for row in range(3)}
    assert roles == {"3": "Fallback", "2": "", "1": "Champion"}
    assert "version 1 in use" in page._summary.text()


def test_a_list_that_was_read_before_a_change_is_read_again(
    page: ModelsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    jobs = page._context.jobs
    monkeypatch.setattr(jobs, "start", lambda name, params=None: started.append(name))
    listing = Job(1, "models", {}, 0.0)
    jobs.jobs.append(listing)
    change = Job(2, "roll-back", {}, 0.0)
    change.ended = JobEnded("succeeded", {"champion": "1", "fallback": "3"})
    jobs.ended.emit(change)
    QApplication.processEvents()
    assert started == []
    listing.ended = JobEnded("succeeded", {"models": [version("2", "champion")], "families": FAMILIES})
    monkeypatch.setattr(registry, "read_list", lambda home: None)  # a registry that only MLflow can read
    jobs.ended.emit(listing)
    assert "version 1 in use" in page._summary.text()
    desk.until(lambda: started == ["models"])


def test_a_list_that_needs_no_mlflow_is_shown_without_a_job(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(JobManager, "start", lambda _self, name, params=None: started.append(name))
    kept: list[bool] = []
    monkeypatch.setattr(JobManager, "keep_spare", lambda _self, on: kept.append(on))
    listed = {"models": [version("2", "champion")], "families": FAMILIES, "web_ui": False}
    monkeypatch.setattr(registry, "read_list", lambda home: listed)
    desk.window.show_page("models")
    page = desk.window.page("models")
    assert isinstance(page, ModelsPage)
    desk.until(lambda: len(page.models) == 1)
    assert not page._loading.isVisible()
    assert started == []
    assert kept == [True]  # ready for a promotion
    desk.window.show_page("analyse")
    assert kept == [True, False]


def test_a_fresh_home_shows_the_starters_while_they_are_registered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(JobManager, "start", lambda _self, name, params=None: started.append(name))
    desk.window.show_page("models")
    page = desk.window.page("models")
    assert isinstance(page, ModelsPage)
    desk.until(lambda: [model.version for model in page.models] == ["2", "1"])
    assert page.models[1].serves == "Champion"
    assert page._loading.isVisible()
    assert started == ["models"]
    assert not page._folder.isEnabled()


def test_a_real_registry_is_listed_and_a_version_promoted(desk: Desk) -> None:
    desk.window.show_page("models")
    page = desk.window.page("models")
    assert isinstance(page, ModelsPage)
    assert page._loading.isVisible()
    desk.bot.waitUntil(lambda: any(model.run_folder for model in page.models), timeout=200_000)
    select(page, next(i for i, model in enumerate(page.models) if "fallback" in model.aliases))
    chosen = page.selected[0].version
    page.promote()
    assert page.job.card.isVisible()
    desk.bot.waitUntil(
        lambda: any(m.version == chosen and "champion" in m.aliases for m in page.models), timeout=200_000
    )
    assert f"Version {chosen} is now the champion" in page.job.notice.accessibleDescription()
