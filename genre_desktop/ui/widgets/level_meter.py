"""The level meter: RMS level as a bar, held peak as a line, and a clipping indicator, in dBFS."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.audio.capture.level_meter import Level
from genre_desktop.ui.theme.theme import Theme

LOWEST_DB = -60.0
_MARKS = (-60, -48, -36, -24, -12, -6, 0)
_LOUD_DB = -6.0


class LevelMeter(QWidget):
    """Shows a :class:`Level`; the clipping indicator is labelled CLIP."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = Level()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Input level"))
        self.setToolTip(tr("Level (bar) and peak hold (line) in dBFS; 0 is the maximum of a device."))
        theme.changed.connect(self.update)

    def show_level(self, level: Level) -> None:
        """Show a level."""
        self._level = level
        self.update()

    def describe(self) -> None:
        """Update the accessible description; meant for a few calls a second, not for every frame."""
        clip = tr(", clipping") if self._level.clipped else ""
        text = tr(
            "{rms} dBFS, peak {peak} dBFS",
            rms=decibels(self._level.rms_db),
            peak=decibels(self._level.hold_db),
        )
        self.setAccessibleDescription(text + clip)

    def sizeHint(self) -> QSize:
        """Return the size of the bar and its scale."""
        return QSize(260, max(16, self.fontMetrics().height() - 2) + round(self.fontMetrics().height() * 1.3))

    def minimumSizeHint(self) -> QSize:
        """Return the same height and a smaller width."""
        return QSize(140, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint background, bar, peak, clipping indicator and scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        bar = self._bar()
        _round(painter, bar, palette.raised)
        filled = QRectF(bar)
        filled.setWidth(bar.width() * share(self._level.rms_db))
        _round(painter, filled, palette.warning if self._level.rms_db > _LOUD_DB else palette.accent)
        self._draw_peak(painter, bar)
        self._draw_clip(painter, bar)
        painter.setPen(QColor(palette.muted))
        self._draw_marks(painter, bar)
        painter.end()

    def _bar(self) -> QRectF:
        clip = self.fontMetrics().horizontalAdvance("CLIP") + 20
        return QRectF(0, 2, self.width() - clip, max(12, self.fontMetrics().height() - 6))

    def _draw_peak(self, painter: QPainter, bar: QRectF) -> None:
        if self._level.hold_db <= LOWEST_DB:
            return
        x = bar.left() + bar.width() * share(self._level.hold_db)
        painter.setPen(QPen(QColor(self._theme.palette.text), 2))
        painter.drawLine(round(x), round(bar.top()), round(x), round(bar.bottom()))

    def _draw_clip(self, painter: QPainter, bar: QRectF) -> None:
        palette = self._theme.palette
        box = QRectF(bar.right() + 8, 0, self.width() - bar.right() - 8, bar.height() + 4)
        _round(painter, box, palette.danger if self._level.clipped else palette.raised)
        painter.setPen(QColor(palette.surface if self._level.clipped else palette.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "CLIP")

    def _draw_marks(self, painter: QPainter, bar: QRectF) -> None:
        """Draw the scale from 0 dBFS down; a number that would overlap the previous one is left out."""
        room = bar.right() + 1.0
        for mark in sorted(_MARKS, reverse=True):
            text = str(mark).replace("-", "−")
            width = painter.fontMetrics().horizontalAdvance(text)
            x = bar.left() + bar.width() * share(mark)
            left = min(max(0.0, x - width / 2), bar.right() - width)
            if left + width < room:
                painter.drawText(
                    QRectF(left, bar.bottom() + 2, width + 2, self.height() - bar.bottom()), text
                )
                room = left - 4


def share(db: float) -> float:
    """Return the position of a level on the bar, 0 to 1."""
    return min(1.0, max(0.0, (db - LOWEST_DB) / -LOWEST_DB))


def decibels(db: float) -> str:
    """Format a level as an integer with a typographic minus sign."""
    return f"{db:.0f}".replace("-", "−")


def _round(painter: QPainter, box: QRectF, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(box, 4, 4)
