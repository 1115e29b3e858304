"""Comparing two versions and evaluating a folder from the Models page, with real jobs and registry."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.paths import shipped
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.jobs.tasks import registry
from genre_desktop.ui.dialogs.evaluation import EvaluationDialog
from genre_desktop.ui.pages.models.page import ModelsPage
from tests.ui.conftest import Desk
from tests.ui.pages.models.test_page import FAMILIES, select, version, words

JOB_MS = 200_000
DEMO = shipped("resources", "demo.flac")

COMPARISON: dict[str, Any] = {
    "n": 300, "verdict": "new", "versions": ["2", "10"], "clips": "library", "folder": "", "skipped": [],
    "biased": ["2"], "sentence": "Version 10 is better.",
    "old": {"gmean": 0.6, "accuracy": 0.7}, "new": {"gmean": 0.65, "accuracy": 0.74},
    "differences": {
        "gmean": {"value": 0.05, "low": 0.01, "high": 0.09},
        "accuracy": {"value": 0.04, "low": -0.005, "high": 0.08},
    },
}  # fmt: skip


EVALUATION: dict[str, Any] = {
    "n": 40, "folder": "/music/labelled", "model": {"version": "3"},
    "intervals": {
        name: {"value": 0.7, "low": 0.6, "high": 0.8} for name in ("accuracy", "gmean", "top3")
    },
    "per_genre": {
        "jazz": {"n": 20, "recall": 0.8, "precision": 0.7}, "rock": {"n": 20, "recall": 0.6, "precision": 0.7},
        "pop": {"n": 0, "recall": 0.0, "precision": 0.0},
    },
    "confusion": {"jazz": {"jazz": 16, "rock": 4}, "rock": {"rock": 12, "jazz": 6, "pop": 2}},
    "skipped": [{"path": "/music/labelled/a.mp3", "reason": "It is silent."}],
}  # fmt: skip
"""The result of an ``evaluate`` job."""


def opened(desk: Desk) -> ModelsPage:
    desk.window.show_page("models")
    page = desk.window.page("models")
    assert isinstance(page, ModelsPage)
    return page


def dialogs(desk: Desk) -> list[EvaluationDialog]:
    return [found for found in desk.window.findChildren(EvaluationDialog) if found.isVisible()]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The jobs that would have been started."""
    from genre_desktop.app.jobs.manager import JobManager

    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(registry, "read_list", lambda home: None)
    monkeypatch.setattr(
        JobManager,
        "start",
        lambda _self, name, params=None: (
            found.append((name, dict(params or {}))) if name != "models" else None
        ),
    )
    return found


@pytest.fixture
def page(desk: Desk, started: list[Any]) -> ModelsPage:
    page = opened(desk)
    started.clear()
    other = version("10", tags={"dataset_digest": "other"})
    page.show_result({"models": [other, version("2", "champion")], "families": FAMILIES, "web_ui": False})
    return page


def test_two_versions_are_compared_older_first_by_button_and_key(
    page: ModelsPage, desk: Desk, started: list[tuple[str, dict[str, Any]]]
) -> None:
    action = desk.window.context.actions["models.compare"]
    assert not page._compare.isVisible()
    assert not action.isEnabled()
    page.table.selectAll()
    assert "measured on different clips" in words(page)
    assert action.isEnabled()
    page._compare.click()
    assert started == [("compare", {"versions": ["2", "10"]})]
    assert not page._compare.isEnabled()  # one at a time
    assert not action.isEnabled()
    assert page.evaluations.job.card.isVisible()

    job = Job(1, "compare", {}, 0.0)
    job.ended = JobEnded("succeeded", COMPARISON)
    desk.window.context.jobs.ended.emit(job)
    shown = words(page)
    assert shown.startswith("Version 10 is better.")
    assert "+0.050 (confidence interval of 95 %: +0.010 to +0.090)" in shown
    assert "+4.0 percentage points (confidence interval of 95 %: −0.5 to +8.0)" in shown
    assert "Measured on 300 clips of your library." in shown
    assert "Version 2 has none" in shown
    assert page.evaluations.job.notice.accessibleDescription() == "Version 10 is better."
    select(page, 0)
    assert "Version 10 is better." not in words(page)
    page.table.selectAll()
    action.trigger()
    assert started[1:] == [("compare", {"versions": ["2", "10"]})]


def test_a_folder_is_asked_for(
    page: ModelsPage, desk: Desk, started: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["", "/labelled", "/labelled", "/labelled"]
    starts: list[str] = []
    monkeypatch.setattr(
        QFileDialog,
        "getExistingDirectory",
        lambda _parent, _title, start: starts.append(start) or answers.pop(0),
    )
    action = desk.window.context.actions["models.evaluate"]
    action.trigger()
    assert started == []
    select(page, 0)
    action.trigger()
    page.evaluations.job.show_message("", "", "accent")
    page.table.clearSelection()
    page._evaluate.click()
    page.evaluations.job.show_message("", "", "accent")
    page.table.selectAll()
    page._compare_folder.click()
    assert started == [
        ("evaluate", {"folder": "/labelled", "model": "10", "mode": "song"}),
        ("evaluate", {"folder": "/labelled", "model": "champion", "mode": "song"}),
        ("compare", {"versions": ["2", "10"], "folder": "/labelled", "mode": "song"}),
    ]
    assert starts[2] == "/labelled"  # the last one


def test_metrics_of_a_decision_are_behind_details(page: ModelsPage) -> None:
    reason = {
        "text": "No significant improvement: {scores}.",
        "params": {"scores": {"text": "G-Mean 0.5 on {n} clips", "params": {"n": 640}, "plural": ""}},
        "plural": "",
    }
    tags = {"decision": "not promoted", "reason.message": json.dumps(reason)}
    found = [version("3", tags=tags), version("2", "champion")]
    page.show_result({"models": found, "families": FAMILIES, "web_ui": False})
    select(page, 0)
    assert "Not promoted: It is not clearly better than the champion on the same 640 clips" in words(page)
    assert "G-Mean 0.5 on" not in words(page)
    buttons = page.details.findChildren(QPushButton)
    (toggle,) = (each for each in buttons if each.text() == "Details" and not each.isHidden())
    labels = page.details.findChildren(QLabel)
    details = [each for each in labels if each.text() == "G-Mean 0.5 on 640 clips."][-1]
    toggle.click()
    assert details.isVisible()
    assert toggle.text() == "Hide details"
    toggle.click()
    assert not details.isVisible()


def test_a_real_folder_is_evaluated_shown_and_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tmp_path / "labelled"
    for name in ("jazz/a.flac", "rock/b.flac", "c.flac"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DEMO, top / name)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(top))
    page = opened(desk)
    desk.bot.waitUntil(lambda: any(model.run_folder for model in page.models), timeout=JOB_MS)
    page._evaluate.click()
    desk.bot.waitUntil(lambda: bool(dialogs(desk)), timeout=JOB_MS)
    (dialog,) = dialogs(desk)
    texts = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Evaluation of version 1" in texts
    assert f"2 clips of {top}" in texts
    assert dialog.table.rowCount() == 2
    assert [dialog.table.item(row, 0).text() for row in range(2)] == ["Jazz", "Rock"]
    assert dialog.skipped.text() == "Show 1 skipped file…"

    for kind in ("csv", "json"):
        target = tmp_path / f"result.{kind}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, target=target: (str(target), ""))
        dialog.notice.hide()
        dialog.save.click()
        desk.until(dialog.notice.isVisible)
        assert dialog.notice.accessibleName() == "The evaluation was saved"
    saved = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert (saved["n"], saved["model"]["version"]) == (2, "1")
    with (tmp_path / "result.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["genre"]: row["clips"] for row in rows}["jazz"] == "1"

    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "result.csv" / "x.csv"), "")
    )
    dialog.notice.hide()
    dialog.save.click()
    desk.until(dialog.notice.isVisible)
    assert dialog.notice.property("tone") == "danger"
    dialog.close()
    QApplication.processEvents()
    assert page.evaluations.job.notice.isVisible()  # it shows the result again
    assert "1 skipped" in page.evaluations.job.notice.accessibleDescription()


def test_real_starter_models_are_compared_on_the_reference(desk: Desk) -> None:
    page = opened(desk)
    desk.bot.waitUntil(lambda: any(model.run_folder for model in page.models), timeout=JOB_MS)
    page.table.selectAll()
    page._compare.click()
    desk.bot.waitUntil(lambda: page.evaluations.comparison(("1", "2")) is not None, timeout=JOB_MS)
    shown = words(page)
    assert re.search(r"version [12] on these \d+ clips: G-Mean", shown)
    assert "clips that are included with the program. Other music" in shown
    assert "Version 1 has none" not in shown
    (activity,) = [one for one in desk.window.activity_log.entries if one.title == "Comparing two models"]
    assert activity.text == page.evaluations.job.notice.accessibleDescription()
