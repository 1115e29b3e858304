"""Rows and columns of a table that grow with the text size and with the words of the language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

_LINE_HEIGHT = 16
"""Height of a line of text at 100 %, in pixels; widths are meant for it."""

_ROW = 2.2
_MARGIN = 26
"""Around the words of a heading: its padding and the arrow that shows the order."""


class TableFit(QObject):
    """Fits ``table`` now and whenever fonts change.

    Parameters
    ----------
    widths:
        Column to width in pixels at 100 % text; columns that stretch are left out.
    row_height:
        Least height of a row in pixels.
    """

    def __init__(self, table: QTableView, widths: Mapping[int, int], row_height: int = 34) -> None:
        super().__init__(table)
        self._table, self._widths, self._row_height = table, dict(widths), row_height
        table.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Set the sizes for the font as it is."""
        line = self._table.fontMetrics().height()
        self._table.verticalHeader().setDefaultSectionSize(max(self._row_height, round(line * _ROW)))
        for column, width in self._widths.items():
            scaled = round(width * max(1.0, line / _LINE_HEIGHT))
            self._table.setColumnWidth(column, max(scaled, self._heading(column)))

        stretched = [self._heading(place) for place in range(self._columns) if place not in self._widths]
        self._table.horizontalHeader().setMinimumSectionSize(max(stretched, default=24))

    @property
    def _columns(self) -> int:
        model = self._table.model()
        return model.columnCount() if model is not None else 0

    def _heading(self, column: int) -> int:
        header: QHeaderView = self._table.horizontalHeader()
        model = self._table.model()
        words = model.headerData(column, Qt.Orientation.Horizontal) if model is not None else ""
        return header.fontMetrics().horizontalAdvance(str(words or "")) + _MARGIN

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fonts come with the style."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Polish):
            self.fit()
        return super().eventFilter(watched, event)
