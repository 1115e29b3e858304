"""The Help menu and the microphone check, with real files and clicks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

import genre_desktop
from genre_desktop.audio.capture import capture
from genre_desktop.core import licences
from genre_desktop.core.paths import Home
from genre_desktop.ui.dialogs.about import About, Licences
from genre_desktop.ui.dialogs.log_window import LogWindow
from genre_desktop.ui.dialogs.microphone_check import MicrophoneCheckDialog
from genre_desktop.ui.dialogs.text import TextDialog
from tests.fakes.sound_devices import BUILT_IN, FakeComputer
from tests.fixtures.qt import GONE
from tests.ui.conftest import Desk

LINES = """2026-01-01 10:00:00,123 INFO some.module: it began
2026-01-01 10:00:01,123 WARNING some.module: it looks odd
2026-01-01 10:00:02,123 ERROR other.module: it broke
ValueError: a bug
"""


def press(desk: Desk, parent: QWidget, text: str) -> None:
    def found() -> list[QPushButton]:
        return [it for it in parent.findChildren(QPushButton) if it.text() == text and it.isVisible()]

    desk.until(lambda: bool(found()))
    desk.bot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def texts(parent: QWidget) -> str:
    return "\n".join(it.text() for it in parent.findChildren(QLabel) if it.isVisible())


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


@pytest.fixture
def log(desk: Desk, home: Home) -> LogWindow:
    (home.logs / "genre-desktop.log").write_text(LINES, "utf-8")
    (home.logs / "worker.log").write_text("Fatal Python error\n", "utf-8")
    desk.window.context.actions["help.log"].trigger()
    dialog: LogWindow = desk.window.findChild(LogWindow)
    desk.bot.waitExposed(dialog)
    return dialog


def test_the_log_shows_the_end_and_follows(desk: Desk, home: Home, log: LogWindow) -> None:
    assert len(log.shown) == 3
    assert "ValueError: a bug" in log.text.toPlainText()
    with (home.logs / "genre-desktop.log").open("a", encoding="utf-8") as file:
        file.write("2026-01-01 10:00:03,123 INFO some.module: it went on\n")
    desk.until(lambda: "it went on" in log.text.toPlainText())
    bar = log.text.verticalScrollBar()
    assert bar.value() == bar.maximum()
    log.close()


def test_level_and_search_filter_and_copy_uses_shown_records(desk: Desk, log: LogWindow) -> None:
    log.level.setCurrentIndex(1)
    assert [record.level for record in log.shown] == ["WARNING", "ERROR"]
    desk.bot.keyClicks(log.search, "BUG")
    assert [record.text.splitlines()[0] for record in log.shown] == ["it broke"]
    assert "1 entry of 3" in texts(log)
    press(desk, log, "Copy")
    assert clipboard() == log.text.toPlainText()
    assert "it looks odd" not in clipboard()
    log.close()


def test_another_log_can_be_chosen_and_a_deleted_one_is_reported(
    desk: Desk, home: Home, log: LogWindow
) -> None:
    assert [log.files.itemText(i) for i in range(log.files.count())] == ["Window", "Workers"]
    log.files.setCurrentIndex(1)
    log.files.activated.emit(1)
    assert log.text.toPlainText().strip().endswith("Fatal Python error")
    (home.logs / "worker.log").unlink()
    desk.until(lambda: "no longer exists" in texts(log))
    log.close()


def test_a_rotated_log_is_shown_from_its_start(desk: Desk, home: Home, log: LogWindow) -> None:
    (home.logs / "genre-desktop.log").write_text("2026-01-02 10:00:00,1 INFO x: fresh\n", "utf-8")
    desk.until(lambda: [record.text for record in log.shown] == ["fresh"])
    log.close()


def test_the_folder_opens(desk: Desk, home: Home, log: LogWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    press(desk, log, "Open folder")
    assert [Path(name) for name in opened] == [home.logs]
    log.close()


def test_an_empty_log_is_explained(desk: Desk) -> None:
    desk.window.help_actions.show_log()
    dialog: LogWindow = desk.window.findChild(LogWindow)
    assert "This log is empty" in texts(dialog)
    dialog.close()


def test_diagnostics_are_copied_and_can_be_shown(desk: Desk) -> None:
    desk.window.show_problem(GONE)
    desk.window.context.actions["help.diagnostics"].trigger()
    desk.until(lambda: "Diagnostics were copied" in texts(desk.window.notice))
    assert f"genre-desktop: {genre_desktop.__version__}" in clipboard()
    assert GONE.code in clipboard()
    assert "theme: " in clipboard()
    press(desk, desk.window.notice, "Show copied text")
    dialog: TextDialog = desk.window.findChild(TextDialog)
    assert dialog.text.toPlainText() == clipboard()
    dialog.close()


def test_about_names_the_version_and_the_parts(desk: Desk) -> None:
    desk.window.help_actions.show_about()
    dialog: About = desk.window.findChild(About)
    words = texts(dialog)
    for part in (
        "Genre Desktop",
        f"Version {genre_desktop.__version__}",
        "librosa",
        "MIT",
        "Qt",
        "Process that reads files: ",
    ):
        assert part in words
    press(desk, dialog, "Copy versions")
    assert "numpy " in clipboard()
    dialog.close()


def test_the_licences_are_read_in_the_background(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(["Two parts", licences.RULE, "one 1.0", "MIT", licences.RULE, "two 2.0", "BSD"])
    monkeypatch.setattr(licences, "text", lambda: text)
    desk.window.help_actions.show_about()
    about: About = desk.window.findChild(About)
    press(desk, about, "Licences…")
    dialog: Licences = about.findChild(Licences)
    desk.until(lambda: dialog.parts.count() == 3)
    assert dialog.text.toPlainText() == "Two parts"
    dialog.parts.setCurrentRow(2)
    assert dialog.text.toPlainText() == "two 2.0\nBSD"
    press(desk, dialog, "Copy")
    assert clipboard() == "two 2.0\nBSD"
    dialog.close()
    about.close()


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> FakeComputer:
    computer = FakeComputer(BUILT_IN)
    monkeypatch.setattr(capture, "SoundDeviceBackend", lambda: computer)
    return computer


def sound(level: float) -> np.ndarray:
    t = np.arange(4 * BUILT_IN.sample_rate) / BUILT_IN.sample_rate
    return np.repeat((level * np.sin(2 * np.pi * 440 * t))[:, None], BUILT_IN.channels, axis=1)


def test_the_first_card_checks_the_microphone(desk: Desk, computer: FakeComputer) -> None:
    press(desk, desk.page, "Check the microphone…")
    dialog: MicrophoneCheckDialog = desk.window.findChild(MicrophoneCheckDialog)
    desk.until(lambda: dialog.check.capture.state.status == "listening")
    assert not dialog.again.isEnabled()
    computer.hear(sound(0.3))
    desk.until(lambda: "The microphone works" in texts(dialog))
    dialog.close()
    assert dialog.check.capture.state.status == "stopped"


def test_a_silent_microphone_is_explained(desk: Desk, computer: FakeComputer) -> None:
    desk.window.help_actions.check_microphone()
    dialog: MicrophoneCheckDialog = desk.window.findChild(MicrophoneCheckDialog)
    desk.until(lambda: dialog.check.capture.state.status == "listening")
    computer.hear(sound(0.0))
    desk.until(lambda: "No signal" in texts(dialog))
    assert "sound settings" in dialog.accessibleDescription() or "Settings" in dialog.accessibleDescription()
    assert dialog.again.isEnabled()
    dialog.close()


def test_a_missing_microphone_is_explained(desk: Desk, computer: FakeComputer) -> None:
    computer.plugged.clear()
    desk.window.help_actions.check_microphone()
    dialog: MicrophoneCheckDialog = desk.window.findChild(MicrophoneCheckDialog)
    desk.until(lambda: "No microphone found" in texts(dialog))
    assert "Connect a microphone" in texts(dialog)
    dialog.close()


def test_every_problem_can_be_copied(desk: Desk) -> None:
    desk.window.show_problem(GONE)
    press(desk, desk.window.notice, "Copy details")
    for part in (GONE.title, GONE.reason, GONE.hint, GONE.code):
        assert part in clipboard()
