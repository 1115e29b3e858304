"""Every control has a name, every control can be reached, nothing is cut off in a small window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from genre_desktop.ui.widgets.spectrogram_view import SpectrogramView
from genre_desktop.ui.widgets.timeline_strip import TimelineStrip
from tests.gui.conftest import Desk

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QProgressBar,
    TimelineStrip, SpectrogramView,
)  # fmt: skip


def controls(desk: Desk) -> list[QWidget]:
    """What people can touch, but for the inner parts of Qt's own controls."""
    found = [widget for kind in CONTROLS for widget in desk.window.findChildren(kind)]
    return [
        widget
        for widget in found
        if widget.window() is desk.window  # lists that combo boxes pop up are theirs
        and not widget.objectName().startswith("qt_")
        and not isinstance(
            widget.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView
        )
        and type(widget.parentWidget()).__name__ != "QComboBoxPrivateContainer"
    ]


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A window with everything in it."""
    desk.load_plots()
    desk.open("a.mp3", "b.mp3")
    desk.until(lambda: desk.page.panel.has_picture)
    return desk


def test_every_control_has_a_name(full: Desk) -> None:
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in controls(full)
        if not widget.accessibleName()
    ]
    assert nameless == []


def test_every_button_that_is_only_an_icon_has_a_tool_tip(full: Desk) -> None:
    silent = [
        button.accessibleName()
        for button in full.window.findChildren(QAbstractButton)
        if not button.text() and button in controls(full) and not button.toolTip()
    ]
    assert silent == []


def test_tab_reaches_every_control(full: Desk) -> None:
    wanted = {
        widget
        for widget in controls(full)
        if widget.isVisible() and widget.isEnabled() and not isinstance(widget, QProgressBar)
        and not isinstance(widget, QLabel)
    }  # fmt: skip
    groups = {
        id(widget.group()): widget
        for widget in wanted
        if isinstance(widget, QAbstractButton) and widget.group()
    }
    wanted = {
        widget for widget in wanted if not (isinstance(widget, QAbstractButton) and widget.group())
    }  # arrow keys walk inside a group
    full.page.filters.search.setFocus()
    reached: set[QWidget] = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is None or focus in reached:
            break
        reached.add(focus)
        full.bot.keyClick(focus, Qt.Key.Key_Tab)
    assert {describe(widget) for widget in wanted - reached} == set()
    for group in groups.values():
        assert any(button in reached for button in group.group().buttons())


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (960, 540)])
def test_nothing_is_cut_off_in_a_small_window(full: Desk, width: int, height: int) -> None:
    full.window.resize(width, height)
    QApplication.processEvents()
    assert (full.window.width(), full.window.height()) == (width, height)
    squeezed = [
        describe(widget)
        for widget in controls(full)
        if widget.isVisible()
        and isinstance(widget, QAbstractButton | QAbstractSpinBox)
        and (
            widget.width() < widget.minimumSizeHint().width()
            or widget.height() < widget.minimumSizeHint().height()
        )
    ]
    assert squeezed == []


def test_text_twice_as_large_still_fits_a_large_window(full: Desk) -> None:
    full.window.context.settings["ui.text_scale"] = 200
    full.window.context.theme.apply()
    full.window.resize(1600, 1000)
    QApplication.processEvents()
    assert full.window.width() == 1600
    for button in (
        widget for widget in controls(full) if isinstance(widget, QAbstractButton) and widget.isVisible()
    ):
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width(), describe(button)


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}”"
