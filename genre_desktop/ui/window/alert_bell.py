"""The bell button with the number of unread alerts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import set_accessible_name
from genre_desktop.ui.window.nav_rail import RailButton


class AlertBell(RailButton):
    """A button in the navigation rail with the number of unread alerts as a badge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Alerts"), "bell")
        self._theme, self._count = theme, 0
        self.show_count(0)

    @property
    def count(self) -> int:
        """The shown number."""
        return self._count

    def show_count(self, count: int) -> None:
        """Show the number of unread alerts; 0 hides the badge."""
        self._count = count
        unread = plural(count, "1 unread", "{n} unread") if count else tr("none unread")
        set_accessible_name(
            self, tr("Alerts, {words}", words=unread), tr("Show alerts: {words}", words=unread)
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then the badge."""
        super().paintEvent(event)
        if not self._count:
            return
        text = str(self._count) if self._count < 100 else "99+"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        height = metrics.height() + 2
        width = max(height, metrics.horizontalAdvance(text) + 10)
        badge = QRectF(self.width() / 2 + 2, 6, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.danger))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(QColor(self._theme.palette.surface))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
