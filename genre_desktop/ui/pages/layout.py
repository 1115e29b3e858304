"""Layouts that several pages share: the page itself, its header and scroll areas."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from genre_desktop.ui.fitting.scroll import Contents, Scroll
from genre_desktop.ui.fitting.wrap_row import BOTTOM, RIGHT, WrapRow
from genre_desktop.ui.widgets.factory import column, frame, label, row


def page_column(page: QWidget) -> QVBoxLayout:
    """Return the vertical layout of a page, with the margins of all pages; it scrolls where the page is too low."""
    contents = Contents()
    layout = column(contents, gap=12)
    layout.setContentsMargins(20, 16, 20, 16)
    column(page).addWidget(Scroll(contents))
    return layout


def page_header(title: str, summary: QLabel, *controls: QWidget) -> WrapRow:
    """Return a line with the page's title, a summary beside it and controls at the right, or below them."""
    line = WrapRow(label(title, "title"), gap=12, at=RIGHT)
    summary.setAlignment(Qt.AlignmentFlag.AlignBottom)
    line.add(summary, 1, align=BOTTOM)
    for control in controls:
        line.add(control)
    return line


def widget_row(
    *widgets: QWidget | None, expand: QWidget | None = None, margin: int = 0, gap: int = 8
) -> QHBoxLayout:
    """Return a row of widgets; None is flexible space, ``expand`` gets the remaining width."""
    line = row(margin=margin, gap=gap)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget, 1 if widget is expand else 0)
    return line


def card_column(*, margin: int = 0, gap: int = 8) -> tuple[QFrame, QVBoxLayout]:
    """Return a new card and its vertical layout."""
    card = frame("card")
    return card, column(card, margin=margin, gap=gap)


def set_scroll_content(area: QScrollArea, content: QWidget, *, focus: bool = False) -> None:
    """Show ``content`` in a frameless area that scrolls vertically only."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(content)
    if not focus:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def scroll_column(area: QScrollArea, *, margin: int = 0, gap: int = 8, focus: bool = False) -> QVBoxLayout:
    """Return the vertical layout of a new transparent content widget of ``area``."""
    content = QWidget()
    content.setObjectName("scrolled")
    layout = column(content, margin=margin, gap=gap)
    set_scroll_content(area, content, focus=focus)
    return layout


def show_items(layout: QLayout) -> None:
    """Show the widgets of a layout now; Qt squeezes new ones until the next layout pass."""
    if (parent := layout.parentWidget()) is None:
        return
    children = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for child in children:  # not itemAt: see tests/ui/test_pyside_binding.py
        if layout.indexOf(child) >= 0:
            child.show()
