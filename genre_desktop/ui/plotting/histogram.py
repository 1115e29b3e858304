"""Small histograms with an optional reference distribution."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.theme.theme import Theme

_LABEL_GAP = 4


class HistogramView(QWidget):
    """Bars above an axis with its first and last value; the reference is a dashed stepped line."""

    def __init__(self, theme: Theme, name: str, height: int = 96) -> None:
        super().__init__()
        self._theme, self._height = theme, height
        self._bars: tuple[float, ...] = ()
        self._reference: tuple[float, ...] = ()
        self._ends = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        save_image.add_save_action(self)
        theme.changed.connect(self.update)

    def show_bars(
        self,
        bars: Sequence[float],
        reference: Sequence[float] = (),
        ends: tuple[str, str] = ("", ""),
        description: str = "",
    ) -> None:
        """Show counts or shares; ``description`` is for screen readers."""
        self._bars, self._reference, self._ends = tuple(bars), tuple(reference), ends
        self.setAccessibleDescription(description)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the given height plus a line of text."""
        return QSize(160, self._height + self.fontMetrics().height() + _LABEL_GAP)

    def minimumSizeHint(self) -> QSize:
        """Return a small width: bars can be narrow."""
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, reference and axis."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        label_height = self.fontMetrics().height() + _LABEL_GAP
        area = QRectF(0.5, 2, self.width() - 1, self.height() - label_height - 2)
        top = max((*self._bars, *self._reference), default=0.0) or 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        for place, value in enumerate(self._bars):
            bar = _cell(area, place, len(self._bars), value / top)
            if value:
                painter.drawRoundedRect(bar, 2, 2)
        if self._reference:
            pen = QPen(QColor(palette.text), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(_stepped_line(area, self._reference, top))
        painter.setPen(QColor(palette.outline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(palette.muted))
        labels = QRectF(0, self.height() - label_height + _LABEL_GAP / 2, self.width(), label_height)
        painter.drawText(labels, Qt.AlignmentFlag.AlignLeft, self._ends[0])
        painter.drawText(labels, Qt.AlignmentFlag.AlignRight, self._ends[1])
        painter.end()


def _cell(area: QRectF, place: int, n: int, share: float) -> QRectF:
    width = area.width() / n
    height = max(share * area.height(), 1.5)
    gap = min(2.0, width * 0.2)
    return QRectF(area.left() + place * width + gap / 2, area.bottom() - height, width - gap, height)


def _stepped_line(area: QRectF, values: Sequence[float], top: float) -> QPolygonF:
    width = area.width() / len(values)
    points = [area.bottomLeft()]
    for place, value in enumerate(values):
        y = area.bottom() - value / top * area.height()
        points += [QPointF(area.left() + place * width, y), QPointF(area.left() + (place + 1) * width, y)]
    return QPolygonF([*points, area.bottomRight()])
