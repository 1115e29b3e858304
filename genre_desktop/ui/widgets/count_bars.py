"""Horizontal bars per genre with name and number, such as clips per genre or recall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.theme.genre_colours import colour_of
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.table_cells import draw_bar, draw_spot

_GAP = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A genre, the filled share of its bar (0 to 1), and its number as text."""

    genre: str
    share: float
    text: str


class CountBars(QWidget):
    """One line per genre: dot, name, bar, number. ``title`` is the accessible name."""

    _min_line, _line_scale = 24, 1.7
    """Least height of a line in pixels, and its height in heights of the font."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        save_image.add_save_action(self)
        theme.changed.connect(self.updateGeometry)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars, in their order."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{genre_name(bar.genre)} {bar.text}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all lines."""
        return QSize(240, self._line() * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        """Return a size in which only the bars are narrower."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint dot, name, bar and number of each line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, numbers = self._column_widths()
        for index, bar in enumerate(self._bars):
            self._draw(painter, index * self._line(), bar, names, numbers)
        painter.end()

    def _column_widths(self) -> tuple[int, int]:
        """Return the widths in pixels of the names with their dots and of the numbers."""
        numbers = max((self.fontMetrics().horizontalAdvance(bar.text) for bar in self._bars), default=0)
        return self._theme.scaled(20) + 4 + min(self._widest_name(), self.width() // 3), numbers

    def _widest_name(self) -> int:
        width = self.fontMetrics().horizontalAdvance
        return max((width(genre_name(bar.genre)) for bar in self._bars), default=0)

    def _draw(self, painter: QPainter, top: int, bar: Bar, names: int, numbers: int) -> None:
        palette, metrics = self._theme.palette, self.fontMetrics()
        line = self.rect().adjusted(0, top, 0, 0)
        line.setHeight(self._line())
        middle = line.center().y()
        draw_spot(painter, line.left(), middle, colour_of(bar.genre), self._theme)
        painter.setPen(QColor(palette.text))
        name = genre_name(bar.genre)
        beside = self._theme.scaled(20)
        if metrics.horizontalAdvance(name) > names - beside:
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names - beside)
        painter.drawText(line.adjusted(beside, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        box = QRectF(names + _GAP, middle - 3.5, max(8, line.width() - names - numbers - 2 * _GAP), 8)
        draw_bar(painter, box, bar.share, palette.accent, palette.raised)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, bar.text)

    def _line(self) -> int:
        return max(self._min_line, round(self.fontMetrics().height() * self._line_scale))
