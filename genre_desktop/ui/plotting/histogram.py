"""Small histograms: bars for what is, an outline for what was expected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.theme.theme import Theme

_FOOT = 4


class HistogramView(QWidget):
    """Bars over an axis with its first and last value; a dashed stepped line shows the reference.

    The two are told apart by shape, so colour is not needed.
    """

    def __init__(self, theme: Theme, name: str, height: int = 96) -> None:
        super().__init__()
        self._theme, self._height = theme, height
        self._bars: tuple[float, ...] = ()
        self._line: tuple[float, ...] = ()
        self._ends = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        save_image.add_save_action(self)
        theme.changed.connect(self.update)

    def show_bars(
        self,
        bars: Sequence[float],
        line: Sequence[float] = (),
        ends: tuple[str, str] = ("", ""),
        words: str = "",
    ) -> None:
        """Show counts or shares; ``words`` is what screen readers say."""
        self._bars, self._line, self._ends = tuple(bars), tuple(line), ends
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as it was asked to be, plus a line of text."""
        return QSize(160, self._height + self.fontMetrics().height() + _FOOT)

    def minimumSizeHint(self) -> QSize:
        """Bars can be narrow."""
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, outline, axis."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        foot = self.fontMetrics().height() + _FOOT
        area = QRectF(0.5, 2, self.width() - 1, self.height() - foot - 2)
        top = max((*self._bars, *self._line), default=0.0) or 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        for place, value in enumerate(self._bars):
            bar = _cell(area, place, len(self._bars), value / top)
            if value:
                painter.drawRoundedRect(bar, 2, 2)
        if self._line:
            pen = QPen(QColor(palette.text), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(_steps(area, self._line, top))
        painter.setPen(QColor(palette.outline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(palette.muted))
        ground = QRectF(0, self.height() - foot + _FOOT / 2, self.width(), foot)
        painter.drawText(ground, Qt.AlignmentFlag.AlignLeft, self._ends[0])
        painter.drawText(ground, Qt.AlignmentFlag.AlignRight, self._ends[1])
        painter.end()


def _cell(area: QRectF, place: int, n: int, share: float) -> QRectF:
    width = area.width() / n
    height = max(share * area.height(), 1.5)
    gap = min(2.0, width * 0.2)
    return QRectF(area.left() + place * width + gap / 2, area.bottom() - height, width - gap, height)


def _steps(area: QRectF, values: Sequence[float], top: float) -> QPolygonF:
    width = area.width() / len(values)
    points = [area.bottomLeft()]
    for place, value in enumerate(values):
        y = area.bottom() - value / top * area.height()
        points += [QPointF(area.left() + place * width, y), QPointF(area.left() + (place + 1) * width, y)]
    return QPolygonF([*points, area.bottomRight()])
