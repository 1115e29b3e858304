"""Watched folders from the window: chosen, reported and lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from genre_desktop.ui.window.file_actions import WATCHED
from tests.ui.conftest import Desk


def test_choosing_a_folder_watches_it_and_can_analyse_existing_files(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "old.mp3").write_bytes(b"sound")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    desk.window.context.actions["file.watch"].trigger()
    assert desk.window.context.settings[WATCHED] == (str(folder),)
    assert desk.window.file_actions.folder_watcher.folders == (str(folder),)
    assert desk.window.notice.accessibleName() == "Now watching “incoming”"
    (analyse,) = [
        found
        for found in desk.window.notice.findChildren(QAbstractButton)
        if found.text() == "Analyse existing files"
    ]
    desk.bot.mouseClick(analyse, Qt.MouseButton.LeftButton)
    desk.until(lambda: [row.name for row in desk.rows] == ["old.mp3"])
    desk.window.context.settings[WATCHED] = ()
    desk.window.context.changes.changed.emit(WATCHED)  # as the preferences do
    assert desk.window.file_actions.folder_watcher.folders == ()
    desk.window.file_actions.close()


def test_without_watched_folders_nothing_runs(desk: Desk) -> None:
    desk.window.file_actions.start_watching()
    assert desk.window.file_actions.folder_watcher._thread is None


def test_events_of_the_folder_watcher_are_shown(desk: Desk, tmp_path: Path) -> None:
    watcher = desk.window.file_actions.folder_watcher
    watcher.found.emit(3)
    assert desk.window.notifications.toast.message.title == "3 new files in watched folders"
    watcher.vanished.emit(str(tmp_path))
    assert desk.window.notice.accessibleName() == "A watched folder was not found"
    watcher.returned.emit(str(tmp_path))
    assert desk.window.notice.accessibleName() == "A watched folder is available again"
