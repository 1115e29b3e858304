"""Common settings of tables, and column widths that follow the text size and the language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.widgets.factory import set_accessible_name

_LINE_HEIGHT = 16
"""Height of a line of text at 100 % in pixels, to which widths refer."""

_ROW = 2.2
_MARGIN = 26
"""Padding and sort indicator of a heading, in pixels."""

_FONTS = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Polish})


class TableFit(QObject):
    """Fits the columns and rows of ``table`` now, and when its fonts or its size change.

    Parameters
    ----------
    widths:
        Column to width in pixels at 100 % text. The omitted column gets the remaining width.
    row_height:
        Least height of a row in pixels.
    rest:
        Least width of the omitted column; a narrower table scrolls.
    """

    def __init__(
        self, table: QTableView, widths: Mapping[int, int], row_height: int = 34, rest: int = 120
    ) -> None:
        super().__init__(table)
        self._table, self._widths, self._row_height, self._least = table, dict(widths), row_height, rest
        columns = range(table.model().columnCount())
        self._rest = next(column for column in columns if column not in self._widths)
        table.horizontalHeader().setSectionResizeMode(self._rest, QHeaderView.ResizeMode.Interactive)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Set all sizes for the present font."""
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
        title = self._table.model().headerData(column, Qt.Orientation.Horizontal)
        return self._table.horizontalHeader().fontMetrics().horizontalAdvance(str(title or "")) + _MARGIN

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when the font or the size changed."""
        kind = event.type()
        if kind in _FONTS and watched is self._table:
            self.fit()
        elif kind == QEvent.Type.Resize and watched is not self._table:  # the viewport
            self._fill()
        return super().eventFilter(watched, event)


def set_up_table(table: QTableView, heading_tip: str = "", *, single: bool = False) -> None:
    """Make a table select whole rows, hide its grid and align its headings to the left."""
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
