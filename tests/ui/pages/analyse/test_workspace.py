"""The panes of the Analyse page in wide and narrow windows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from genre_desktop.ui.pages.analyse.workspace import Workspace
from tests.ui.conftest import Desk

LARGE = 200


def panes(desk: Desk) -> Workspace:
    return desk.page._panes


def resize(desk: Desk, width: int, text: int) -> None:
    desk.window.context.settings["ui.text_scale"] = text
    desk.window.context.theme.apply()
    desk.window.resize(width, 700)
    for _ in range(10):
        QApplication.processEvents()


def test_the_answer_is_below_the_list_in_a_narrow_window_and_returns_to_its_width(desk: Desk) -> None:
    desk.open("a.mp3")
    page = desk.page
    resize(desk, 1280, 100)
    panes(desk).moveSplitter(600, 1)  # as dragging does
    before = panes(desk).sizes()
    resize(desk, 1024, LARGE)
    tops = [each.mapTo(page, each.rect().topLeft()).y() for each in (page.table, page.card, page.panel)]
    assert tops == sorted(tops)
    assert page.card.width() == page.panel.width()
    resize(desk, 1280, 100)
    assert panes(desk).sizes() == before
    assert page.card.mapTo(page, page.card.rect().topLeft()).x() > page.panel.width()


def test_a_list_that_came_in_a_narrow_window_has_the_usual_widths_in_a_wide_one(desk: Desk) -> None:
    resize(desk, 1280, 100)
    desk.open("a.mp3")
    resize(desk, 1280, 100)
    usual = panes(desk).sizes()
    desk.page.clear()
    resize(desk, 1024, LARGE)
    desk.open("b.mp3")
    resize(desk, 1024, LARGE)
    assert desk.page.card.width() == desk.page.panel.width()
    resize(desk, 1280, 100)
    assert panes(desk).sizes() == usual


def test_the_sizes_for_a_wide_window_are_saved_and_restored(desk: Desk, tmp_path: Path) -> None:
    memory = QSettings(str(tmp_path / "sizes.ini"), QSettings.Format.IniFormat)
    desk.open("a.mp3")
    resize(desk, 1280, 100)
    usual = panes(desk).sizes()
    panes(desk).moveSplitter(600, 1)
    chosen = panes(desk).sizes()
    resize(desk, 1024, LARGE)
    panes(desk).save(memory)
    resize(desk, 1280, 100)
    panes(desk).setSizes(usual)
    assert panes(desk).sizes() != chosen
    panes(desk).restore(memory)
    assert panes(desk).sizes() == chosen
