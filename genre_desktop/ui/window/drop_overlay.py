"""What is seen while files hover over the window: the whole window is the target."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme

FADE_MS = 120


class DropOverlay(QWidget):
    """Covers its parent with a dashed frame and a word of welcome; takes no events itself."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._window, self._items = theme, parent, 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Drop target"))
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()

    def welcome(self, items: int) -> None:
        """Appear, saying how many files or folders would be opened."""
        self._items = items
        self.setGeometry(self._window.rect())
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self.raise_()
        self.show()
        self._fade.start()

    def setVisible(self, visible: bool) -> None:
        """Watch the window's size only while visible: a filter is called for each of its events."""
        super().setVisible(visible)
        change = self._window.installEventFilter if visible else self._window.removeEventFilter
        change(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the parent."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scrim, dashed frame, icon, words."""
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
        self._draw_words(painter)
        painter.end()

    def _draw_words(self, painter: QPainter) -> None:
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
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, tr("Drop to find out what it is"))
        painter.setFont(self.font())
        words = plural(self._items, "One file or folder", "{n} files or folders")
        painter.drawText(line.adjusted(0, 72, 0, 0), Qt.AlignmentFlag.AlignCenter, words)
