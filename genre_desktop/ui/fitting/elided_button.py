"""A button that shows as much of its text as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy


class ElidedButton(QPushButton):
    """A quiet button whose width follows from its place; its accessible name should be the whole text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setProperty("kind", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        width = self.fontMetrics().horizontalAdvance
        shown = self.text() or "XXXX"  # for which Qt makes room where there is no text
        return super().sizeHint() + QSize(width(self._whole) - width(shown), 0)

    def minimumSizeHint(self) -> QSize:
        """Return the size of a word."""
        least = 12 * self.fontMetrics().averageCharWidth()
        return self.sizeHint().boundedTo(QSize(least, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text for the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics, missing = self.fontMetrics(), self.sizeHint().width() - self.width()
        text = self._whole
        if missing > 0:
            room = metrics.horizontalAdvance(text) - missing
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if text != self.text():
            self.setText(text)
