"""Accessibility checks: names, descriptions, keyboard, large text and small windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from genre_desktop.ui.plotting.timeline import TimelineStrip

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QAbstractSlider, QComboBox, QLineEdit,
    QPlainTextEdit, QProgressBar, TimelineStrip,
)  # fmt: skip
PARTS_OF = (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView, QScrollBar)
"""Controls whose inner widgets are not checked."""

SLACK, EDGE = 1, 6
"""Tolerance for rounded sizes, and a button's border above and below its text, in pixels."""


def controls(root: QWidget) -> list[QWidget]:
    """Return the controls of a window or dialog, without the inner widgets of Qt's own controls."""
    found = dict.fromkeys(widget for kind in CONTROLS for widget in root.findChildren(kind))
    return [widget for widget in found if widget.window() is root.window() and not _is_part(widget)]


def shown(root: QWidget) -> list[QWidget]:
    """Return the visible controls."""
    return [widget for widget in controls(root) if widget.isVisible()]


def nameless(root: QWidget) -> list[str]:
    """Return controls without an accessible name."""
    return [describe(w) for w in controls(root) if not w.accessibleName() and not _is_named_by_text(w)]


def unexplained(root: QWidget) -> list[str]:
    """Return controls with neither text, tool tip nor description."""
    return [
        describe(widget)
        for widget in controls(root)
        if isinstance(widget, QAbstractButton | QComboBox | QAbstractSpinBox | QAbstractSlider | QLineEdit)
        and not isinstance(widget.parentWidget(), QDialogButtonBox)
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not (widget.toolTip() or widget.accessibleDescription())
    ]


def unreachable(root: QWidget, steps: int = 150) -> list[str]:
    """Return visible, enabled controls that Tab (or the arrow keys within a button group) does not reach."""
    wanted = [w for w in shown(root) if w.isEnabled() and not isinstance(w, QProgressBar | QLabel | QHeaderView)
              and _needs_focus(w)]  # fmt: skip
    reached = set(_walk(root, steps))
    groups = {id(b.group()) for b in reached if isinstance(b, QAbstractButton) and b.group()}
    return [describe(w) for w in wanted if w not in reached and not _in_group(w, groups)]


def cut_off(root: QWidget) -> list[str]:
    """Return texts and controls that are smaller than they need or outside of the visible area."""
    squeezed = [describe(w) for w in shown(root) if _is_squeezed(w)]
    clipped = [describe(w) for w in root.findChildren(QLabel) if w.isVisible() and _is_clipped(w)]
    outside = [describe(w) for w in [*shown(root), *_labels(root)] if _is_outside(w, root)]
    return list(dict.fromkeys([*squeezed, *clipped, *outside]))


def overlapping(root: QWidget) -> list[str]:
    """Return visible controls and texts that cover a part of another one with the same parent."""
    beside: dict[QWidget | None, list[QWidget]] = {}
    for widget in dict.fromkeys([*shown(root), *_labels(root)]):
        beside.setdefault(widget.parentWidget(), []).append(widget)
    return [
        f"{describe(one)} covers {describe(other)}"
        for widgets in beside.values()
        for one, other in combinations(widgets, 2)
        if min((common := one.geometry() & other.geometry()).width(), common.height()) > SLACK
    ]


def pictures_without_text(root: QWidget) -> list[str]:
    """Return icons without an accessible name whose parent has no text."""
    return [
        describe(picture)
        for picture in root.findChildren(QLabel)
        if picture.isVisible() and not picture.pixmap().isNull() and not picture.accessibleName()
        and not _text_of(picture.parentWidget() or picture)
    ]  # fmt: skip


def toned_without_text(root: QWidget) -> list[str]:
    """Return widgets coloured by their ``tone`` that have no text."""
    return [
        describe(widget)
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.property("tone") and not _text_of(widget)
    ]


def describe(widget: QWidget) -> str:
    """Describe a widget for a failure message."""
    name = widget.accessibleName() or (widget.text() if hasattr(widget, "text") else "")
    if isinstance(widget, QLabel) and not name:
        name = "a picture"
    parents = [type(p).__name__ for p in _parents(widget)][:3]
    name = str(name() if callable(name) else name)[:60]
    return f"{type(widget).__name__} “{name}” in {' in '.join(parents)} ({widget.width()}×{widget.height()})"


def _is_named_by_text(widget: QWidget) -> bool:
    """Return whether it is a button of a dialog button box, whose text is its name."""
    return isinstance(widget.parentWidget(), QDialogButtonBox) and bool(getattr(widget, "text", str)())


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QScrollBar)
        or isinstance(parent, PARTS_OF)
        or any(type(each).__name__ in ("QComboBoxPrivateContainer", "QTabBar", "QMenuBar", "PlotWidget")
               for each in _parents(widget))
    )  # fmt: skip


def _parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def _needs_focus(widget: QWidget) -> bool:
    """Return False for an empty list, which needs no focus."""
    return not (isinstance(widget, QAbstractItemView) and widget.model() and not widget.model().rowCount())


def _walk(root: QWidget, steps: int) -> Iterator[QWidget]:
    first = next(
        (w for w in shown(root) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus), None
    )
    if first is None:
        return
    root.activateWindow()
    assert QTest.qWaitForWindowActive(root)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: set[QWidget] = set()
    for _ in range(steps):
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            return
        seen.add(focus)
        yield focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)


def _in_group(widget: QWidget, groups: set[int]) -> bool:
    return isinstance(widget, QAbstractButton) and widget.group() is not None and id(widget.group()) in groups


def _is_squeezed(widget: QWidget) -> bool:
    if isinstance(widget, QComboBox | QAbstractSpinBox | QLineEdit):
        return widget.height() < widget.fontMetrics().height() + EDGE
    if not isinstance(widget, QAbstractButton):
        return False
    picture = 0 if widget.icon().isNull() else widget.iconSize().height()
    line = widget.fontMetrics().height() if widget.text() else 0
    return (
        widget.width() + SLACK < widget.minimumSizeHint().width()
        or widget.height() < max(picture, line) + EDGE
    )


def _labels(root: QWidget) -> list[QWidget]:
    return [it for it in root.findChildren(QLabel) if it.isVisible() and it.text()]


def _is_clipped(text: QLabel) -> bool:
    if not text.text():
        return False
    if text.wordWrap():
        return (
            text.height() + SLACK < text.heightForWidth(text.width())
            or _longest_word(text) > text.width() + SLACK
        )
    needed = text.minimumSizeHint()
    return text.width() + SLACK < needed.width() or text.height() + SLACK < needed.height()


def _longest_word(text: QLabel) -> int:
    words = re.split(r"\s+|(?<=-)", text.text())  # Qt breaks lines after hyphens too
    return max((text.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def _is_outside(widget: QWidget, root: QWidget) -> bool:
    """Return whether the window or a frame clips the widget, or a scroll area does to its left or right."""
    for frame in _parents(widget):
        if isinstance(frame, QScrollArea | QAbstractScrollArea):
            view = frame.viewport()
            if not view.isAncestorOf(widget):
                continue
            left = widget.mapTo(view, QPoint(0, 0)).x()
            never = frame.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            page = isinstance(frame, QScrollArea)  # should scroll vertically only
            return (never or page) and (left < -SLACK or left + widget.width() > view.width() + SLACK)
        if isinstance(frame.parentWidget(), QAbstractScrollArea):
            continue  # its viewport, whose contents scroll
        place = QRect(widget.mapTo(frame, QPoint(0, 0)), widget.size())
        if not frame.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            return True
        if frame is root:
            break
    return False


def _text_of(widget: QWidget) -> str:
    own = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    inner = "".join(it.text() for it in widget.findChildren(QLabel))
    return own + inner + "".join(it.text() for it in widget.findChildren(QAbstractButton))
