"""Tables of rows: their common look, and sizes that follow the text size and the language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.widgets.factory import set_accessible_name

_LINE_HEIGHT = 16
"""Height of a line of text at 100 %, in pixels; widths are meant for it."""

_ROW = 2.2
_MARGIN = 26
"""Around the words of a heading: its padding and the arrow that shows the order."""

_FONTS = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Polish})


class TableFit(QObject):
    """Fits ``table`` now, whenever fonts change, and when it gets another size.

    Parameters
    ----------
    widths:
        Column to width in pixels at 100 % text. The column that is left out gets the rest.
    row_height:
        Least height of a row in pixels.
    rest:
        Least width of the column that gets the rest; a table without room for it scrolls.
    """

    def __init__(
        self, table: QTableView, widths: Mapping[int, int], row_height: int = 34, rest: int = 120
    ) -> None:
        super().__init__(table)
        self._table, self._widths, self._row_height, self._least = table, dict(widths), row_height, rest
        columns = range(table.model().columnCount())
        self._rest = next(place for place in columns if place not in self._widths)
        table.horizontalHeader().setSectionResizeMode(self._rest, QHeaderView.ResizeMode.Interactive)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Set all sizes for the font as it is."""
        line = self._table.fontMetrics().height()
        self._table.verticalHeader().setDefaultSectionSize(max(self._row_height, round(line * _ROW)))
        for column, width in self._widths.items():
            self._table.setColumnWidth(column, max(self._scaled(width), self._heading(column)))
        self._fill()

    def _fill(self) -> None:
        others = sum(self._table.columnWidth(column) for column in self._widths)
        least = max(self._scaled(self._least), self._heading(self._rest))
        self._table.setColumnWidth(self._rest, max(least, self._table.viewport().width() - others))

    def _scaled(self, width: int) -> int:
        return round(width * max(1.0, self._table.fontMetrics().height() / _LINE_HEIGHT))

    def _heading(self, column: int) -> int:
        words = self._table.model().headerData(column, Qt.Orientation.Horizontal)
        return self._table.horizontalHeader().fontMetrics().horizontalAdvance(str(words or "")) + _MARGIN

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fonts come with the style."""
        kind = event.type()
        if kind in _FONTS and watched is self._table:
            self.fit()
        elif kind == QEvent.Type.Resize and watched is not self._table:  # the viewport: it has its new size
            self._fill()
        return super().eventFilter(watched, event)


def set_up_table(table: QTableView, heading_tip: str = "", *, single: bool = False) -> None:
    """Let a table show rows that are selected as a whole, without grid, below headings at the left."""
    modes = QAbstractItemView.SelectionMode
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(modes.SingleSelection if single else modes.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    set_accessible_name(header, tr("Column headings"), heading_tip)
