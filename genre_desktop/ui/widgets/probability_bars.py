"""Genres with their probabilities as bars: colour, name and number for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.types import GenreScore
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.theme.genre_colours import colour_of
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.table_cells import draw_bar, draw_spot

_GAP = 12
_NOTHING = 0.005
"""Below this the number says 0 %, so there is no bar."""


class ProbabilityBars(QWidget):
    """One line per genre, the likeliest first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scores: tuple[GenreScore, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("How likely each genre is"))
        save_image.add_save_action(self)
        theme.changed.connect(self.updateGeometry)

    def show_scores(self, scores: Sequence[GenreScore]) -> None:
        """Show these, in their order."""
        self._scores = tuple(scores)
        words = ", ".join(f"{genre_name(score.genre)} {percent(score.probability)}" for score in scores)
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(240, self._line() * max(1, len(self._scores)))

    def minimumSizeHint(self) -> QSize:
        """Bars shrink, names and numbers do not."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Spot, name, bar, number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        names = (
            max((metrics.horizontalAdvance(genre_name(score.genre)) for score in self._scores), default=0)
            + 20
        )
        number = metrics.horizontalAdvance("100 %")
        for place, score in enumerate(self._scores):
            self._draw(painter, place * self._line(), score, names, number)
        painter.end()

    def _draw(self, painter: QPainter, top: int, score: GenreScore, names: int, number: int) -> None:
        palette = self._theme.palette
        line = self.rect().adjusted(0, top, 0, 0)
        line.setHeight(self._line())
        middle = line.center().y()
        draw_spot(painter, line.left(), middle, colour_of(score.genre), palette.outline)
        painter.setPen(QColor(palette.text))
        painter.drawText(line.adjusted(20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, genre_name(score.genre))
        bar = QRectF(names + _GAP, middle - 3.5, line.width() - names - number - 2 * _GAP, 8)
        shown = score.probability if score.probability >= _NOTHING else 0.0
        draw_bar(painter, bar, shown, palette.accent, palette.raised)
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            percent(score.probability),
        )

    def _line(self) -> int:
        return max(20, round(self.fontMetrics().height() * 1.45))
