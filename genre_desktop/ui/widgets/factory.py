"""Small parts that most widgets share: labels, buttons, cards and rows on the 8-pixel grid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from genre_desktop.ui.theme.stylesheet import UNIT
from genre_desktop.ui.theme.theme import Theme

L = TypeVar("L", QVBoxLayout, QHBoxLayout)


def label(text: str = "", role: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """Plain text in one of the style sheet's roles; never read as HTML."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    if select:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def button(text: str, slot: Callable[[], object], kind: str = "", tip: str = "") -> QPushButton:
    """A push button; ``kind`` is ``primary``, ``quiet``, ``segment`` or nothing."""
    result = (_Segment if kind == "segment" else QPushButton)(text.replace("&", ""))
    result.clicked.connect(lambda _checked=False: slot())
    if kind:
        result.setProperty("kind", kind)
    set_accessible_name(result, text.replace("&", ""), tip)
    return result


def action_button(action: QAction, kind: str = "") -> QPushButton:
    """A push button that does what an action does and says which keys do it too."""
    result = button(action.text(), action.trigger, kind)
    follow_tip(result, action)
    return result


def follow_tip(widget: QWidget, action: QAction) -> None:
    """Keep a control's tool tip that of an action, whose keys the person may change."""

    def follow() -> None:
        widget.setToolTip(action.toolTip())
        widget.setAccessibleDescription(action.toolTip())

    action.changed.connect(follow)
    widget.destroyed.connect(partial(_forget, action, follow))
    follow()


def spin_box(low: int, high: int, value: int, suffix: str = "") -> QSpinBox:
    """A field for a whole number, with the room before it that other fields have."""
    box = QSpinBox(minimum=low, maximum=high, suffix=suffix, value=value)
    box.setAcceptDrops(False)
    box.lineEdit().setTextMargins(UNIT, 0, 0, 0)
    return box


def icon_button(theme: Theme, icon: str, name: str, slot: Callable[[], object], tip: str = "") -> QToolButton:
    """A button that is only an icon; ``name`` is what screen readers and the tool tip say."""
    result = QToolButton()
    result.setProperty("kind", "quiet")
    result.setIconSize(QSize(18, 18))
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    result.clicked.connect(lambda _checked=False: slot())
    theme.set_icon(result, icon, "muted")
    set_accessible_name(result, name, tip or name)
    return result


def set_accessible_name(widget: QWidget, name: str, tip: str = "") -> None:
    """Give a control its accessible name and its tool tip."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip)
    if tip and tip != name:
        widget.setAccessibleDescription(tip)


def frame(kind: str) -> QFrame:
    """A frame in one of the style sheet's kinds."""
    result = QFrame()
    result.setProperty("kind", kind)
    return result


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int = UNIT) -> QVBoxLayout:
    """A vertical layout; margins and gaps in pixels."""
    return _spaced(QVBoxLayout(parent) if parent else QVBoxLayout(), margin, gap)


def row(parent: QWidget | None = None, *, margin: int = 0, gap: int = UNIT) -> QHBoxLayout:
    """A horizontal layout; margins and gaps in pixels."""
    return _spaced(QHBoxLayout(parent) if parent else QHBoxLayout(), margin, gap)


def allow_shrink(text: QLabel) -> QLabel:
    """Let a text give way when its neighbours need the room."""
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return text


def set_style_property(widget: QWidget, **properties: object) -> None:
    """Change properties that the style sheet looks at, and have it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def enable(widget: QWidget, on: bool) -> None:
    """Grey out or not; the focus stays where it is instead of jumping, and scrolling, to what comes next."""
    parent = widget.parentWidget()
    if not on and widget.hasFocus() and parent is not None:
        parent.setFocus(Qt.FocusReason.OtherFocusReason)
    widget.setEnabled(on)


def selected_places(view: QAbstractItemView) -> list[int]:
    """The numbers of a table's selected rows, in their order; quick with tens of thousands of them."""
    places: set[int] = set()
    blocks = view.selectionModel().selection()  # not selectedRows(), which asks Python about every row
    for block in blocks:  # type: ignore[attr-defined]  # it is a list, which the stubs do not know
        places.update(range(block.top(), block.bottom() + 1))
    return sorted(places)


def clear(layout: QLayout) -> None:
    """Take out and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class _Segment(QPushButton):
    """Has room for its words in bold, which they are while it is checked."""

    def sizeHint(self) -> QSize:
        """As any button, and the difference that bold makes."""
        return super().sizeHint() + QSize(bold_difference(self, self.text()), 0)


def bold_difference(widget: QWidget, text: str) -> int:
    """By how many pixels ``text`` is wider when the widget shows it in bold."""
    bold = QFont(widget.font())
    bold.setWeight(QFont.Weight.DemiBold)
    wider = QFontMetrics(bold).horizontalAdvance(text) - widget.fontMetrics().horizontalAdvance(text)
    return max(0, wider)


def _forget(action: QAction, follow: Callable[[], None], *_: object) -> None:
    if isValid(action):
        action.changed.disconnect(follow)


def _spaced(layout: L, margin: int, gap: int) -> L:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout
