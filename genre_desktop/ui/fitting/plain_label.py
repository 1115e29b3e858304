"""A label of plain text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

from genre_desktop.core.quoting.display import shown

_LONGEST_WORD = 24
"""Letters of a word for which a label makes room."""


class PlainLabel(QLabel):
    """A label whose text is never parsed as HTML, and :func:`.display.shown`."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(shown(text))

    def minimumSizeHint(self) -> QSize:
        """Return the least size; no word of a text of several lines makes the window wider than itself."""
        size = super().minimumSizeHint()
        if self.wordWrap():
            size.setWidth(min(size.width(), _LONGEST_WORD * self.fontMetrics().averageCharWidth()))
        return size
