"""The map in place of the table, with real jobs over the real store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from genre_desktop.ui.pages.analyse.map_panel import MapPanel
from genre_desktop.ui.plotting.sound_map_view import SoundMapView
from tests.ui.conftest import Desk
from tests.ui.window.test_sound_actions import JOB_MS, open_songs


def open_map(desk: Desk) -> tuple[MapPanel, SoundMapView]:
    desk.load_plots()
    desk.window.context.actions["view.map"].trigger()
    panel = desk.page.map
    assert panel is not None
    desk.bot.waitUntil(lambda: not panel.job.running, timeout=2 * JOB_MS)
    assert panel.view is not None
    assert panel.view.isVisible()
    return panel, panel.view


def legend(panel: MapPanel) -> list[str]:
    return [panel.legend.item(i).text() for i in range(panel.legend.count())]


def test_songs_have_places_by_their_sound_and_colours_by_genre(desk: Desk) -> None:
    rows = open_songs(desk, 30)
    desk.page.table.show_rows(rows[:4])
    desk.page.correct("jazz")
    panel, view = open_map(desk)
    assert not desk.page.table.isVisible()
    assert not desk.page.panel.isVisible()
    assert legend(panel) == ["Rock 26", "Jazz 4"]
    assert len(set(view._colours.tolist())) == 2
    assert panel.note.text() == ""
    assert not panel.isAncestorOf(desk.page.table)
    desk.window.context.undo.undo()
    desk.until(lambda: legend(panel) == ["Rock 30"])
    desk.window.context.actions["view.map"].trigger()
    assert desk.page.table.isVisible()
    assert desk.page.panel.isVisible()
    assert desk.page.table.hasFocus()
    desk.window.context.actions["view.map"].trigger()  # the map is still there
    assert not panel.job.running
    assert view.isVisible()


def test_a_point_is_a_row_and_a_line_selects_rows(desk: Desk) -> None:
    rows = open_songs(desk, 20)
    view = open_map(desk)[1]
    view.chosen.emit(7)
    assert desk.page.current is rows[7]
    assert view._current == 7
    assert view.accessibleDescription() == "007.mp3 · Rock"
    view.enclosed.emit(np.array([12, 3, 15]))
    assert desk.page.table.selected == [rows[3], rows[12], rows[15]]
    assert desk.page.model.shown[:3] == [rows[3], rows[12], rows[15]]
    assert np.flatnonzero(view._selected).tolist() == [3, 12, 15]
    QTest.keyClick(view, Qt.Key.Key_K)
    assert [row.label for row in rows if row.label] == ["rock"] * 3
    before = desk.page.current
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert desk.page.current is not before or len(desk.page.table.selected) == 1


def test_filters_hide_points_and_removed_rows_are_gone(desk: Desk) -> None:
    rows = open_songs(desk, 20)
    panel, view = open_map(desk)
    desk.page.filters.search.setText("01")
    desk.until(lambda: int(view._shown.sum()) == 11)  # 001, 010 to 019
    desk.page.filters.clear()
    desk.page.table.show_rows(rows[:5])
    desk.page.remove()
    desk.until(lambda: int(view._shown.sum()) == 15)
    assert panel.note.text() == ""
    desk.window.context.undo.undo()
    desk.until(lambda: int(view._shown.sum()) == 20)


def test_another_list_is_arranged_when_it_is_shown(desk: Desk) -> None:
    open_songs(desk, 12)
    panel, view = open_map(desk)
    desk.window.context.actions["view.map"].trigger()
    desk.page.clear()
    open_songs(desk, 10, Path("/other"))
    desk.window.context.actions["view.map"].trigger()
    assert panel.job.running
    desk.bot.waitUntil(lambda: not panel.job.running, timeout=2 * JOB_MS)
    assert len(view._points) == 10


def test_new_files_are_counted_until_the_songs_are_arranged_again(desk: Desk) -> None:
    open_songs(desk, 12)
    panel, view = open_map(desk)
    desk.open("talk.mp3", genre="", kind="speech", confidence=0.0)
    desk.until(lambda: panel.note.text() == "1 file is not on the map")
    panel.arrange()
    desk.bot.waitUntil(lambda: not panel.job.running, timeout=2 * JOB_MS)
    QApplication.processEvents()
    assert view.isVisible()
    assert len(view._points) == 12


def test_a_map_that_cannot_be_made_says_why(desk: Desk) -> None:
    desk.open("a.mp3")
    desk.load_plots()
    desk.window.context.actions["view.map"].trigger()
    panel = desk.page.map
    assert panel is not None
    desk.bot.waitUntil(lambda: not panel.job.running, timeout=JOB_MS)
    assert "No song of the list can be compared by its sound" in panel._message.text()
    assert panel.go.isVisible()
    assert not panel.stop.isVisible()


def test_it_can_be_cancelled(desk: Desk) -> None:
    open_songs(desk, 12)
    desk.load_plots()
    desk.window.context.actions["view.map"].trigger()
    panel = desk.page.map
    assert panel is not None
    assert panel.stop.isVisible()
    panel.stop.click()
    desk.bot.waitUntil(lambda: not panel.job.running, timeout=JOB_MS)
    assert panel._message.text() == "The map was cancelled."
    assert panel.go.isVisible()


def test_a_review_shows_the_table(desk: Desk) -> None:
    open_songs(desk, 3)
    desk.open("x.mp3", confidence=0.2)
    open_map(desk)
    desk.window.context.actions["edit.review"].trigger()
    assert desk.page.table.isVisible()
    assert desk.page.review.active
