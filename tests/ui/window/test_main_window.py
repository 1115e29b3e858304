from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import message
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.library import Library
from genre_desktop.jobs.messages import Ready, WorkerRestarted, WorkersUnavailable
from genre_desktop.ui.actions import actions
from genre_desktop.ui.actions.page_specs import PAGES
from genre_desktop.ui.dialogs import quit as quit_dialog
from genre_desktop.ui.dialogs.shortcuts import Shortcuts
from genre_desktop.ui.external import music_folder
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.window.main_window import MainWindow
from tests.core.store.test_library import clip
from tests.fixtures.qt import GONE
from tests.ui.conftest import Desk, drag, drag_away, drop, mime
from tests.ui.pages.models.test_page import FAMILIES, version

PROBLEM = Problem(
    "no-model/made-up",
    title="No model works",
    reason="Both are broken.",
    hint="Restore the starter models.",
)


def visible_text(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_dragged_files_show_the_target_until_they_leave(desk: Desk, tmp_path: Path) -> None:
    overlay = desk.window.overlay
    assert drag(desk.window, mime(tmp_path / "a.mp3", tmp_path / "b.mp3"))
    assert overlay.isVisible()
    assert overlay.geometry() == desk.window.rect()
    desk.window.resize(900, 600)
    assert overlay.geometry() == desk.window.rect()
    drag_away(desk.window)
    assert not overlay.isVisible()


def test_dropping_hides_the_target_and_opens(desk: Desk, tmp_path: Path) -> None:
    data = mime(tmp_path / "a.mp3", tmp_path / "b.mp3")
    drag(desk.window, data)
    assert drop(desk.window, data)
    assert not desk.window.overlay.isVisible()
    desk.until(lambda: [row.name for row in desk.rows] == ["a.mp3", "b.mp3"])


def test_text_is_not_accepted(desk: Desk) -> None:
    data = mime()
    data.clear()
    data.setText("just words")
    assert not drag(desk.window, data)
    assert not desk.window.overlay.isVisible()


def test_a_web_address_is_rejected_with_a_reason(desk: Desk) -> None:
    assert drop(desk.window, mime("https://example.org/song.mp3"))
    assert "does not access the internet" in visible_text(desk.window.notice)
    assert desk.rows == []


def test_a_drop_whose_files_do_not_arrive_is_no_internet_address(desk: Desk) -> None:
    assert drop(desk.window, mime())
    assert "did not arrive" in desk.window.notice.accessibleName()
    assert not desk.rows


def test_no_child_widget_accepts_drops(desk: Desk) -> None:
    desk.load_plots()
    desk.open("a.mp3")
    for page in PAGES:
        desk.window.show_page(page.id)
    swallowing = [widget for widget in desk.window.findChildren(QWidget) if widget.acceptDrops()]
    assert swallowing == []


def test_opening_files_remembers_the_folder(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(parent: QWidget, title: str, folder: str, filters: str) -> tuple[list[str], str]:
        asked.append(folder)
        assert "*.flac" in filters
        return [str(tmp_path / "a.mp3")], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    for _ in range(2):
        desk.bot.keyClick(desk.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert asked == [music_folder(), str(tmp_path)]
    desk.until(lambda: [row.name for row in desk.rows] == ["a.mp3"])


def test_opening_a_folder(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "album").mkdir()
    (tmp_path / "album" / "SONG.WAV").touch()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    desk.window.file_actions.open_folder()
    desk.until(lambda: [row.name for row in desk.rows] == ["SONG.WAV"])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    desk.window.file_actions.open_folder()  # cancelled
    assert len(desk.rows) == 1


class _ShowRecorder(QObject):
    """Records top-level windows that were shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(type(watched).__name__)
        return False


def test_building_a_page_shows_no_top_level_window(desk: Desk) -> None:
    spy = _ShowRecorder()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(spy)
    for page in PAGES:
        desk.window.show_page(page.id)
        QApplication.processEvents()
    desk.load_plots()
    app.removeEventFilter(spy)
    assert spy.found == []
    assert QApplication.activeWindow() is desk.window


def many(tmp_path: Path, number: int = 50) -> Path:
    for index in range(number):
        (tmp_path / f"{index:03}.mp3").touch()
    return tmp_path


def test_long_work_shows_progress_and_can_be_paused_and_cancelled(desk: Desk, tmp_path: Path) -> None:
    bar = desk.window.status_bar
    assert not bar.bar.isVisible()
    desk.window.open_paths([many(tmp_path)])
    assert bar.cancel.isVisible()  # immediately
    desk.until(lambda: bar.bar.maximum() == 1000)
    for request in desk.workers.asked()[:10]:
        desk.workers.fail(request)
    desk.until(lambda: bar.bar.value() == 200)
    assert "10 of 50 analysed" in bar.text.text()
    desk.bot.mouseClick(bar.pause, Qt.MouseButton.LeftButton)
    assert bar.text.text() == "Paused · 10 of 50 analysed"
    assert bar.pause.accessibleName() == "Resume"
    desk.bot.keyClick(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert bar.pause.accessibleName() == "Pause"
    desk.bot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    assert not bar.bar.isVisible()
    assert bar.text.text() == "10 files analysed · 10 problems"


def test_an_interrupted_folder_can_be_resumed(desk: Desk, tmp_path: Path) -> None:
    folder = many(tmp_path, 3)
    desk.window.context.session.interrupted.emit([folder])
    assert f"The analysis of “{folder.name}” was interrupted" in visible_text(desk.window.notice)
    assert str(folder) in visible_text(desk.window.notice)
    (resume,) = [b for b in desk.window.notice.findChildren(QAbstractButton) if b.text() == "Resume"]
    desk.bot.mouseClick(resume, Qt.MouseButton.LeftButton)
    assert not desk.window.notice.isVisible()
    desk.until(lambda: len(desk.rows) == 3)


def test_ready_workers_are_shown(desk: Desk) -> None:
    assert desk.window.status_bar.service.text() == "Starting…"
    desk.window.context.client.ready.emit(Ready(1, 0.5))
    assert desk.window.status_bar.service.text() == "Analysis ready"


def test_a_failed_worker_start_is_shown(desk: Desk) -> None:
    desk.window.context.client.ready.emit(Ready(1, 0.5, PROBLEM))
    for words in (PROBLEM.title, PROBLEM.reason, PROBLEM.hint):
        assert words in visible_text(desk.window.notice)
    assert desk.window.status_bar.service.text() == PROBLEM.title


def test_worker_failures_are_shown_and_can_be_dismissed(desk: Desk) -> None:
    notice = desk.window.notice
    desk.window.context.client.restarted.emit(WorkerRestarted(message("it was ended by SIGKILL"), 1, True))
    assert "it was ended by SIGKILL" in visible_text(notice)
    desk.window.context.client.unavailable.emit(WorkersUnavailable(GONE))
    assert notice.property("tone") == "danger"
    (close,) = [b for b in notice.findChildren(QAbstractButton) if b.accessibleName() == "Dismiss"]
    desk.bot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


def test_the_window_restores_its_geometry(desk: Desk, qtbot: object) -> None:
    desk.window.resize(800, 560)
    desk.page.table.setColumnHidden(3, True)
    desk.window.close()
    context = desk.window.context
    assert Path(context.memory.fileName()).exists()
    context.memory = QSettings(context.memory.fileName(), QSettings.Format.IniFormat)
    again = MainWindow(context)
    desk.bot.addWidget(again)
    assert (again.width(), again.height()) == (800, 560)
    assert again.analyse.table.isColumnHidden(3)
    context.settings["window.restore"] = False
    fresh = MainWindow(context)
    desk.bot.addWidget(fresh)
    assert not fresh.analyse.table.isColumnHidden(3)


def test_quitting_with_many_unread_files_is_confirmed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(quit_dialog, "ask_to_quit", lambda *_: answers.pop(0))
    desk.window.open_paths([many(tmp_path, 10)])
    desk.until(lambda: len(desk.workers.asked()) == 10)
    desk.bot.keyClick(desk.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.isVisible()
    desk.window.close()
    assert not desk.window.isVisible()
    assert answers == []


def test_quitting_with_finished_work_is_not_confirmed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quit_dialog, "ask_to_quit", lambda *_: pytest.fail("nothing is lost"))
    desk.open("a.mp3")
    desk.window.close()
    assert not desk.window.isVisible()


@pytest.mark.parametrize(
    ("left", "jobs", "words"),
    [
        (1, [], "1 file is still being analysed."),
        (0, ["retrain"], "A retraining is still running."),
        (3, ["retrain"], "3 files are still being analysed. A retraining is still running."),
        (2, ["import", "write-tags", "restore-tags"], "2 files are still being analysed. An import and the writing of tags are still running."),
    ],
)  # fmt: skip
def test_the_text_names_what_is_running(left: int, jobs: list[str], words: str) -> None:
    assert quit_dialog.still_running(left, jobs) == words


def test_quitting_with_a_job_is_confirmed_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, list[str]]] = []

    def ask(parent: QWidget, left: int, jobs: list[str]) -> QMessageBox.StandardButton:
        asked.append((left, jobs))
        desk.window.close()  # again while the message box is open
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(quit_dialog, "ask_to_quit", ask)
    jobs = desk.window.context.jobs
    jobs.jobs += [Job(1, "retrain", {}, 0.0), Job(2, "drift", {}, 0.0)]
    desk.window.close()
    assert asked == [(0, ["retrain"])]
    assert desk.window.isVisible()
    jobs.jobs.clear()
    desk.window.close()
    assert not desk.window.isVisible()


def test_actions_are_disabled_until_their_condition_holds(desk: Desk) -> None:
    def enabled() -> set[str]:
        return {
            action.id
            for action in actions.ACTIONS
            if action.needs and desk.window.findChild(QAction, action.id).isEnabled()
        }

    assert enabled() == set()
    desk.load_plots()
    desk.open("a.mp3")
    desk.until(lambda: desk.page.panel.has_picture)
    assert enabled() == {
        "file.export", "file.playlists", "file.similar", "file.path", "file.tags", "edit.find", "edit.clear", "view.map", "edit.confirm", "edit.copy_details", "edit.again", "edit.answer_again", "edit.remove",
        "edit.copy_path", "edit.show_in_folder", "play.previous", "play.next", "file.picture", "view.zoom_in", "view.zoom_out", "view.zoom_fit", "play.toggle", "play.louder", "play.softer",
    }  # fmt: skip
    desk.page.table.clearSelection()
    assert "edit.remove" not in enabled()


def test_actions_of_the_library_and_the_models_need_a_selection_there(desk: Desk) -> None:
    enabled = {
        name: desk.window.context.actions[name].isEnabled for name in ("library.remove", "models.promote")
    }
    Library(desk.window.context.database).put(clip(1), "1")
    library = desk.window.library_page()
    assert not enabled["library.remove"]()
    library.table.selectRow(0)
    assert enabled["library.remove"]()
    models = desk.window.models_page()
    assert not enabled["library.remove"]()
    found = [version("2", "champion"), version("1", "fallback")]
    models.show_result({"models": found, "families": FAMILIES, "web_ui": False})
    models.table.selectRow(0)
    assert not enabled["models.promote"]()
    models.table.selectRow(1)
    assert enabled["models.promote"]()
    desk.window.context.actions["models.retrain"].trigger()
    assert models.options.isVisible()


def test_every_action_is_in_a_menu_and_shortcuts_are_unique(desk: Desk) -> None:
    in_menus = {
        action.objectName()
        for menu in desk.window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]
    }
    everything = [*actions.ACTIONS, *actions.page_actions()]
    assert {action.id for action in everything} <= in_menus
    keys = [action.shortcut for action in everything if action.shortcut]
    assert len(keys) == len(set(keys))


def test_choosing_a_theme_and_an_axis_from_the_menus(desk: Desk, settings: Settings) -> None:
    view = next(menu for menu in desk.window.menuBar().actions() if menu.text() == "&View").menu()
    choices = {
        action.data(): action
        for submenu in view.actions()  # type: ignore[attr-defined]
        if submenu.menu()
        for action in submenu.menu().actions()
    }
    choices["dark"].trigger()
    choices["linear"].trigger()
    assert desk.window.context.theme.palette.name == "dark"
    assert settings["spectrogram.axis"] == "linear"
    assert desk.page.panel.axes["linear"].isChecked()
    assert choices["dark"].isChecked()


def test_a_page_opened_by_its_shortcut_has_the_focus(desk: Desk) -> None:
    desk.window.activateWindow()
    desk.page.search()
    desk.bot.keyClick(desk.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    library = desk.window.page("library")
    desk.until(lambda: desk.window.focusWidget() is library)  # the next control is not focused


def test_f1_lists_the_shortcuts(desk: Desk) -> None:
    desk.bot.keyClick(desk.window, Qt.Key.Key_F1)
    dialog = desk.window.findChild(Shortcuts)
    assert "Ctrl+O" in visible_text(dialog)
    assert "Open files…" in visible_text(dialog)
    dialog.close()


def test_the_default_is_not_to_quit(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[QMessageBox] = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda box: seen.append(box) or QMessageBox.StandardButton.No.value
    )
    assert quit_dialog.ask_to_quit(parent, 12) == QMessageBox.StandardButton.No
    assert seen[0].text() == "12 files are still being analysed."
    assert seen[0].button(QMessageBox.StandardButton.No).text() == "Keep running"
    assert seen[0].defaultButton() is seen[0].button(QMessageBox.StandardButton.No)
