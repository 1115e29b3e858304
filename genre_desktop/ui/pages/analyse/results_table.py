"""The table of files and answers."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.table_model import COLUMNS, ResultsModel
from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import selected_rows, set_accessible_name
from genre_desktop.ui.widgets.table_cells import ConfidenceCell, GenreCell, StatusCell, TextCell
from genre_desktop.ui.widgets.table_fit import set_up_table

_WIDTHS = {
    "file": 120,
    "genre": 128,
    "confidence": 112,
    "status": 116,
    "runner_up": 92,
    "duration": 76,
    "model": 108,
}
_LINE_HEIGHT = 15
"""Height of a line in the text size that the widths are meant for."""

_OWN, _FITTED = b"1", b"0"

_PLACES = {column.key: place for place, column in enumerate(COLUMNS)}


class ResultsTable(QTableView):
    """Rows of a :class:`ResultsModel`; ``current`` carries the row the person looks at, or None."""

    current = Signal(object)
    selection_changed = Signal()
    agreed = Signal()
    """Return was pressed: the answer is right."""

    def __init__(self, theme: Theme, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: ResultRow | None = None
        self._theme, self._own_widths, self._fitting = theme, False, False
        self.setModel(model)
        set_accessible_name(self, tr("Results"))
        self._set_up_looks(theme)
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self._remembered: tuple[ResultRow | None, list[ResultRow]] = (None, [])

    def _set_up_looks(self, theme: Theme) -> None:
        set_up_table(self, tr("Click to sort, drag to move, right-click to choose columns"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAcceptDrops(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._fit()
        theme.changed.connect(self._fit)
        self.setItemDelegate(TextCell(theme, self))
        self.setItemDelegateForColumn(_PLACES["genre"], GenreCell(theme, self))
        self.setItemDelegateForColumn(_PLACES["confidence"], ConfidenceCell(theme, self))
        self.setItemDelegateForColumn(_PLACES["status"], StatusCell(theme, self))

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(56)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        # One of its own, always empty: else painting a heading asks the model about each chosen row.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        self.setSortingEnabled(True)
        header.sectionResized.connect(self._section_resized)

    # what the page uses

    @property
    def selected(self) -> list[ResultRow]:
        """The selected rows, in the order of the table."""
        shown = self._model.shown
        return [shown[place] for place in selected_rows(self)]

    @property
    def chosen(self) -> int:
        """How many rows are selected."""
        return len(selected_rows(self))

    def show_row(self, row: ResultRow) -> None:
        """Select a row and scroll to it, if the filters let it through."""
        place = self._model.place_of(row)
        if place is not None:
            index, flags = self._model.index(place, 0), QItemSelectionModel.SelectionFlag
            # Not selectRow: that would toggle while somebody happens to hold Ctrl.
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.show_current()

    def show_current(self) -> None:
        """Scroll to the row in front."""
        self.executeDelayedItemsLayout()  # else rows that came just now are not within the scroll bar's range yet
        self.scrollTo(self.currentIndex())

    def save_columns(self) -> bytes:
        """Widths, order, visibility and sorting, to be remembered."""
        return (_OWN if self._own_widths else _FITTED) + bytes(self.horizontalHeader().saveState().data())

    def restore_columns(self, state: bytes) -> None:
        """The inverse of :meth:`save_columns`; states of other versions are ignored."""
        header = self.horizontalHeader()
        if header.restoreState(QByteArray(state[1:])):
            self._own_widths = state[:1] == _OWN
            self._fit_columns()
            self._model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    # inside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return agrees with the answer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.agreed.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The file's name takes the room the other columns leave."""
        super().resizeEvent(event)
        self._fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; below a short list a word that more can come."""
        super().paintEvent(event)
        used = self._model.rowCount() * self.verticalHeader().defaultSectionSize()
        if 0 < used < self.viewport().height() - 3 * self.verticalHeader().defaultSectionSize():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.palette.muted))
            room = self.viewport().rect().adjusted(0, used, 0, 0)
            words = tr("Drop more songs or folders anywhere in the window.")
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            painter.end()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(36, round(self.fontMetrics().height() * 2.3)))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Columns as wide as their words need in this text size, until somebody drags one."""
        if self._own_widths:
            return
        scale = max(1.0, self.fontMetrics().height() / _LINE_HEIGHT)
        widths = {key: max(round(width * scale), self._heading(key)) for key, width in _WIDTHS.items()}
        others = sum(
            widths[column.key] for column in COLUMNS[1:] if not self.isColumnHidden(_PLACES[column.key])
        )
        widths["file"] = max(widths["file"], self.viewport().width() - others)
        self._fitting = True
        for key, place in _PLACES.items():
            if not self.isColumnHidden(place):
                self.setColumnWidth(place, widths[key])
        self._fitting = False

    def _heading(self, key: str) -> int:
        """How wide the words of a heading are, with the arrow that shows the order."""
        words = self.model().headerData(_PLACES[key], Qt.Orientation.Horizontal)
        return int(self.horizontalHeader().fontMetrics().horizontalAdvance(str(words)) + 28)

    def _section_resized(self, place: int, before: int, now: int) -> None:
        last = self.horizontalHeader().visualIndex(place) == len(COLUMNS) - 1  # it stretches by itself
        if not (self._fitting or last or before == 0 or now == 0):
            self._own_widths = True

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.shown[index.row()] if index.isValid() else None
        if row is not self._shown:
            self._shown = row
            self.current.emit(row)

    def _remember(self) -> None:
        self._remembered = (self._shown, self.selected)

    def _recall(self) -> None:
        shown, selected = self._remembered
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if selected and self._model.rowCount():
            places = (self._model.place_of(row) for row in selected)
            again = self._blocks(sorted(place for place in places if place is not None))
            selection.select(again, flags.Select | flags.Rows)
        place = self._model.place_of(shown) if shown is not None else None
        if place is not None:
            selection.setCurrentIndex(self._model.index(place, 0), flags.NoUpdate)
        else:
            self._current_changed(QModelIndex(), QModelIndex())

    def _blocks(self, places: list[int]) -> QItemSelection:
        """Neighbours together: Qt is quick with few blocks, and slow with thousands of rows one by one."""
        found = QItemSelection()
        for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
            block = [place for _, place in group]
            found.append(QItemSelectionRange(self._model.index(block[0], 0), self._model.index(block[-1], 0)))
        return found

    def _choose_columns(self, where: QPoint) -> None:
        menu = self.column_menu()
        menu.exec(self.horizontalHeader().mapToGlobal(where))
        menu.deleteLater()

    def column_menu(self) -> QMenu:
        """A menu that shows and hides columns; the file's name always stays."""
        menu = QMenu(tr("Columns"), self)
        self.fill(menu)
        return menu

    def fill(self, menu: QMenu) -> None:
        """Put the choice of columns into a menu, as it is now."""
        menu.clear()
        for column in COLUMNS[1:]:
            place = _PLACES[column.key]
            action = QAction(tr(column.title), menu, checkable=True, checked=not self.isColumnHidden(place))
            action.toggled.connect(lambda on, place=place: self.setColumnHidden(place, not on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("As they were at first"), self.reset_columns)

    def reset_columns(self) -> None:
        """Every column, in the first order, as wide as its words need."""
        header = self.horizontalHeader()
        for column in COLUMNS:
            place = _PLACES[column.key]
            self.setColumnHidden(place, False)
            header.moveSection(header.visualIndex(place), place)
        self._own_widths = False
        self._fit_columns()
