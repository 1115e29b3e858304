"""Named bars: one line per entry with its name, a bar and a number; for clips per genre and recall."""

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
    """A genre, how full its bar is (0 to 1), and the number in words."""

    genre: str
    share: float
    words: str


class CountBars(QWidget):
    """Lines of genre, bar and number. ``title`` is what screen readers call it."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        save_image.add_save_action(self)
        theme.changed.connect(self.updateGeometry)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these, in their order."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{genre_name(bar.genre)} {bar.words}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(240, self._line() * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        """Bars shrink, names and numbers do not."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Spot, name, bar, number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.fontMetrics().horizontalAdvance
        names = max((wide(genre_name(bar.genre)) for bar in self._bars), default=0)
        names = 24 + min(names, self.width() // 3)
        number = max((wide(bar.words) for bar in self._bars), default=0)
        for place, bar in enumerate(self._bars):
            self._draw(painter, place * self._line(), bar, names, number)
        painter.end()

    def _draw(self, painter: QPainter, top: int, bar: Bar, names: int, number: int) -> None:
        palette = self._theme.palette
        line = self.rect().adjusted(0, top, 0, 0)
        line.setHeight(self._line())
        middle = line.center().y()
        draw_spot(painter, line.left(), middle, colour_of(bar.genre), palette.outline)
        painter.setPen(QColor(palette.text))
        name = self.fontMetrics().elidedText(genre_name(bar.genre), Qt.TextElideMode.ElideRight, names - 20)
        painter.drawText(line.adjusted(20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        box = QRectF(names + _GAP, middle - 3.5, max(8, line.width() - names - number - 2 * _GAP), 8)
        draw_bar(painter, box, bar.share, palette.accent, palette.raised)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, bar.words)

    def _line(self) -> int:
        return max(24, round(self.fontMetrics().height() * 1.7))
