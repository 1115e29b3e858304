"""A text as large as its room allows: shrunk until all of it fits, never cut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from genre_desktop.ui.fitting.plain_label import PlainLabel
from genre_desktop.ui.theme.theme import Theme

_WORDS, _ANYWHERE = int(Qt.TextFlag.TextWordWrap), int(Qt.TextFlag.TextWrapAnywhere)


class FittedLabel(PlainLabel):
    """Paints its text in the largest size for which it fits, on several lines if that is larger.

    Parameters
    ----------
    tone:
        The palette's colour of the text.
    """

    def __init__(self, theme: Theme, tone: str = "text", *, bold: bool = False) -> None:
        super().__init__()
        self._theme, self._bold = theme, bold
        self.tone = tone
        self.least_capital = 0.0
        """Height of capitals in pixels below which words are divided rather than made smaller."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        """Return no size: the text follows its room."""
        return QSize(0, 0)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self.tone = tone
        self.update()

    def fitted(self) -> tuple[QFont, int]:
        """Return the font, and the flag that says where lines are broken."""
        size = self._largest(_WORDS)
        font = self._font(size)
        if QFontMetricsF(font).capHeight() >= self.least_capital:
            return font, _WORDS
        divided = self._largest(_ANYWHERE)
        return (self._font(divided), _ANYWHERE) if divided > size else (font, _WORDS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text in the middle of its height."""
        if not self.text():
            return
        painter = QPainter(self)
        font, wrap = self.fitted()
        painter.setFont(font)
        painter.setPen(QColor(getattr(self._theme.palette, self.tone)))
        painter.drawText(QRectF(self.rect()), int(self._alignment()) | wrap, self.text())
        painter.end()

    def _alignment(self) -> Qt.AlignmentFlag:
        return self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask | Qt.AlignmentFlag.AlignVCenter

    def _font(self, pixels: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(1, pixels))
        font.setWeight(QFont.Weight.Bold if self._bold else QFont.Weight.Normal)
        return font

    def _largest(self, wrap: int) -> int:
        low, high = 1, max(2, self.height())
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._fits(middle, wrap) else (low, middle)
        return low

    def _fits(self, pixels: int, wrap: int) -> bool:
        room = QRectF(self.rect())
        needed = QFontMetricsF(self._font(pixels)).boundingRect(room, wrap, self.text())
        return needed.width() <= room.width() and needed.height() <= room.height()
