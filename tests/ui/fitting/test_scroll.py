"""Contents that scroll only where they do not fit."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFrame, QLabel, QTableWidget, QVBoxLayout
from pytestqt.qtbot import QtBot

from genre_desktop.ui.fitting.least_height import least_height
from genre_desktop.ui.fitting.panes import Panes, is_narrow
from genre_desktop.ui.fitting.scroll import Contents, Scroll

TEXT = "Some words that need more lines the narrower they are. " * 5


def page() -> tuple[Scroll, QLabel, QTableWidget]:
    """A text above a table that takes the rest of the height, and can do with 100 pixels."""
    contents, text, table = Contents(), QLabel(TEXT, wordWrap=True), QTableWidget(50, 1)
    table.setMinimumHeight(100)
    layout = QVBoxLayout(contents)
    layout.addWidget(text)
    layout.addWidget(table, 1)
    return Scroll(contents), text, table


def show(area: Scroll, width: int, height: int) -> int:
    """Return how far the contents scroll."""
    area.resize(width, height)
    area.show()
    for _ in range(5):
        QApplication.processEvents()
    return area.verticalScrollBar().maximum()


def test_contents_fill_the_area_and_scroll_once_the_least_is_too_much(qtbot: QtBot) -> None:
    area, text, table = page()
    qtbot.addWidget(area)
    assert show(area, 500, 600) == 0
    assert table.height() > 300
    assert show(area, 500, 250) == 0  # although the table would like to be higher
    assert show(area, 200, 200) > 0
    assert table.height() == 100
    assert text.height() >= text.heightForWidth(text.width())
    assert area.horizontalScrollBar().maximum() == 0


def test_a_text_inside_a_card_is_never_squeezed(qtbot: QtBot) -> None:
    area, text, table = page()
    qtbot.addWidget(area)
    card = QFrame()
    inner = QVBoxLayout(card)
    inner.addWidget(QLabel(TEXT, wordWrap=True))
    inner.addWidget(QTableWidget(3, 1))
    layout = area.contents.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(1, card)
    for height in (150, 300, 450, 600):
        show(area, 300, height)
        assert table.height() >= 100
        assert text.height() >= text.heightForWidth(text.width())
        assert area.contents.height() >= least_height(layout, area.contents.width())


def test_panes_are_below_each_other_where_the_text_needs_the_width(qtbot: QtBot) -> None:
    panes = Panes()
    qtbot.addWidget(panes)
    one, other = QLabel("one"), QLabel("other")
    panes.addWidget(one)
    panes.addWidget(other)
    panes.show()
    letter = panes.fontMetrics().averageCharWidth()
    for width, narrow in ((80 * letter, False), (80 * letter - 1, True)):
        panes.resize(width, 400)
        for _ in range(5):
            QApplication.processEvents()
        assert is_narrow(panes) == narrow
        assert (one.x() == other.x()) == narrow
        assert (one.y() == other.y()) == (not narrow)
