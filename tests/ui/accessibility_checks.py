"""What a person without a mouse, with large text, in a small window or with a screen reader needs: as checks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
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
"""Controls whose inner parts are Qt's business."""

SLACK, EDGE = 1, 6
"""Rounding of sizes, and a button's border above and below its words, in pixels."""


def controls(root: QWidget) -> list[QWidget]:
    """What people can touch or read in a window or dialog, but for the inner parts of Qt's own controls."""
    found = dict.fromkeys(widget for kind in CONTROLS for widget in root.findChildren(kind))
    return [widget for widget in found if widget.window() is root.window() and not _is_part(widget)]


def shown(root: QWidget) -> list[QWidget]:
    """Those that can be seen now."""
    return [widget for widget in controls(root) if widget.isVisible()]


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    return [describe(w) for w in controls(root) if not w.accessibleName() and not _says_its_name(w)]


def unexplained(root: QWidget) -> list[str]:
    """Controls that neither their words, nor a tool tip, nor a description explains."""
    return [
        describe(widget)
        for widget in controls(root)
        if isinstance(widget, QAbstractButton | QComboBox | QAbstractSpinBox | QAbstractSlider | QLineEdit)
        and not isinstance(widget.parentWidget(), QDialogButtonBox)
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not (widget.toolTip() or widget.accessibleDescription())
    ]


def unreachable(root: QWidget, steps: int = 150) -> list[str]:
    """Visible, enabled controls that Tab (or the arrow keys within a group of buttons) does not reach."""
    wanted = [w for w in shown(root) if w.isEnabled() and not isinstance(w, QProgressBar | QLabel | QHeaderView)
              and _takes_part(w)]  # fmt: skip
    reached = set(_walk(root, steps))
    groups = {id(b.group()) for b in reached if isinstance(b, QAbstractButton) and b.group()}
    return [describe(w) for w in wanted if w not in reached and not _in_group(w, groups)]


def cut_off(root: QWidget) -> list[str]:
    """Words and controls that have less room than they need, or lie outside of what can be seen."""
    squeezed = [describe(w) for w in shown(root) if isinstance(w, QAbstractButton) and _is_squeezed(w)]
    clipped = [describe(w) for w in root.findChildren(QLabel) if w.isVisible() and _is_clipped(w)]
    outside = [describe(w) for w in [*shown(root), *_labels(root)] if _is_outside(w, root)]
    return list(dict.fromkeys([*squeezed, *clipped, *outside]))


def pictures_without_words(root: QWidget) -> list[str]:
    """Pictures (icons by themselves) in a box that has no words: their colour and shape would be all there is."""
    return [
        describe(picture)
        for picture in root.findChildren(QLabel)
        if picture.isVisible() and not picture.pixmap().isNull() and not picture.accessibleName()
        and not _words(picture.parentWidget() or picture)
    ]  # fmt: skip


def toned_without_words(root: QWidget) -> list[str]:
    """Things that the style sheet colours by their ``tone`` and that say nothing."""
    return [
        describe(widget)
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.property("tone") and not _words(widget)
    ]


def describe(widget: QWidget) -> str:
    """A widget as one would point at it."""
    words = widget.accessibleName() or (widget.text() if hasattr(widget, "text") else "")
    if isinstance(widget, QLabel) and not words:
        words = "a picture"
    parents = [type(p).__name__ for p in _up(widget)][:3]
    words = str(words() if callable(words) else words)[:60]
    return f"{type(widget).__name__} “{words}” in {' in '.join(parents)} ({widget.width()}×{widget.height()})"


def _says_its_name(widget: QWidget) -> bool:
    """Qt's own OK and Close: their words are their name."""
    return isinstance(widget.parentWidget(), QDialogButtonBox) and bool(getattr(widget, "text", str)())


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QScrollBar)
        or isinstance(parent, PARTS_OF)
        or any(type(each).__name__ in ("QComboBoxPrivateContainer", "QTabBar", "QMenuBar", "PlotWidget")
               for each in _up(widget))
    )  # fmt: skip


def _up(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def _takes_part(widget: QWidget) -> bool:
    """A list of which nothing can be chosen, or an empty one, need not be visited."""
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


def _is_squeezed(widget: QAbstractButton) -> bool:
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
    return max((text.fontMetrics().horizontalAdvance(word) for word in text.text().split()), default=0)


def _is_outside(widget: QWidget, root: QWidget) -> bool:
    """Cut by the window, or sideways by a scroll area that does not scroll sideways."""
    for frame in _up(widget):
        if isinstance(frame, QScrollArea | QAbstractScrollArea):
            view = frame.viewport()
            if not view.isAncestorOf(widget):
                continue
            left = widget.mapTo(view, QPoint(0, 0)).x()
            never = frame.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            return never and (left < -SLACK or left + widget.width() > view.width() + SLACK)
        if frame is root:
            break
    corner = widget.mapTo(root, QPoint(0, 0))
    end = corner + QPoint(widget.width(), widget.height())
    return (
        corner.x() < -SLACK
        or corner.y() < -SLACK
        or end.x() > root.width() + SLACK
        or end.y() > root.height() + SLACK
    )


def _words(widget: QWidget) -> str:
    own = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    inner = "".join(it.text() for it in widget.findChildren(QLabel))
    return own + inner + "".join(it.text() for it in widget.findChildren(QAbstractButton))
