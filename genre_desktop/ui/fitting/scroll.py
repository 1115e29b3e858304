"""Contents that scroll where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from genre_desktop.ui.fitting.least_height import least_height
from genre_desktop.ui.fitting.wheel import WheelFilter


class Contents(QWidget):
    """Contents of a :class:`Scroll`: as high as the area, and no less than they need at its width."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scrolled")  # the style sheet makes it transparent

    def heightForWidth(self, width: int) -> int:
        """Return the least height; Qt would return the preferred one, and scroll too early."""
        layout = self.layout()
        return least_height(layout, width) if layout is not None else -1


class Scroll(QScrollArea):
    """Shows contents that scroll vertically where they are too high.

    Only where they are wider than the area although they wrap, they scroll horizontally too.
    """

    def __init__(self, contents: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.contents = contents
        self.setWidget(contents)
        self._wheel = WheelFilter(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the fields that the contents have by now."""
        super().showEvent(event)
        self._wheel.watch(self.contents)

    def sizeHint(self) -> QSize:
        """Return the size of the whole contents."""
        return self.contents.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return a small size."""
        return QSize(80, 80)
