"""The jobs drawer: running jobs, time left, outcomes and texts to copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from genre_desktop.app.jobs.activity_log import Activity
from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import message
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.jobs.throughput import RemainingTime
from genre_desktop.ui.dialogs.text import TextDialog
from genre_desktop.ui.pages.models.page import ModelsPage
from genre_desktop.ui.window.job_drawer import JobDrawer
from genre_desktop.ui.window.job_strip import JobStrip
from tests.ui.conftest import Desk

PROBLEM = Problem(
    "disk-full/made-up", title="The disk is full", reason="Nothing fits on it.", hint="Free some space."
)


def buttons(widget: QWidget) -> dict[str, QAbstractButton]:
    QApplication.processEvents()  # layouts show new widgets with a later event
    return {found.text(): found for found in widget.findChildren(QAbstractButton) if found.isVisible()}


def opened(desk: Desk) -> JobDrawer:
    desk.bot.keyClick(desk.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    drawer = desk.window.drawer
    assert drawer.isVisible()
    return drawer


def entry(desk: Desk, title: str) -> Activity:
    (found,) = [activity for activity in desk.window.activity_log.entries if activity.title == title]
    return found


def begin(desk: Desk, name: str) -> Job:
    """Start a job in the manager without its process."""
    jobs = desk.window.context.jobs
    job = Job(7, name, {}, 0.0)
    jobs.jobs.append(job)
    jobs.started.emit(job)
    return job


class Hour(RemainingTime):
    """An estimate an hour after the start of the job."""

    def __init__(self) -> None:
        self.now = 0.0
        super().__init__(lambda: self.now)
        self.now = 3600.0


def end(desk: Desk, job: Job, ended: JobEnded) -> None:
    job.ended, job.seconds = ended, 200.0
    desk.window.context.jobs.ended.emit(job)


def test_it_opens_and_closes_with_keys_and_restores_the_focus(desk: Desk) -> None:
    desk.open("a.mp3")
    desk.until(lambda: desk.window.activity_log.entries == [])
    desk.page.filters.search.setFocus()
    drawer = opened(desk)
    assert drawer._empty_text.isVisible()
    assert QApplication.focusWidget() is drawer.closer
    assert drawer.geometry().right() == desk.window.centralWidget().rect().right()
    desk.window.resize(900, 600)
    assert drawer.geometry().right() == desk.window.centralWidget().rect().right()
    desk.bot.keyClick(drawer.closer, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert QApplication.focusWidget() is desk.page.filters.search
    opened(desk)
    desk.bot.keyClick(desk.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert not drawer.isVisible()


def test_a_job_shows_progress_time_left_and_its_outcome(desk: Desk) -> None:
    drawer = opened(desk)
    job = begin(desk, "retrain")
    card = drawer.cards[entry(desk, "Retraining")]
    assert (card.text.text(), card.bar.maximum()) == ("Starting…", 0)
    job._remaining = Hour()
    job.report(0.25, message("Trying xgboost"))
    desk.window.context.jobs.changed.emit(job)
    assert (card.text.text(), card.bar.value()) == ("Trying xgboost", 250)
    assert "left" in card.when.text()
    (strip,) = desk.window.findChildren(JobStrip)
    assert "25 %" in strip.text.text()
    assert "left" in strip.text.text()
    end(desk, job, JobEnded("succeeded", {"reason": "It is better."}))
    assert card.text.text() == "It is better."
    assert "took 3 minutes" in card.when.text()
    assert not card.bar.isVisible()
    assert "Cancel" not in buttons(card)


def test_all_views_of_a_job_show_the_same_estimate(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that are drawn later than the others, and in the words of the same function."""
    monkeypatch.setattr(JobManager, "start", lambda *_: None)
    desk.window.show_page("models")
    page = desk.window.page("models")
    assert isinstance(page, ModelsPage)
    drawer = opened(desk)
    job = begin(desk, "retrain")
    job._remaining = Hour()
    for share, left in ((0.25, "about 3 hours left"), (0.75, "about 20 minutes left")):
        job.report(share, message("Trying xgboost"))
        desk.window.context.jobs.changed.emit(job)
        card = drawer.cards[entry(desk, "Retraining")]
        (strip,) = desk.window.findChildren(JobStrip)
        card.refresh()
        assert card.when.text() == left
        assert card.text.text() == "Trying xgboost"  # which has no estimate of its own
        assert strip.text.text() == f"Retraining · {100 * share:.0f} % · {left}"
        assert page.job._message.text() == f"Trying xgboost · {left}"
        assert card.bar.value() == page.job.bar.value() == 1000 * share


def test_status_bar_and_drawer_show_the_same_progress_of_files(desk: Desk, tmp_path: Path) -> None:
    for index in range(6):
        (tmp_path / f"{index}.mp3").touch()
    desk.window.open_paths([tmp_path])
    bar = desk.window.status_bar
    desk.until(lambda: bar.bar.maximum() == 1000)
    drawer = opened(desk)
    card = drawer.cards[entry(desk, "Analysing files")]
    for request in desk.workers.asked()[:3]:
        desk.workers.fail(request)
    desk.until(lambda: bar.bar.value() == 500)
    assert card.bar.value() == 500
    assert card.text.text() == "3 of 6 analysed"
    assert bar.text.text().startswith("3 of 6 analysed")
    progress = BatchProgress(7, 3, 0, searching=True, paused=False, rate=None, left_s=None)
    desk.window.context.session.progressed.emit(progress)
    assert card.text.text() == bar.text.text() == "3 of 7+ analysed"
    assert card.bar.maximum() == bar.bar.maximum() == 0


def test_a_failure_can_be_copied_and_its_log_shown(desk: Desk, tmp_path: Path) -> None:
    drawer = opened(desk)
    job = begin(desk, "import")
    job.log_path = str(tmp_path / "import.log")
    Path(job.log_path).write_text("output of the job", "utf-8")
    end(desk, job, JobEnded("failed", problem=PROBLEM))
    card = drawer.cards[entry(desk, "Importing")]
    assert card.accessibleName() == "Importing: Failed"
    assert "Nothing fits on it." in card.text.text()
    desk.bot.mouseClick(buttons(card)["Copy details"], Qt.MouseButton.LeftButton)
    assert "The disk is full" in QGuiApplication.clipboard().text()
    desk.bot.mouseClick(buttons(card)["Show log"], Qt.MouseButton.LeftButton)
    (dialog,) = desk.window.findChildren(TextDialog)
    assert dialog.text.toPlainText() == "output of the job"
    dialog.close()


def test_cancelling_from_the_drawer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = opened(desk)
    job = begin(desk, "drift")
    cancelled: list[Job] = []
    monkeypatch.setattr(desk.window.context.jobs, "cancel", cancelled.append)
    card = drawer.cards[entry(desk, "Checking for drift")]
    desk.bot.mouseClick(buttons(card)["Cancel"], Qt.MouseButton.LeftButton)
    assert cancelled == [job]
    assert card.text.text() == "Cancelling…"
    end(desk, job, JobEnded("cancelled"))
    assert card.text.text() == "Cancelled"


def test_reading_is_an_entry_with_its_problems(desk: Desk, tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"{n}.mp3").touch()
    desk.window.open_paths([tmp_path])
    desk.until(lambda: len(desk.workers.asked()) == 6)
    drawer = opened(desk)
    card = drawer.cards[entry(desk, "Analysing files")]
    desk.workers.fail(desk.workers.asked()[0], PROBLEM)
    desk.until(lambda: "1 of 6 analysed" in card.text.text())
    desk.workers.answer_all()
    desk.until(lambda: not card.activity.running)
    assert card.text.text() == "6 files analysed · 1 problem"
    assert "0.mp3" in card.activity.details
    desk.bot.mouseClick(buttons(card)["Show problems"], Qt.MouseButton.LeftButton)
    (dialog,) = desk.window.findChildren(TextDialog)
    assert "disk-full" in dialog.text.toPlainText()
    dialog.close()


def test_cancelled_reading_shows_the_number_of_cancelled_files(desk: Desk, tmp_path: Path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.mp3").touch()
    desk.window.open_paths([tmp_path])
    desk.until(lambda: len(desk.workers.asked()) == 5)
    drawer = opened(desk)
    card = drawer.cards[entry(desk, "Analysing files")]
    desk.bot.mouseClick(buttons(card)["Cancel"], Qt.MouseButton.LeftButton)
    desk.until(lambda: card.activity.state == "cancelled")  # once the search has noticed
    assert "5 cancelled" in card.text.text()


def test_a_few_files_have_no_entry(desk: Desk) -> None:
    desk.open("a.mp3", "b.mp3")
    desk.until(lambda: desk.window.activity_log.entries == [])


def test_earlier_jobs_are_listed(desk: Desk) -> None:
    runs = JobRuns(desk.window.context.database)
    runs.finish(runs.start("drift"), "failed", "The disk is full: nothing fits.")
    runs.finish(runs.start("models"), "succeeded")  # only looked something up
    runs.start("retrain")  # runs elsewhere
    drawer = opened(desk)
    desk.until(lambda: bool(drawer.cards))
    assert [activity.title for activity in drawer.cards] == ["Checking for drift"]
    assert "Copy details" in buttons(drawer)


def test_cards_grow_with_the_text(desk: Desk) -> None:
    drawer = opened(desk)
    end(desk, begin(desk, "import"), JobEnded("failed", problem=PROBLEM))
    card = drawer.cards[entry(desk, "Importing")]
    desk.until(lambda: card.height() == card.heightForWidth(card.width()))
    before = card.height()
    desk.window.context.settings["ui.text_scale"] = 200
    desk.window.context.theme.apply()
    desk.until(lambda: before < card.heightForWidth(card.width()) <= card.height())
