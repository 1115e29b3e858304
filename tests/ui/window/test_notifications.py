"""Alerts and serving changes as bell badge, toast, banner and desktop notification."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.app.jobs.job_text import JobText
from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.champion import SNAPSHOT
from genre_desktop.core.monitoring.serving_state import ModelPromoted
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.alerts import Alert, AlertMessage
from genre_desktop.core.store.database import Database
from genre_desktop.core.types import ModelRef
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.ui.pages.monitor.page import MonitorPage
from genre_desktop.ui.widgets.alert_actions import action_for
from genre_desktop.ui.window.tray_notifier import TrayNotifier
from tests.ui.conftest import Desk
from tests.ui.pages.analyse.test_correction_panel import opened
from tests.ui.store_writer import Writer

BROKEN_JOB = alert_messages.job_died("retrain", "Retraining", "It was killed.")


@pytest.fixture
def writer(desk: Desk) -> Iterator[Writer]:
    db = Database(desk.window.context.home.store)
    yield Writer(db)
    db.close()


def monitor(desk: Desk) -> MonitorPage:
    page = desk.window.page("monitor")
    assert isinstance(page, MonitorPage)
    return page


def test_a_new_alert_shows_in_toast_and_bell(desk: Desk, writer: Writer) -> None:
    notifications, alerts = desk.window.notifications, desk.window.context.monitoring.alerts
    alerts.start()
    assert (notifications.bell.count, notifications.toast.isVisible()) == (0, False)
    writer.alerts.raise_(BROKEN_JOB)
    desk.until(notifications.toast.isVisible)
    assert notifications.toast.message.title == BROKEN_JOB.title
    assert notifications.bell.count == 1
    assert "1 unread" in notifications.bell.accessibleName()


def test_old_alerts_are_counted_without_a_toast(desk: Desk, writer: Writer) -> None:
    writer.alerts.raise_(BROKEN_JOB)
    desk.window.notifications.show("alerts")
    desk.window.context.monitoring.alerts.look()
    assert desk.window.notifications.bell.count == 1
    assert not desk.window.notifications.toast.isVisible()


def test_worker_restarts_show_no_toast(desk: Desk, writer: Writer) -> None:
    alerts = desk.window.context.monitoring.alerts
    alerts.look()
    writer.alerts.raise_(alert_messages.worker_restarted("It hung."))
    alerts.look()
    assert desk.window.notifications.bell.count == 1
    assert not desk.window.notifications.toast.isVisible()


def test_toasts_are_queued_and_closed_by_escape(desk: Desk, writer: Writer) -> None:
    notifications, alerts = desk.window.notifications, desk.window.context.monitoring.alerts
    alerts.look()
    writer.alerts.raise_(BROKEN_JOB)
    writer.alerts.raise_(alert_messages.job_failed("sweep", "Registry clean-up", "It is busy."))
    alerts.look()
    first = notifications.toast.message.title
    desk.bot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert notifications.toast.isVisible()
    assert {first, notifications.toast.message.title} == {
        BROKEN_JOB.title,
        "Registry clean-up did not finish",
    }
    desk.bot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not notifications.toast.isVisible()


def test_a_toast_closes_by_itself(desk: Desk) -> None:
    toast = desk.window.notifications.toast
    desk.window.context.monitoring.model_actions.finished.emit(
        JobText("Retraining finished", "Version 5 is better.")
    )
    assert toast.isVisible()
    toast._timer.setInterval(1)
    desk.until(lambda: not toast.isVisible())


def test_the_toast_stays_inside_the_window(desk: Desk) -> None:
    toast = desk.window.notifications.toast
    desk.window.context.monitoring.model_actions.failed.emit(
        Problem("x", title="Title", reason="Reason " * 20, hint="Hint.")
    )
    toast._slide.setCurrentTime(10_000)
    for size in ((1024, 700), (900, 560)):
        desk.window.resize(*size)
        QApplication.processEvents()
        assert desk.window.rect().contains(toast.geometry())


def test_details_opens_the_alert(desk: Desk, writer: Writer) -> None:
    alerts = desk.window.context.monitoring.alerts
    writer.alerts.raise_(alert_messages.promoted("4", "It is better."))
    alerts.look()
    raised = writer.alerts.raise_(BROKEN_JOB)
    alerts.look()
    details = next(
        button
        for button in desk.window.notifications.toast.findChildren(QPushButton)
        if button.text() == "Details"
    )
    desk.bot.mouseClick(details, Qt.MouseButton.LeftButton)
    current = monitor(desk).alerts.current
    assert current is not None
    assert current.id == raised.id
    assert desk.window.stack.currentWidget() is monitor(desk)


def test_the_bell_opens_the_alerts(desk: Desk, writer: Writer) -> None:
    writer.alarms()
    desk.window.context.monitoring.alerts.look()
    desk.bot.mouseClick(desk.window.notifications.bell, Qt.MouseButton.LeftButton)
    centre = monitor(desk).alerts
    assert centre.isVisible()
    assert centre.current in desk.window.context.monitoring.alerts.unread


def test_every_action_of_an_alert_has_a_button() -> None:
    raised = (
        alert_messages.drift("r", "fallback"),
        alert_messages.champion_fault("c", "r", "fallback"),
        alert_messages.fallback_fault("c", "r"),
        alert_messages.no_model("r"),
        alert_messages.worker_restarted("r"),
        alert_messages.job_failed("drift", "t", "r"),
        alert_messages.job_died("drift", "t", "r"),
        alert_messages.promoted("4", "r"),
        alert_messages.metrics_failed(Problem("metrics-port/made-up", title="t", reason="r", hint="h")),
    )
    assert [notice.code for notice in raised if notice.action and action_for(notice.action) is None] == []


def test_alerts_are_read_snoozed_and_copied(desk: Desk, writer: Writer) -> None:
    writer.alarms()
    alerts = desk.window.context.monitoring.alerts
    desk.window.notifications.show("alerts")
    alerts.look()
    centre = monitor(desk).alerts
    drift = next(alert for alert in centre.model.alerts if alert.notice.code == "drift")
    centre.choose(drift.id)
    desk.bot.mouseClick(centre.card.copy, Qt.MouseButton.LeftButton)
    assert "Code: drift" in QApplication.clipboard().text()
    menu = centre.card.snooze.menu()
    menu.actions()[0].trigger()
    assert [alert.notice.code for alert in alerts.unread] == ["job-failed:sweep"]
    centre.choose(alerts.unread[0].id)
    desk.bot.keyClick(centre.table, Qt.Key.Key_Return)
    assert alerts.unread == []
    assert not centre.all_read.isEnabled()
    assert desk.window.notifications.bell.count == 0


def test_all_are_read_at_once(desk: Desk, writer: Writer) -> None:
    writer.alarms()
    desk.window.notifications.show("alerts")
    desk.window.context.monitoring.alerts.look()
    desk.bot.mouseClick(monitor(desk).alerts.all_read, Qt.MouseButton.LeftButton)
    assert writer.alerts.unread() == []


def test_no_alerts_is_explained(desk: Desk) -> None:
    desk.window.notifications.show("alerts")
    centre = monitor(desk).alerts
    assert centre.current is None
    assert not centre.table.isVisible()


def test_a_change_of_the_model_is_shown_once_in_one_line(desk: Desk, writer: Writer) -> None:
    notifications, alerts = desk.window.notifications, desk.window.context.monitoring.alerts
    alerts.look()
    assert not notifications.banner.isVisible()
    writer.alarms()
    alerts.look()
    assert notifications.banner.isVisible()
    assert "Fallback" in notifications.banner.accessibleName()
    assert notifications.banner.height() < 4 * notifications.banner.fontMetrics().height()
    desk.window.show_page("library")
    desk.window.show_page("analyse")
    assert not notifications.banner.isVisible()
    assert desk.window.status_bar.serving.text() == "Fallback model in use"
    writer.serving.report(ModelPromoted())
    alerts.look()
    assert not notifications.banner.isVisible()
    assert not desk.window.status_bar.serving.isVisible()


def test_a_new_champion_is_offered_to_answer_again(desk: Desk) -> None:
    other = ModelRef("genre", "2", "champion", "lda")
    kept, *rest = opened(desk, "a.mp3", "b.mp3", "c.mp3")
    desk.page.table.show_row(kept)
    desk.page.correct("jazz")
    context, notice = desk.window.context, desk.window.notice
    context.home.registry.mkdir(parents=True, exist_ok=True)
    (context.home.registry / SNAPSHOT).write_text('{"aliases": {"champion": "2"}}')
    context.jobs.ended.emit(Job(1, "retrain", {}, 0.0, ended=JobEnded("succeeded", result={})))
    desk.until(notice.isVisible)
    assert "2 answers in the list are from another model" in notice.accessibleName()
    (again,) = (button for button in notice.findChildren(QPushButton) if button.text() == "Answer again")
    again.click()
    requests = desk.workers.asked()
    assert {request.payload.path: request.payload.previous for request in requests} == {
        str(row.path): row.prediction_id for row in rest
    }
    desk.workers.answer_all("blues", model=other)
    desk.until(lambda: {row.genre for row in rest} == {"blues"})
    assert kept.label == "jazz"
    context.actions["edit.answer_again"].trigger()
    assert desk.workers.asked() == []
    assert "No answer" in notice.accessibleName()


def test_a_change_that_was_seen_is_not_shown_at_the_next_start(desk: Desk, writer: Writer) -> None:
    notifications, alerts = desk.window.notifications, desk.window.context.monitoring.alerts
    writer.alarms()
    alerts.look()
    notifications.banner._dismiss()
    notifications._serving_changed(alerts.serving)  # as the first poll of the next start does
    assert not notifications.banner.isVisible()


def test_a_long_message_shows_the_rest_on_request(desk: Desk) -> None:
    desk.window.resize(900, 600)
    notice = desk.window.notice
    desk.window.show_message("It is a long text. " * 30, "Title")
    (more,) = [b for b in notice.findChildren(QPushButton) if b.text() == "More"]
    desk.until(more.isVisible)
    low = notice.height()
    desk.bot.mouseClick(more, Qt.MouseButton.LeftButton)
    desk.until(lambda: notice.height() > low + 30)
    assert more.text() == "Less"
    desk.window.show_message("Short.", "Title")
    desk.until(lambda: notice.height() == low)
    assert not more.isVisible()


def test_a_message_stays_on_its_page(desk: Desk) -> None:
    notice = desk.window.notice
    desk.window.show_message("It was saved.", "Saved")
    desk.window.show_page("library")
    assert not notice.isVisible()
    desk.window.show_page("analyse")
    assert notice.isVisible()
    notice._dismiss()
    desk.window.show_page("library")
    desk.window.show_page("analyse")
    assert not notice.isVisible()


def test_a_dismissed_banner_is_shown_again_after_a_change(desk: Desk, writer: Writer) -> None:
    notifications, alerts = desk.window.notifications, desk.window.context.monitoring.alerts
    writer.alarms()
    alerts.look()
    notifications.banner._dismiss()
    notifications.show("overview")
    desk.window.show_page("analyse")
    assert not notifications.banner.isVisible()
    writer.break_everything()
    alerts.look()
    assert notifications.banner.isVisible()
    assert notifications.banner.accessibleName() == "No model works"


class Tray(QWidget):
    """A fake of the system tray icon, since test machines have no tray."""

    messageClicked = Signal()  # noqa: N815  # as Qt calls it
    activated = Signal(object)

    def __init__(self, *_: object) -> None:
        super().__init__()
        self.shown: list[str] = []

    def showMessage(self, title: str, text: str, *_: object) -> None:
        self.shown.append(title)
        self.text = text


def an_alert() -> Alert:
    return Alert(1, 0.0, BROKEN_JOB)


@pytest.mark.parametrize(
    ("wanted", "available", "shown"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_the_tray_shows_alerts_only_if_enabled(
    qtbot: QtBot, settings: Settings, wanted: bool, available: bool, shown: bool
) -> None:
    settings["notify.desktop"] = wanted
    window, tray, clicks = QWidget(), Tray(), []
    qtbot.addWidget(window)
    qtbot.addWidget(tray)
    notifier = TrayNotifier(settings, window, lambda: clicks.append(1), lambda *_: tray, lambda: available)  # type: ignore[arg-type, return-value]
    assert notifier.notify(an_alert()) is shown
    assert tray.shown == ([BROKEN_JOB.title] if shown else [])
    tray.messageClicked.emit()
    assert clicks == ([1] if shown else [])
    notifier.close()


def test_a_desktop_that_parses_html_finds_none(qtbot: QtBot, settings: Settings) -> None:
    settings["notify.desktop"] = True
    window, tray = QWidget(), Tray()
    qtbot.addWidget(window)
    qtbot.addWidget(tray)
    notifier = TrayNotifier(settings, window, lambda: None, lambda *_: tray, lambda: True)  # type: ignore[arg-type, return-value]
    text = message("{name} is gone", name="<img src=http://x>\x1b[31m\u202e.mp3")
    assert notifier.notify(Alert(1, 0.0, AlertMessage("x", "error", text, text)))
    assert tray.shown == [tray.text] == ["‹img src=http://x›\\x1b[31m\\u202e.mp3 is gone"]
    notifier.close()


def test_an_active_window_shows_no_tray_message(
    qtbot: QtBot, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings["notify.desktop"] = True
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    notifier = TrayNotifier(settings, window, lambda: None, lambda *_: pytest.fail("shown"), lambda: True)
    assert not notifier.notify(an_alert())


def test_qt_has_the_used_members() -> None:
    assert {"showMessage", "messageClicked", "activated"} <= set(dir(QSystemTrayIcon))
