"""Return, Escape and the first focus in every dialog of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QPushButton, QWidget

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.errors import AppError
from genre_desktop.core.store.tag_history import TagBatch
from genre_desktop.core.tag_rules import TaggableSong
from genre_desktop.ui.already_running import AlreadyRunningDialog
from genre_desktop.ui.dialogs.playlists import PlaylistDialog
from genre_desktop.ui.dialogs.quit import question
from genre_desktop.ui.dialogs.song_list import SongListDialog
from genre_desktop.ui.dialogs.tags import RestoreDialog
from genre_desktop.ui.unusable_home import UnusableHomeDialog
from genre_desktop.ui.widgets.alert_actions import confirmation
from tests.fixtures.qt import answer
from tests.ui.conftest import Desk
from tests.ui.test_accessibility import dialogs, opened

KEYS = {
    "About": ("Close", "Close"),
    "ContributionDialog": ("Cancel", "Rows to send"),
    "EvaluationDialog": ("Close", "Close"),
    "Licences": ("Close", "Components"),
    "LogWindow": ("", "Search the log"),
    "LogView": ("Close", "Close"),
    "MicrophoneCheckDialog": ("Close", "Close"),
    "PlaylistDialog": ("Save", "Folder for the playlists"),
    "Preferences": ("", "Search settings"),
    "RestoreDialog": ("Restore", "Earlier writes"),
    "Shortcuts": ("Close", "Close"),
    "SongListDialog": ("Save playlist…", "Number of songs"),
    "TextDialog": ("Close", "Close"),
    "TriggerDialog": ("OK", "Drift check every"),
}
"""For each dialog the button that Return presses, empty for none, and the widget with the focus at first."""


def usable(desk: Desk, folder: Path) -> Iterator[Callable[[], QDialog]]:
    """Yield the constructor of each dialog, with all its buttons enabled."""
    songs = (TaggableSong("/music/a.mp3", "rock", 0.8),)
    found = ResultRow(1, "/music/b.mp3", State.DONE, answer("/music/b.mp3"))

    def song_list(*arguments: Any) -> SongListDialog:
        dialog = SongListDialog(*arguments)
        dialog.show_songs([found], 0)
        return dialog

    instead = {
        PlaylistDialog: partial(
            PlaylistDialog, desk.window, songs, desk.window.context.settings, str(folder)
        ),
        RestoreDialog: partial(RestoreDialog, desk.window, (TagBatch(1, 0.0, 1, "/music/a.mp3"),)),
        SongListDialog: partial(song_list, desk.window, "More like a.mp3", "", 25, str(folder)),
    }
    for make in dialogs(desk):
        yield instead.get(make.func, make)  # type: ignore[attr-defined]  # they are partial functions


def title(widget: QWidget | None) -> str:
    if isinstance(widget, QPushButton):
        return widget.text().replace("&", "")
    return widget.accessibleName() if widget is not None else ""


def watch(dialog: QDialog, pressed: list[str]) -> None:
    for each in dialog.findChildren(QPushButton):
        each.clicked.connect(partial(lambda text, _on=False: pressed.append(text), title(each)))


def test_return_presses_the_highlighted_button(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    found = {}
    for make in usable(desk, tmp_path):
        with opened(make) as dialog:
            pressed: list[str] = []
            watch(dialog, pressed)
            first = title(dialog.focusWidget())
            highlighted = [title(each) for each in dialog.findChildren(QPushButton) if each.isDefault()]
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
            name = type(dialog).__name__
            assert highlighted == pressed, name
            found[name] = ("".join(pressed), first)
    assert found == KEYS


def test_return_presses_the_focused_button_and_escape_closes(desk: Desk, tmp_path: Path) -> None:
    for make in usable(desk, tmp_path):
        name = str(make)
        with opened(make) as dialog:
            other = next(
                (each for each in dialog.findChildren(QPushButton) if title(each).startswith("Copy")), None
            )
            if other is not None:
                pressed: list[str] = []
                watch(dialog, pressed)
                other.setFocus()
                QTest.keyClick(other, Qt.Key.Key_Return)
                assert pressed == [title(other)], name
            emitted: list[object] = []
            if hasattr(dialog, "chosen"):
                dialog.chosen.connect(lambda *values, emitted=emitted: emitted.append(values))
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            assert not dialog.isVisible(), name
            assert emitted == [], name


def test_message_boxes_default_to_what_loses_nothing(desk: Desk) -> None:
    home = desk.window.context.home
    boxes: dict[str, QMessageBox] = {
        "quit": question(desk.window, 20),
        "confirm": confirmation(desk.window, "Restore starter models", "All of them."),
        "running": AlreadyRunningDialog(home, []),
        "home": UnusableHomeDialog(AppError("home-unusable/file", path="/")),
    }
    try:
        keys = {name: (title(box.defaultButton()), title(box.escapeButton())) for name, box in boxes.items()}
        assert keys == {
            "quit": ("Keep running", "Keep running"),
            "confirm": ("Cancel", "Cancel"),
            "running": ("Stop waiting", "Stop waiting"),
            "home": ("Choose another folder…", "Quit"),
        }
    finally:
        for box in boxes.values():
            box.done(0)
            box.deleteLater()
