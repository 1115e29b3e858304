"""The map of the list: mouse, keys and what is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.ui.plotting.sound_map_view import SoundMapView
from genre_desktop.ui.theme.palette import DARK

RED, BLUE = 0xFFFF0000, 0xFF0000FF
#: Four points at the corners and one in the middle.
POINTS = np.array([[-0.8, -0.8], [0.8, -0.8], [-0.8, 0.8], [0.8, 0.8], [0.0, 0.0]], np.float32)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> SoundMapView:
    view = SoundMapView(lambda place: f"song {place}")
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.set_palette(DARK)
    view.show()
    qtbot.waitExposed(view)
    view.show_points(POINTS)
    view.show_colours(np.array([RED, RED, RED, RED, BLUE], np.uint32), np.ones(5, bool))
    QApplication.processEvents()
    return view


def at(view: SoundMapView, place: int) -> QPoint:
    return view._pixel_of(place).toPoint()


def colours_around(view: SoundMapView, place: int) -> set[int]:
    image = view.grab().toImage()
    where = at(view, place)
    return {image.pixel(where.x() + dx, where.y() + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}


def drag(view: SoundMapView, *where: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=where[0])
    for point in where[1:]:
        QTest.mouseMove(view.viewport(), point)
        QApplication.processEvents()
    QTest.mouseRelease(view.viewport(), LEFT, pos=where[-1])


def test_each_point_has_its_colour_and_hidden_ones_are_not_drawn(view: SoundMapView) -> None:
    assert colours_around(view, 0) == {RED}
    assert colours_around(view, 4) == {BLUE}
    view.show_colours(np.full(5, RED, np.uint32), np.array([False, True, True, True, True]))
    assert RED not in colours_around(view, 0)


def test_a_click_chooses_the_nearest_point_and_a_double_click_activates_it(
    view: SoundMapView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.chosen) as blocker:
        QTest.mouseClick(view.viewport(), LEFT, pos=at(view, 3) + QPoint(5, -4))
    assert blocker.args == [3]
    with qtbot.waitSignal(view.activated) as blocker:
        QTest.mouseDClick(view.viewport(), LEFT, pos=at(view, 1))
    assert blocker.args == [1]
    with qtbot.assertNotEmitted(view.chosen, wait=50):
        QTest.mouseClick(view.viewport(), LEFT, pos=(at(view, 0) + at(view, 4)) / 2)


def test_a_freehand_line_encloses_points(view: SoundMapView, qtbot: QtBot) -> None:
    middle, corner = at(view, 4), at(view, 0)
    with qtbot.waitSignal(view.enclosed) as blocker:
        drag(
            view, corner + QPoint(-20, 20), middle + QPoint(30, 20), middle + QPoint(20, -30),
            corner + QPoint(-20, -20),
        )  # fmt: skip
    assert blocker.args[0].tolist() == [0, 4]
    view.show_colours(np.full(5, RED, np.uint32), np.array([True, True, True, True, False]))
    with qtbot.waitSignal(view.enclosed) as blocker:
        drag(view, QPoint(1, 1), QPoint(398, 1), QPoint(398, 398), QPoint(1, 398))
    assert blocker.args[0].tolist() == [0, 1, 2, 3]


def test_escape_ends_a_line(view: SoundMapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.enclosed, wait=50):
        QTest.mousePress(view.viewport(), LEFT, pos=QPoint(10, 10))
        QTest.mouseMove(view.viewport(), QPoint(300, 300))
        QTest.keyClick(view, Qt.Key.Key_Escape)
        QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(300, 10))


def test_a_drag_moves_the_map_in_the_other_mode(view: SoundMapView, qtbot: QtBot) -> None:
    view.moving = True
    before = view._box.viewRect()
    with qtbot.assertNotEmitted(view.enclosed, wait=50):
        drag(view, QPoint(200, 200), QPoint(240, 200), QPoint(280, 200), QPoint(320, 200))
    assert view._box.viewRect().left() < before.left()
    with qtbot.waitSignal(view.chosen) as blocker:
        QTest.mouseClick(view.viewport(), LEFT, pos=at(view, 4))
    assert blocker.args == [4]


def test_arrow_keys_go_to_the_nearest_point_in_their_direction(view: SoundMapView) -> None:
    visited: list[int] = []

    def follow(place: int) -> None:
        visited.append(place)
        view.show_selected(np.arange(5) == place, place)

    view.chosen.connect(follow)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    # The first goes to the middle, since none is current; right of it are both corners, the first is taken.
    assert visited == [4, 1, 0, 2]
    assert view.accessibleDescription() == "song 2"


def test_return_activates_the_current_point(view: SoundMapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.activated, wait=50):
        QTest.keyClick(view, Qt.Key.Key_Return)
    view.show_selected(np.arange(5) == 2, 2)
    with qtbot.waitSignal(view.activated) as blocker:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert blocker.args == [2]


def test_a_selection_fades_the_other_points(view: SoundMapView) -> None:
    view.show_selected(np.array([True, True, False, False, False]), -1)
    assert RED in colours_around(view, 0)
    assert RED not in colours_around(view, 3)
    view.show_selected(np.arange(5) == 0, -1)
    assert RED in colours_around(view, 3)


def test_keys_zoom_and_a_current_point_comes_into_view(view: SoundMapView) -> None:
    width = view._box.viewRect().width()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view._box.viewRect().width() == pytest.approx(width / 4)
    assert not view._box.viewRect().contains(QPointF(0.8, 0.8))
    view.show_selected(np.arange(5) == 3, 3)
    assert view._box.viewRect().contains(QPointF(0.8, 0.8))
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view._box.viewRect().width() == pytest.approx(width)


def test_hovering_shows_the_name(view: SoundMapView) -> None:
    QTest.mouseMove(view.viewport(), at(view, 2) + QPoint(2, 2))
    QApplication.processEvents()
    assert view._hovered == 2
    QTest.mouseMove(view.viewport(), QPoint(200, 60))
    QApplication.processEvents()
    assert view._hovered == -1


def test_without_points_nothing_happens(view: SoundMapView, qtbot: QtBot) -> None:
    view.show_points(np.empty((0, 2), np.float32))
    with qtbot.assertNotEmitted(view.chosen, wait=50):
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(50, 50))
    view.grab()
