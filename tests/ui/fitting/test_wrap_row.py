"""Rows that wrap: lines, widths, heights, and what changes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.ui.fitting.wrap_row import CENTRE, RIGHT, WrapRow


class Box(QWidget):
    """A widget of a fixed height that wants a width and can do with less."""

    def __init__(self, wanted: int, least: int = 10, height: int = 20) -> None:
        super().__init__()
        self._wanted, self._least, self._height = wanted, least, height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._wanted, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, self._height)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    return page


def laid_out(page: QWidget, row: WrapRow, width: int) -> list[QRect]:
    """Show a row in a page of a width; return the places of its widgets."""
    if page.layout() is None:
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)
        layout.addStretch(1)
    page.resize(width, 400)
    for _ in range(5):
        QApplication.processEvents()
    return [part.widget.geometry() for part in row._parts]


def test_widgets_continue_on_the_next_line_and_the_page_makes_room(page: QWidget) -> None:
    row = WrapRow(Box(100), Box(100), Box(100), gap=10)
    assert [place.y() for place in laid_out(page, row, 320)] == [0, 0, 0]
    assert row.height() == 20
    assert [(place.x(), place.y()) for place in laid_out(page, row, 319)] == [(0, 0), (110, 0), (0, 30)]
    assert row.height() == 50
    assert [place.y() for place in laid_out(page, row, 150)] == [0, 30, 60]


def test_a_growing_widget_gets_what_the_others_leave(page: QWidget) -> None:
    row = WrapRow(Box(50), gap=10)
    row.add(Box(60), 1)
    row.add(Box(40))
    assert [(place.x(), place.width()) for place in laid_out(page, row, 400)] == [
        (0, 50),
        (60, 290),
        (360, 40),
    ]


def test_growing_widgets_share_by_weight_but_none_is_narrower_than_it_can_be(page: QWidget) -> None:
    row = WrapRow(gap=0)
    row.add(Box(10), 3)
    row.add(Box(10), 1)
    assert [place.width() for place in laid_out(page, row, 400)] == [300, 100]
    row._parts[1].widget.setMinimumWidth(150)
    assert [place.width() for place in laid_out(page, row, 401)] == [251, 150]


def test_a_widget_alone_in_a_line_is_no_wider_than_the_line(page: QWidget) -> None:
    row = WrapRow(Box(500))
    assert [place.width() for place in laid_out(page, row, 200)] == [200]
    assert row.minimumSizeHint().width() == 10


@pytest.mark.parametrize(("at", "left"), [(RIGHT, 300), (CENTRE, 150)])
def test_lines_without_a_growing_widget_are_where_they_are_wanted(
    page: QWidget, at: object, left: int
) -> None:
    assert [place.x() for place in laid_out(page, WrapRow(Box(100), at=at), 400)] == [left]


def test_the_most_important_widget_comes_first_once_there_are_lines(page: QWidget) -> None:
    row = WrapRow(Box(100), gap=0)
    row.add(Box(100), first=True)
    assert [place.topLeft().toTuple() for place in laid_out(page, row, 200)] == [(0, 0), (100, 0)]
    assert [place.topLeft().toTuple() for place in laid_out(page, row, 150)] == [(0, 20), (0, 0)]


def test_there_are_no_more_widgets_in_a_line_than_allowed(page: QWidget) -> None:
    row = WrapRow(Box(10), Box(10), Box(10), gap=0, most=2)
    assert [place.y() for place in laid_out(page, row, 400)] == [0, 0, 20]


def test_a_longer_text_and_a_hidden_widget_change_the_lines(page: QWidget) -> None:
    button, other = QPushButton("Open"), QPushButton("Close")
    row = WrapRow(button, other)
    width = row.sizeHint().width()
    assert laid_out(page, row, width)[1].y() == 0
    button.setText("Open everything that is in this folder")
    assert laid_out(page, row, width)[1].y() > 0
    button.hide()
    assert laid_out(page, row, width)[1].topLeft().toTuple() == (0, 0)
    button.setText("Open")
    button.show()
    assert [place.y() for place in laid_out(page, row, width)] == [0, 0]


def test_panes_want_a_width_in_letters_and_share_the_height(page: QWidget) -> None:
    left, right = QLabel("left"), QLabel("right")
    row = WrapRow(gap=10)
    row.add(left, 1, letters=10)
    row.add(right, 1, letters=10)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(row, 1)
    laid_out(page, row, 300)  # with the font of the style
    wanted = 2 * 10 * left.fontMetrics().averageCharWidth() + 10
    assert [place.height() for place in laid_out(page, row, wanted)] == [400, 400]
    assert [place.height() for place in laid_out(page, row, wanted - 1)] == [195, 195]


def test_a_text_that_wraps_makes_its_line_higher(page: QWidget) -> None:
    text = QLabel("some words that need several lines at this width", wordWrap=True)
    row = WrapRow()
    row.add(text, 1, letters=8)
    laid_out(page, row, 90)
    assert text.height() >= text.heightForWidth(text.width()) > text.fontMetrics().height()


def test_cleared_widgets_are_gone(page: QWidget) -> None:
    row = WrapRow(Box(100), Box(100))
    laid_out(page, row, 400)
    row.clear()
    assert laid_out(page, row, 400) == []
    row.add(Box(70))
    assert [place.width() for place in laid_out(page, row, 400)] == [70]
    assert row._parts[0].widget.isVisible()
