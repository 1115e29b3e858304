"""A button that shows as much of its text as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

_LETTERS = 12
"""Letters for which there is always room."""


class ElidedButton(QPushButton):
    """A quiet button whose text may be longer than its width."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return the size for some letters."""
        hint = self.sizeHint()
        return hint.boundedTo(QSize(_LETTERS * self.fontMetrics().averageCharWidth(), hint.height()))

    def drawn_text(self) -> str:
        """Return the text that fits."""
        if self.width() >= self.sizeHint().width():
            return self.text()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button with what fits of its text."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.drawn_text()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()
