"""The overlay that is shown while files are dragged over the window."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.overlay import Overlay

FADE_MS = 120


class DropOverlay(Overlay):
    """Covers its parent with a dashed frame and a text; transparent for mouse events."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._items = theme, 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Drop target"))
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()

    def show_count(self, items: int) -> None:
        """Fade in with the number of files or folders that would be opened."""
        self._items = items
        self._place()
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self.raise_()
        self.show()
        self._fade.start()

    def _place(self) -> None:
        self.setGeometry(self._ground.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint background, dashed frame, icon and text."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrim = QColor(palette.accent_soft)
        scrim.setAlphaF(0.97)
        painter.fillRect(self.rect(), scrim)
        pen = QPen(QColor(palette.accent), 3, Qt.PenStyle.DashLine)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 24, 24)
        self._draw_text(painter)
        painter.end()

    def _draw_text(self, painter: QPainter) -> None:
        palette = self._theme.palette
        centre = self.rect().center()
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(
            centre.x() - 36, centre.y() - 96, icons.pixmap("drop", 72, palette.on_accent_soft, ratio)
        )
        painter.setPen(QColor(palette.on_accent_soft))
        font = self.font()
        font.setPixelSize(round(self.fontInfo().pixelSize() * 1.8))
        font.setBold(True)
        painter.setFont(font)
        line = self.rect().adjusted(0, 24, 0, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, tr("Drop to analyse"))
        painter.setFont(self.font())
        count = plural(self._items, "1 file or folder", "{n} files or folders")
        painter.drawText(line.adjusted(0, 72, 0, 0), Qt.AlignmentFlag.AlignCenter, count)
