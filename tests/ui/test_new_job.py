"""A job added to the catalogue appears in the window, schedule, alerts, command line and history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget

from genre_desktop.app.monitoring.alerts_model import AlertsModel
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.jobs.catalogue import DAY, JOBS, JobSpec, ScheduleSpec
from genre_desktop.jobs.runner import alerts
from genre_desktop.jobs.schedule.scheduler import JobScheduler
from genre_desktop.ui.dialogs import quit as quit_dialog
from genre_desktop.ui.pages.monitor.page import MonitorPage
from genre_desktop.ui.widgets import alert_actions
from genre_desktop.ui.window.job_strip import JobStrip
from tests.fixtures.cli import Run
from tests.jobs.sample_jobs import verify
from tests.ui.conftest import Desk

JOB_MS = 60_000

VERIFY = JobSpec(
    "verify",
    verify,
    "Library check",
    running="Looking for lost clips",
    done="The library was checked",
    noun="a check of the library",
    schedule=ScheduleSpec("Looks whether every clip is still there.", "jobs.sweep_every_days", DAY),
    button="Check the library now",
)


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(JOBS, "verify", VERIFY)


@pytest.fixture
def db(desk: Desk) -> Iterator[Database]:
    database = Database(desk.window.context.home.store)
    yield database
    database.close()


def let_it_end(desk: Desk, *, broken: bool = False) -> None:
    root = desk.window.context.home.root
    if broken:
        (root / "broken").touch()
    (root / "enough").touch()


def test_the_window_shows_it_while_it_runs_and_when_it_is_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, care = desk.window, desk.window.context.monitoring.care
    drawer = window.drawer
    drawer.toggle()
    care.run("verify")
    (strip,) = window.findChildren(JobStrip)
    desk.bot.waitUntil(lambda: "50 %" in strip.text.text(), timeout=JOB_MS)
    assert strip.text.text().startswith("Looking for lost clips")
    (card,) = drawer.cards.values()
    assert card.accessibleName() == "Looking for lost clips: Running"
    assert card.text.text() == "Looking"
    asked: list[str] = []

    def keep_working(parent: QWidget, left: int, jobs: list[str]) -> QMessageBox.StandardButton:
        asked.append(quit_dialog.still_running(left, jobs))
        return QMessageBox.StandardButton.No

    with monkeypatch.context() as patch:
        patch.setattr(quit_dialog, "ask_to_quit", keep_working)
        window.close()
    assert asked == ["A check of the library is still running."]
    with desk.bot.waitSignal(care.finished, timeout=JOB_MS):
        let_it_end(desk)
    assert window.notifications.toast.message.title == "The library was checked"
    assert card.accessibleName() == "Looking for lost clips: Done"


def test_the_schedule_shows_and_starts_it(desk: Desk, db: Database) -> None:
    context = desk.window.context
    let_it_end(desk)
    clock = JobScheduler(context.home, context.jobs.start, is_on_battery=lambda: False)
    clock.open()
    clock.due(["verify"])
    desk.bot.waitUntil(lambda: bool(context.jobs.jobs) and not context.jobs.running(), timeout=JOB_MS)
    clock.tick()
    row = next(row for row in clock.rows() if row.name == "verify")
    clock.close()
    assert (row.title, row.trigger) == ("Library check", "every day")
    assert row.next_run is not None
    assert row.last is not None
    assert (row.last.status, row.last.result) == ("succeeded", {"checked": 3})
    desk.window.notifications.show("schedule")
    page = desk.window.page("monitor")
    assert isinstance(page, MonitorPage)
    card = page.schedule.cards["verify"]
    desk.until(lambda: card.trigger.text() == "Runs every day")
    assert card.status.text().startswith("Done")


def test_a_failure_is_an_alert_with_its_title_and_button(desk: Desk, db: Database) -> None:
    context = desk.window.context
    let_it_end(desk, broken=True)
    with desk.bot.waitSignal(context.monitoring.care.failed, timeout=JOB_MS):
        context.monitoring.care.run("verify")
    alerts.raise_job_alerts(context.home, db)
    (alert,) = AlertService(db).standing("job-failed:verify")
    assert alert.notice.title == "Library check did not finish"
    assert "Two clips are gone" in alert.notice.happened
    context.monitoring.alerts.look()
    model = AlertsModel(lambda _level: None)
    model.show(context.monitoring.alerts.unread)
    assert model.index(0, 0).data() == "Library check did not finish"
    action = alert_actions.action_for("verify")
    assert action is not None
    assert (action.text, action.job) == ("Check the library now", "verify")


def test_the_history_has_it(desk: Desk, db: Database) -> None:
    runs = JobRuns(db)
    runs.finish(runs.start("verify"), "succeeded", "", {"checked": 3})
    drawer = desk.window.drawer
    drawer.toggle()
    desk.until(lambda: bool(drawer.cards))
    assert [work.title for work in drawer.cards] == ["Looking for lost clips"]


def test_the_command_line_lists_and_runs_it(run: Run, desk: Desk) -> None:
    let_it_end(desk)
    done = run("jobs", "run", "verify", "--json")
    assert (done.code, done.json["status"], done.json["result"]) == (0, "succeeded", {"checked": 3})
    row = next(row for row in run("jobs", "--json").json if row["name"] == "verify")
    assert (row["title"], row["trigger"], row["last_status"]) == ("Library check", "every day", "succeeded")
    assert "verify" in run("jobs").out
