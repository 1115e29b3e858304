"""A confusion matrix with a count in every cell, so that colour is not needed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.theme.palette import ink_on
from genre_desktop.ui.theme.theme import Theme


class Confusion(QWidget):
    """Rows are true genres, columns answers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._labels: list[str] = []
        self._counts: Mapping[str, Mapping[str, int]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Confusion matrix (rows: true genre, columns: answer)"))
        save_image.add_save_action(self)
        theme.changed.connect(self.update)

    def show_counts(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Show counts by true genre, then answer."""
        self._counts = counts
        self._labels = sorted({*counts, *(name for row in counts.values() for name in row)})
        self.setAccessibleDescription("; ".join(_description(truth, row) for truth, row in counts.items()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line per genre and one of headings."""
        return QSize(320, self._line() * (len(self._labels) + 1))

    def minimumSizeHint(self) -> QSize:
        """Return a width that fits two digits per cell."""
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names and the cells, with more accent colour for larger shares."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.fontMetrics().horizontalAdvance
        widest = max((wide(genre_name(name)) for name in self._labels), default=0)
        names = min(widest, self.width() // 3) + 8
        side = (self.width() - names) / max(1, len(self._labels))
        for place, name in enumerate(self._labels):
            top = (place + 1) * self._line()
            painter.setPen(QColor(self._theme.palette.muted))
            heading = QRectF(names + place * side, 0, side, self._line())
            painter.drawText(heading, Qt.AlignmentFlag.AlignCenter, genre_name(name)[:2])
            line = QRectF(0, top, names, self._line())
            name_shown = self.fontMetrics().elidedText(
                genre_name(name), Qt.TextElideMode.ElideRight, names - 8
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name_shown)
            self._draw_row(painter, name, QRectF(names, top, side, self._line()))
        painter.end()

    def _draw_row(self, painter: QPainter, truth: str, cell: QRectF) -> None:
        row = self._counts.get(truth, {})
        total = max(1, sum(row.values()))
        for place, answer in enumerate(self._labels):
            n = row.get(answer, 0)
            box = cell.translated(place * cell.width(), 0).adjusted(1, 1, -1, -1)
            background = _blend(self._theme.palette.raised, self._theme.palette.accent, n / total)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(background))
            painter.drawRoundedRect(box, 3, 3)
            if n:
                painter.setPen(QColor(ink_on(background)))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(n))

    def _line(self) -> int:
        return max(22, round(self.fontMetrics().height() * 1.5))


def _description(truth: str, row: Mapping[str, int]) -> str:
    found = ", ".join(f"{genre_name(answer)} {n}" for answer, n in row.items())
    return f"{genre_name(truth)}: {found}"


def _blend(one: str, other: str, share: float) -> str:
    a, b = QColor(one), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * share) for x, y in pairs)).name()
