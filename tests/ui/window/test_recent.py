"""The menu of places that were opened last."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog

from genre_desktop.core.settings import Settings
from genre_desktop.ui.window.recent import MOST, RecentMenu
from tests.ui.conftest import Desk, drop, mime


@pytest.fixture
def opened() -> list[Path]:
    return []


@pytest.fixture
def menu(tmp_path: Path, opened: list[Path], qapp: object) -> RecentMenu:
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    return RecentMenu(memory, opened.append, lambda: True)


def entries(menu: RecentMenu) -> list[str]:
    menu.refresh()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_the_newest_is_first_and_each_place_once(menu: RecentMenu, tmp_path: Path) -> None:
    for name in ("a.mp3", "b & c\n.mp3", "a.mp3"):
        menu.chosen.append([tmp_path / name])
    assert menu.places == [tmp_path / "a.mp3", tmp_path / "b & c\n.mp3"]
    assert entries(menu) == ["a.mp3", "b && c\\n.mp3", "Clear list"]


def test_of_several_files_their_folders_are_kept(menu: RecentMenu, tmp_path: Path) -> None:
    album = tmp_path / "album"
    album.mkdir()
    menu.chosen.append([tmp_path / "x" / "1.mp3", tmp_path / "x" / "2.mp3", album])
    assert menu.places == [tmp_path / "x", album]


def test_there_are_at_most_ten_and_they_can_be_cleared(
    menu: RecentMenu, opened: list[Path], tmp_path: Path
) -> None:
    for number in range(MOST + 3):
        menu.chosen.append([tmp_path / f"{number}"])
    assert len(menu.places) == MOST
    menu.refresh()
    menu.actions()[0].trigger()
    assert opened == [tmp_path / f"{MOST + 2}"]
    menu.actions()[-1].trigger()
    assert menu.places == []
    assert not menu.isEnabled()


def test_what_is_dropped_or_chosen_can_be_opened_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song, folder = tmp_path / "a.mp3", tmp_path / "album"
    song.touch()
    folder.mkdir()
    recent = desk.window.file_actions.recent
    assert recent.menuAction() in desk.window.menuBar().actions()[0].menu().actions()  # type: ignore[attr-defined]
    drop(desk.window, mime(song))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    desk.window.file_actions.open_folder()
    assert recent.places == [folder, song]
    desk.until(lambda: len(desk.rows) == 1)
    song.unlink()
    desk.window.menuBar().actions()[0].menu().aboutToShow.emit()  # type: ignore[attr-defined]
    recent.actions()[1].trigger()
    assert desk.window.notice.isVisible()
    assert recent.places == [folder, song]


def test_nothing_is_listed_when_answers_are_not_remembered(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    settings["privacy.remember"] = False
    drop(desk.window, mime(tmp_path))
    assert desk.window.file_actions.recent.places == []
