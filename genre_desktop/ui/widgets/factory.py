"""Factory functions for labels, buttons, frames and layouts on the 8-pixel grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontDatabase, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from genre_desktop.core.quoting.controls import printable_lines
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.fitting.plain_label import PlainLabel
from genre_desktop.ui.theme.stylesheet import UNIT
from genre_desktop.ui.theme.theme import Theme

L = TypeVar("L", QVBoxLayout, QHBoxLayout)
Item = QWidget | QLayout


class PlainText(QPlainTextEdit):
    """A read-only text of several lines, without control characters."""

    def __init__(self) -> None:
        super().__init__(readOnly=True)

    def setPlainText(self, text: str) -> None:
        """Show another text."""
        super().setPlainText(printable_lines(text))


def label(text: str = "", role: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """Return a label in one of the style sheet's roles; see :class:`.PlainLabel`."""
    result = PlainLabel(text)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    if select:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def button(text: str, slot: Callable[[], object], kind: str = "", tip: str = "") -> QPushButton:
    """Return a push button; ``kind`` is ``primary``, ``quiet``, ``segment`` or empty."""
    result = (_Segment if kind == "segment" else QPushButton)(text.replace("&", ""))
    result.clicked.connect(lambda _checked=False: slot())
    if kind:
        result.setProperty("kind", kind)
    set_accessible_name(result, text.replace("&", ""), tip)
    return result


def action_button(action: QAction, kind: str = "") -> QPushButton:
    """Return a push button that triggers an action and shows its shortcut as the tool tip."""
    result = button(action.text(), action.trigger, kind)
    follow_tip(result, action)
    return result


def follow_tip(widget: QWidget, action: QAction) -> None:
    """Keep a widget's tool tip equal to that of an action, whose shortcut the user may change."""

    def update() -> None:
        widget.setToolTip(action.toolTip())
        widget.setAccessibleDescription(action.toolTip())

    action.changed.connect(update)
    widget.destroyed.connect(lambda: isValid(action) and action.changed.disconnect(update))
    update()


def plain_text(name: str) -> QPlainTextEdit:
    """Return a read-only text in the fixed-width font; Tab leaves it."""
    text = PlainText()
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setTabChangesFocus(True)
    set_accessible_name(text, name)
    return text


def spin_box(low: int, high: int, value: int, suffix: str = "") -> QSpinBox:
    """Return a spin box for integers with the left text margin of the other fields."""
    box = QSpinBox(minimum=low, maximum=high, suffix=suffix, value=value)
    box.setAcceptDrops(False)
    box.lineEdit().setTextMargins(UNIT, 0, 0, 0)
    return box


def icon_button(theme: Theme, icon: str, name: str, slot: Callable[[], object], tip: str = "") -> QToolButton:
    """Return an icon button; ``name`` is its accessible name and, without ``tip``, its tool tip."""
    result = QToolButton()
    result.setProperty("kind", "quiet")
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    result.clicked.connect(lambda _checked=False: slot())
    theme.set_icon(result, icon, "muted")
    set_accessible_name(result, name, tip or name)
    return result


def set_accessible_name(widget: QWidget, name: str, tip: str = "") -> None:
    """Set the accessible name, the tool tip and, where it differs, the accessible description."""
    name, tip = shown(name), shown(tip)
    widget.setAccessibleName(name)
    widget.setToolTip(tip)
    if tip and tip != name:
        widget.setAccessibleDescription(tip)


def copy_text(text: str) -> None:
    """Put a text on the clipboard, without control characters: it may be pasted into a terminal."""
    QGuiApplication.clipboard().setText(printable_lines(text))


def frame(kind: str) -> QFrame:
    """Return a frame of one of the style sheet's kinds."""
    result = QFrame()
    result.setProperty("kind", kind)
    return result


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int = UNIT) -> QVBoxLayout:
    """Return a vertical layout; margins and gaps in pixels."""
    return _spaced(QVBoxLayout(parent) if parent else QVBoxLayout(), margin, gap)


def row(parent: QWidget | None = None, *, margin: int = 0, gap: int = UNIT) -> QHBoxLayout:
    """Return a horizontal layout; margins and gaps in pixels."""
    return _spaced(QHBoxLayout(parent) if parent else QHBoxLayout(), margin, gap)


def fill(layout: L, *items: Item | int | tuple[Item, int]) -> L:
    """Add widgets and layouts in order; an integer adds a stretch, a pair holds an item's stretch factor."""
    for entry in items:
        if isinstance(entry, int):
            layout.addStretch(entry)
            continue
        item, stretch = entry if isinstance(entry, tuple) else (entry, 0)
        if isinstance(item, QWidget):
            layout.addWidget(item, stretch)
        else:
            layout.addLayout(item, stretch)
    return layout


def allow_shrink(text: QLabel) -> QLabel:
    """Let a label become narrower than its text."""
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return text


def set_style_property(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet selects on, and apply it again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def enable(widget: QWidget, on: bool) -> None:
    """Enable or disable a widget; its focus goes to the parent, since the next widget could scroll the page."""
    parent = widget.parentWidget()
    if not on and widget.hasFocus() and parent is not None:
        parent.setFocus(Qt.FocusReason.OtherFocusReason)
    widget.setEnabled(on)


def raise_window(window: QWidget) -> None:
    """Show a window in front of others, as far as the desktop allows it, and activate it."""
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


def selected_rows(view: QAbstractItemView) -> list[int]:
    """Return the sorted numbers of a table's selected rows; fast for tens of thousands of them."""
    rows: set[int] = set()
    ranges = view.selectionModel().selection()  # not selectedRows(), which calls Python for every row
    for block in ranges:  # type: ignore[attr-defined]  # a list, which the stubs do not declare
        rows.update(range(block.top(), block.bottom() + 1))
    return sorted(rows)


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class _Segment(QPushButton):
    """A button wide enough for its text in bold, the font while it is checked."""

    def sizeHint(self) -> QSize:
        """Return the size of a button with bold text."""
        return super().sizeHint() + QSize(bold_difference(self, self.text()), 0)


def bold_difference(widget: QWidget, text: str) -> int:
    """Return by how many pixels ``text`` is wider in the widget's font in bold."""
    bold = QFont(widget.font())
    bold.setWeight(QFont.Weight.DemiBold)
    wider = QFontMetrics(bold).horizontalAdvance(text) - widget.fontMetrics().horizontalAdvance(text)
    return max(0, wider)


def _spaced(layout: L, margin: int, gap: int) -> L:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout
