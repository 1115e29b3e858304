"""A check box whose title continues on the next line where the width does not suffice."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton

_WORD = re.compile(r"\s*(?:\S+?-(?=\S)|\S+)")
"""A word, or a part that ends with a hyphen, with the space before it."""


class WrapCheckBox(QCheckBox):
    """Shows its title in as many lines as it needs: Qt itself would make the window wider, or cut it off."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._title = title
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size in one line."""
        return self._size(self._title)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the longest word, and the height of one line."""
        longest = max(map(str.strip, _WORD.findall(self._title)), key=len, default="")
        return QSize(self._size(longest).width(), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._size(self._wrapped(width)).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the title for the new width."""
        super().resizeEvent(event)
        text = self._wrapped(self.width())
        if text != self.text():
            self.setText(text)

    def _wrapped(self, width: int) -> str:
        lines: list[str] = []
        for word in _WORD.findall(self._title):
            if lines and self._size(lines[-1] + word).width() <= width:
                lines[-1] += word
            else:
                lines.append(word.strip())
        return "\n".join(lines)

    def _size(self, text: str) -> QSize:
        self.ensurePolished()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = text
        flags = Qt.TextFlag.TextShowMnemonic
        inner = self.style().itemTextRect(self.fontMetrics(), QRect(), flags.value, False, text).size()
        return self.style().sizeFromContents(QStyle.ContentsType.CT_CheckBox, option, inner, self)
