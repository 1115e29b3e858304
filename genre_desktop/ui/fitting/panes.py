"""Splitters: panes side by side where the window is wide enough, each as high as its contents need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from genre_desktop.ui.fitting.least_height import least_height

LETTERS = 80
"""The least width of two panes side by side, in average letters."""


def is_narrow(widget: QWidget) -> bool:
    """Return whether a widget is too narrow for two panes side by side, at the present text size."""
    return widget.width() < LETTERS * widget.fontMetrics().averageCharWidth()


class Panes(QSplitter):
    """Panes side by side, or one below the other in a narrow window."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)

    def event(self, event: QEvent) -> bool:
        """Turn when the width or the text has changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._turn)  # not while widgets get their style
        return super().event(event)

    def _turn(self) -> None:
        orientations = Qt.Orientation
        self.setOrientation(orientations.Vertical if is_narrow(self) else orientations.Horizontal)


class Pane(QFrame):
    """A card in a splitter: a splitter asks only for least sizes, and those of layouts expect no line to wrap."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")

    def minimumSizeHint(self) -> QSize:
        """Return the height that the contents need at the present width."""
        size, layout = super().minimumSizeHint(), self.layout()
        if layout is not None and layout.hasHeightForWidth():
            size.setHeight(least_height(layout, self.width()))
        return size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the splitter when another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
