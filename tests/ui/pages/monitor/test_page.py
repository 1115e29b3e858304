"""The Monitor page over real stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from genre_desktop.core.messages import message
from genre_desktop.core.monitoring.drift_progress import DriftProgress
from genre_desktop.core.monitoring.serving_state import CleanSeen, ModelPromoted
from genre_desktop.core.monitoring.statistics import StatisticsQueries
from genre_desktop.core.store.database import Database
from genre_desktop.jobs.messages import WorkerRestarted
from genre_desktop.ui.actions.actions import UndoCommand
from genre_desktop.ui.pages.monitor.page import MonitorPage
from genre_desktop.ui.pages.monitor.schedule import ScheduleCard, TriggerDialog
from genre_desktop.ui.widgets import alert_actions
from genre_desktop.ui.widgets.factory import enable
from genre_desktop.ui.widgets.log_view import LogView
from tests.fixtures.qt import answer
from tests.ui.conftest import Desk
from tests.ui.store_writer import CHECKS, FEATURES, Writer


@pytest.fixture
def writer(desk: Desk) -> Iterator[Writer]:
    db = Database(desk.window.context.home.store)
    yield Writer(db)
    db.close()


def opened(desk: Desk, section: str = "overview") -> MonitorPage:
    """Open the page and wait for its first statistics."""
    desk.window.notifications.show(section)
    page = desk.window.page("monitor")
    assert isinstance(page, MonitorPage)
    desk.until(lambda: desk.window.context.monitoring.statistics.latest is not None)
    return page


def result(card: ScheduleCard) -> str:
    """Return the shown state and outcome of a job."""
    return f"{card.status.text()} {card.outcome.text()}".strip()


def update_statistics(desk: Desk) -> None:
    loader = desk.window.context.monitoring.statistics
    with desk.bot.waitSignal(loader.came, timeout=20_000):
        loader.gather()


def test_an_empty_store_has_placeholders(desk: Desk) -> None:
    overview = opened(desk).overview
    panels = (overview.drift, overview.features, overview.genres, overview.confidence)
    assert all(panel.empty.isVisible() and panel.empty.text() for panel in panels)
    assert "every hour" in overview.drift.empty.text()
    assert overview.tiles["answers"].value.text() == "0"
    assert "Champion in use" in overview.serving.accessibleName()
    assert not overview.serving.restore.isVisible()


def test_a_week_is_shown(desk: Desk, writer: Writer) -> None:
    writer.week(300)
    desk.load_plots()
    overview = opened(desk).overview
    assert overview.tiles["answers"].value.text() == "294"
    assert overview.tiles["errors"].value.text() == "6"
    assert overview.tiles["corrected"].value.text() == "10 of 30"
    assert overview.tiles["restarts"].value.text() == "1"
    assert overview.tiles["latency"].value.text().endswith("ms")
    assert "Fallback" in overview.serving.accessibleName()
    assert "61%" in overview.serving.accessibleDescription()
    assert overview.plot is not None
    assert f"{CHECKS} checks, 4 with drift" in overview.plot.accessibleDescription()
    assert "fallback" in overview.plot.accessibleDescription()
    assert not overview.features.empty.isVisible()


def test_few_corrections_are_shown_as_numbers(desk: Desk, writer: Writer) -> None:
    for name in ("a", "b"):
        number = writer.predictions.add(answer(f"/music/{name}.mp3", "rock", clip_hash=name), "file")
        writer.corrections.add(number, "jazz")
    tile = opened(desk).overview.tiles["corrected"]
    assert tile.value.text() == "2 of 2"
    assert not any("%" in each.text() for each in tile.findChildren(QLabel))


def test_compressed_files_are_a_quiet_line_and_no_contradiction(desk: Desk, writer: Writer) -> None:
    for _ in range(2):
        writer.serving.report(CleanSeen(message("As mp3.")))
    result = {
        "level": "mild",
        "drift": False,
        "drifted_share": 0.06,
        "threshold": 0.35,
        "compared": 40,
        "new": 40,
    }
    DriftProgress(writer.db).record_result(result)
    serving = opened(desk).overview.serving
    assert serving._note.isVisible()
    assert "compressed or recorded differently" in serving._note.text()
    assert serving._reason.text().startswith("No drift found. 40 new files were compared.")
    assert writer.alerts.history() == []
    DriftProgress(writer.db).record_result(result | {"level": "strong", "drift": True, "drifted_share": 0.61})
    update_statistics(desk)
    assert not serving._note.isVisible()
    assert serving._reason.text().startswith("Possible drift.")
    assert "60 more files are needed" in serving._reason.text()


def test_what_differs_is_shown_as_text_each_property_once(desk: Desk, writer: Writer) -> None:
    writer.checks()
    overview = opened(desk).overview
    desk.until(lambda: overview.histograms[-1].isVisible())
    names = [view.accessibleName() for view in overview.histograms]
    assert names[0] == "Timbre variation, broad shape (MFCC 3 to 6)"
    assert names[1] == "Brightness (spectral centroid and roll-off)"
    assert len(names) == len(set(names)) == len(FEATURES) - 1  # two of them belong to the same property
    shown = [each.text() for each in overview.features.findChildren(QLabel) if each.isVisible()]
    assert set(names) <= set(shown)
    assert not any(feature in text for text in shown for feature in FEATURES)
    title = next(each for each in overview.features.findChildren(QLabel) if each.text() == names[0])
    for text in (
        title.toolTip(),
        overview.histograms[0].toolTip(),
        overview.histograms[0].accessibleDescription(),
    ):
        assert "Feature that differs most: mfcc3_var. Next: mfcc4_var." in text
    assert "differs · distance 0.60" in overview.histograms[0].accessibleDescription()


def test_plots_that_load_late_show_what_is_known(desk: Desk, writer: Writer) -> None:
    writer.checks()
    page = opened(desk)
    assert page.overview.plot is None
    desk.window.context.plots.start()
    desk.until(lambda: page.overview.plot is not None)
    assert page.overview.plot is not None
    assert f"{CHECKS} checks" in page.overview.plot.accessibleDescription()


def test_a_shorter_period_counts_less(desk: Desk, writer: Writer) -> None:
    writer.answers(140)
    page = opened(desk)
    page.period.setCurrentIndex(0)
    desk.until(lambda: page.overview.tiles["answers"].value.text() in ("19", "20"))


def test_with_both_models_broken_the_starters_can_be_restored(
    desk: Desk, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.break_everything()
    started: list[str] = []
    monkeypatch.setattr(desk.window.context.jobs, "start", lambda name, params=None: started.append(name))
    monkeypatch.setattr(alert_actions, "confirm", lambda *_: True)
    page = opened(desk)
    assert page.overview.serving.restore.isVisible()
    desk.bot.mouseClick(page.overview.serving.restore, Qt.MouseButton.LeftButton)
    assert started == ["restore-starters"]
    assert not page.overview.serving.restore.isEnabled()


def test_declining_changes_nothing(desk: Desk, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.break_everything()
    monkeypatch.setattr(desk.window.context.jobs, "start", lambda *_: pytest.fail("started"))
    monkeypatch.setattr(alert_actions, "confirm", lambda *_: False)
    desk.bot.mouseClick(opened(desk).overview.serving.restore, Qt.MouseButton.LeftButton)


def test_a_drift_check_is_a_job_that_ends_in_a_sentence(desk: Desk) -> None:
    page, care = opened(desk), desk.window.context.monitoring.model_actions
    with desk.bot.waitSignal(care.finished, timeout=60_000) as blocker:
        desk.bot.mouseClick(page.overview.serving.check, Qt.MouseButton.LeftButton)
        assert not page.overview.serving.check.isEnabled()
        assert page.overview.serving.check.text() == "Checking for drift…"
    assert "0 of 30" in blocker.args[0].text
    assert "0 of 30" in desk.window.notifications.toast.message.text
    assert page.overview.serving.check.isEnabled()


def test_the_report_of_the_last_check_is_opened(desk: Desk, writer: Writer, tmp_path: Path) -> None:
    from tests.ui.store_writer import check

    report = tmp_path / "drift.html"
    report.write_text("<html></html>")
    writer.drift.add(check(0.5, True, str(report)))
    page, care = opened(desk), desk.window.context.monitoring.model_actions
    care.report_ready.disconnect()
    with desk.bot.waitSignal(care.report_ready) as blocker:
        desk.bot.mouseClick(page.overview.serving.report, Qt.MouseButton.LeftButton)
    assert blocker.args == [report]


def test_the_schedule_shows_how_jobs_ended(desk: Desk, writer: Writer) -> None:
    writer.jobs()
    cards = opened(desk, "schedule").schedule.cards
    assert "Failed 6 hours ago" in result(cards["sweep"])
    assert "registry is busy" in result(cards["sweep"])
    assert "61 % of the features differ" in result(cards["drift"])
    assert "Version 4 beats version 3." in result(cards["retrain"])
    assert "took 12 minutes" in result(cards["retrain"])


def test_a_job_that_never_ran_has_no_log(desk: Desk) -> None:
    card = opened(desk, "schedule").schedule.cards["sweep"]
    assert result(card) == "Has not run yet"
    assert not card.log.isEnabled()


def test_a_job_can_be_run_now(desk: Desk) -> None:
    card = opened(desk, "schedule").schedule.cards["maintenance"]
    with desk.bot.waitSignal(desk.window.context.jobs.ended, timeout=60_000):
        desk.bot.mouseClick(card.run, Qt.MouseButton.LeftButton)
        assert result(card).startswith("Running")
        assert not card.run.isEnabled()
    desk.until(lambda: result(card).startswith("Done"))
    assert card.run.isEnabled()


def test_the_log_of_a_job_is_shown(desk: Desk, writer: Writer) -> None:
    writer.jobs()
    page = opened(desk, "schedule")
    desk.bot.mouseClick(page.schedule.cards["drift"].log, Qt.MouseButton.LeftButton)
    view = page.findChild(LogView)
    assert view is not None
    assert "drift begins" in view.text.toPlainText()
    view.close()


def test_a_trigger_is_edited(desk: Desk) -> None:
    page = opened(desk, "schedule")
    desk.bot.mouseClick(page.schedule.cards["drift"].edit, Qt.MouseButton.LeftButton)
    dialog = page.findChild(TriggerDialog)
    assert dialog is not None
    dialog.fields["drift.every_minutes"].setValue(120)
    dialog.fields["drift.every_predictions"].setValue(0)
    dialog.accept()
    assert desk.window.context.settings["drift.every_minutes"] == 120
    desk.until(lambda: "every 2 hours" in page.schedule.cards["drift"].trigger.text())
    assert "predictions" not in page.schedule.cards["drift"].trigger.text()


def test_cancelled_editing_changes_nothing(desk: Desk) -> None:
    page = opened(desk, "schedule")
    page.edit_trigger("retrain")
    dialog = page.findChild(TriggerDialog)
    assert dialog is not None
    dialog.fields["train.every_days"].setValue(1)
    assert dialog.fields["train.every_days"].text() == "1 day"
    dialog.fields["train.every_days"].setValue(30)
    assert dialog.fields["train.every_days"].text() == "30 days"
    dialog.reject()
    assert desk.window.context.settings["train.every_days"] == 7


def test_everything_is_deleted_after_confirmation(
    desk: Desk, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.week(50)
    page = opened(desk)
    monkeypatch.setattr(alert_actions, "confirm", lambda *_: False)
    page.overview.forget.click()
    assert writer.predictions.count() == 50
    desk.window.context.undo.push(UndoCommand("a correction", lambda: None, lambda: None))
    monkeypatch.setattr(alert_actions, "confirm", lambda *_: True)
    page.overview.forget.click()
    desk.until(lambda: page.overview.tiles["answers"].value.text() == "0")
    assert writer.predictions.count() == 0
    assert page.alerts.model.alerts == []
    assert page.notice.isVisible()
    assert not desk.window.context.undo.canUndo()  # which would restore deleted data


def test_a_restart_of_the_workers_is_counted(desk: Desk, writer: Writer) -> None:
    opened(desk)
    desk.window.context.client.bridge(WorkerRestarted(message("It ran out of memory."), True))
    desk.until(lambda: StatisticsQueries(writer.db).restarts() == 1)
    assert [alert.notice.code for alert in writer.alerts.standing()] == ["worker-restarted"]


def test_the_model_in_use_changes_while_the_page_is_visible(desk: Desk, writer: Writer) -> None:
    writer.break_everything()
    page, alerts = opened(desk), desk.window.context.monitoring.alerts
    alerts.look()
    writer.serving.report(ModelPromoted())
    alerts.look()
    desk.until(lambda: "Champion in use" in page.overview.serving.accessibleName())


def test_both_themes_paint(desk: Desk, writer: Writer) -> None:
    writer.week(40)
    desk.load_plots()
    page = opened(desk)
    shots = set()
    for mode in ("light", "dark"):
        desk.window.context.theme.choose(mode)
        shots.add(page.grab().toImage().pixelColor(4, 4).name())
    assert len(shots) == 2


def test_a_disabled_button_does_not_pass_the_focus_on(desk: Desk) -> None:
    serving = opened(desk).overview.serving
    desk.window.activateWindow()
    serving.check.setFocus()
    enable(serving.check, False)
    assert not serving.check.isEnabled()
    assert desk.window.focusWidget() is serving.check.parentWidget()
