"""The table of files and results."""

from __future__ import annotations

from collections.abc import Sequence
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
from PySide6.QtGui import QAction, QActionGroup, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from genre_desktop.app.analysis.group_row import GroupRow
from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.table_model import COLUMNS, ResultsModel
from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.settings import BY_KEY
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import selected_rows, set_accessible_name
from genre_desktop.ui.widgets.setting_menus import CHOICE_TITLES
from genre_desktop.ui.widgets.table_cells import ConfidenceCell, GenreCell, StatusCell, TextCell
from genre_desktop.ui.widgets.table_fit import set_up_table

_WIDTHS = {
    "file": 160,
    "genre": 128,
    "confidence": 112,
    "status": 116,
    "runner_up": 92,
    "duration": 76,
    "model": 108,
    "tags": 200,
    "style": 120,
    "mood": 120,
    "era": 84,
    "voice": 148,
    "bpm": 64,
    "key": 120,
    "title": 160,
    "artist": 128,
    "album": 128,
    "file_genre": 112,
}
_LINE_HEIGHT = 15
"""Line height in pixels at the text size that the widths are for."""

_USER_WIDTHS, _FITTED_WIDTHS = b"5", b"6"
_USER_WIDTHS_WITHOUT_TEMPO, _FITTED_WIDTHS_WITHOUT_TEMPO = b"3", b"4"
"""Of versions whose table ended with the columns for tags."""
_FITTED_WIDTHS_WITH_MODEL = b"2"
"""Of versions whose table showed the column for the model at first."""
_USER_WIDTHS_WITHOUT_TAGS, _FITTED_WIDTHS_WITHOUT_TAGS = b"1", b"0"
"""Of versions whose table had no columns for tags."""

_PLACES = {column.key: place for place, column in enumerate(COLUMNS)}


class ResultsTable(QTableView):
    """View of a :class:`ResultsModel`; ``current`` carries the current row or None."""

    current = Signal(object)
    selection_changed = Signal()
    confirmed = Signal()
    """The Return key was pressed."""
    stepped = Signal(int)
    """Tab (1) or Shift+Tab (-1) was pressed while ``stepping``."""
    compact_wanted = Signal(bool)
    """The user chose lower rows, or no longer, in the menu of columns."""
    grouping_wanted = Signal(str)
    """The user chose what the rows are grouped by in the menu of columns."""
    escaped = Signal()
    """The Escape key was pressed while ``stepping``."""

    def __init__(self, theme: Theme, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: ResultRow | None = None
        self._theme, self._user_widths, self._fitting = theme, False, False
        self.stepping = self.compact = False
        self.setModel(model)
        set_accessible_name(self, tr("Results"))
        self._set_up_appearance(theme)
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        model.modelAboutToBeReset.connect(self._save_selection)
        model.modelReset.connect(self._restore_selection)
        self._saved: tuple[ResultRow | None, list[ResultRow]] = (None, [])

    def _set_up_appearance(self, theme: Theme) -> None:
        self.setProperty("kind", "rows")
        set_up_table(self, tr("Click to sort, drag to move, right-click to choose columns"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
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
        # A separate, always empty selection: painting headings would query the model for each selected row.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_column_menu)
        self.setSortingEnabled(True)
        self._hide_optional()
        header.sectionResized.connect(self._section_resized)

    @property
    def selected(self) -> list[ResultRow]:
        """The selected rows, in the order of the table; with a heading all that are shown below it."""
        return self._model.members(selected_rows(self))

    @property
    def chosen(self) -> int:
        """The number of selected rows."""
        return self._model.count_members(selected_rows(self))

    @property
    def has_heading(self) -> bool:
        """Whether the heading of a group is selected."""
        return self._model.view.grouping != "none" and bool(self._model.headings(selected_rows(self)))

    @property
    def groups(self) -> list[tuple[GroupRow, list[ResultRow]]]:
        """The selected headings with the rows that are shown below each."""
        places = self._model.headings(selected_rows(self))
        headings = [(self._model.row_at(place), self._model.members([place])) for place in places]
        return [(heading, rows) for heading, rows in headings if isinstance(heading, GroupRow)]

    def show_row(self, row: ResultRow) -> None:
        """Select a row and scroll to it unless the filters hide it."""
        self.show_rows([row])

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        """Select several rows and scroll to the first; those that the filters hide are left out."""
        places = self._select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if places:
            index = self._model.index(places[0], 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.show_current()

    def next_doubtful(self, rows: Sequence[ResultRow], direction: int = 1) -> ResultRow | None:
        """Return the next row that needs review below (1) or above (-1) some rows, starting over at the end."""
        places = [place for row in rows if (place := self._model.place_of(row)) is not None]
        n = self._model.rowCount()
        start = (max(places) if direction > 0 else min(places)) if places else (-1 if direction > 0 else n)
        for distance in range(1, n + 1):
            row = self._model.row_at((start + direction * distance) % n)
            if row.doubtful and row not in rows:
                return row
        return None

    def show_current(self) -> None:
        """Scroll to the current row."""
        self.executeDelayedItemsLayout()  # new rows are not within the scroll bar's range before
        self.scrollTo(self.currentIndex())

    def save_columns(self) -> bytes:
        """Return widths, order, visibility and sorting of the columns."""
        return (_USER_WIDTHS if self._user_widths else _FITTED_WIDTHS) + bytes(
            self.horizontalHeader().saveState().data()
        )

    def restore_columns(self, state: bytes) -> None:
        """Restore a state of :meth:`save_columns`; states of other versions are ignored."""
        header = self.horizontalHeader()
        if header.restoreState(QByteArray(state[1:])):
            self._user_widths = state[:1] in (
                _USER_WIDTHS, _USER_WIDTHS_WITHOUT_TEMPO, _USER_WIDTHS_WITHOUT_TAGS,
            )  # fmt: skip
            if state[:1] in (_USER_WIDTHS_WITHOUT_TAGS, _FITTED_WIDTHS_WITHOUT_TAGS):
                self._hide_optional()
            elif state[:1] not in (_USER_WIDTHS, _FITTED_WIDTHS):
                self._hide_optional(_PLACES["bpm"])
            if state[:1] == _FITTED_WIDTHS_WITH_MODEL:
                self.setColumnHidden(_PLACES["model"], True)
            self._fit_columns()
            self._model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm the answer on Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.confirmed.emit()
            return
        if self.stepping and event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Step through the rows with Tab while ``stepping``, else leave the table."""
        if not self.stepping:
            return super().focusNextPrevChild(forward)
        self.stepped.emit(1 if forward else -1)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the file column to the remaining width."""
        super().resizeEvent(event)
        self._fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows and, below a short list, a hint about adding files."""
        super().paintEvent(event)
        used = self._model.rowCount() * self.verticalHeader().defaultSectionSize()
        if 0 < used < self.viewport().height() - 3 * self.verticalHeader().defaultSectionSize():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.palette.muted))
            area = self.viewport().rect().adjusted(0, used, 0, 0)
            hint = tr("Drop more songs or folders anywhere in the window.")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, hint)
            painter.end()

    def set_compact(self, on: bool) -> None:
        """Make the rows as low as their text allows, or no longer."""
        self.compact = on
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(
            max(24, round(line * 1.5)) if self.compact else max(36, round(line * 2.3))
        )
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Fit the column widths to the text size unless the user has set them."""
        if self._user_widths:
            return
        scale = max(1.0, self.fontMetrics().height() / _LINE_HEIGHT)
        widths = {key: max(round(width * scale), self._heading_width(key)) for key, width in _WIDTHS.items()}
        others = sum(
            widths[column.key] for column in COLUMNS[1:] if not self.isColumnHidden(_PLACES[column.key])
        )
        widths["file"] = max(widths["file"], self.viewport().width() - others)
        self._fitting = True
        for key, place in _PLACES.items():
            if not self.isColumnHidden(place):
                self.setColumnWidth(place, widths[key])
        self._fitting = False

    def _heading_width(self, key: str) -> int:
        """Return the width of a heading with its sort arrow."""
        title = self.model().headerData(_PLACES[key], Qt.Orientation.Horizontal)
        return int(self.horizontalHeader().fontMetrics().horizontalAdvance(str(title)) + 28)

    def _section_resized(self, place: int, before: int, now: int) -> None:
        last = self.horizontalHeader().visualIndex(place) == self._last_shown  # stretched by Qt
        if not (self._fitting or last or before == 0 or now == 0):
            self._user_widths = True

    @property
    def _last_shown(self) -> int:
        """The position of the last visible column."""
        header = self.horizontalHeader()
        shown = (place for place in range(header.count()) if not self.isColumnHidden(place))
        return max(map(header.visualIndex, shown))

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.row_at(index.row()) if index.isValid() else None
        if row is not self._shown:
            self._shown = row
            self.current.emit(row)

    def _save_selection(self) -> None:
        self._saved = (self._shown, [self._model.row_at(place) for place in selected_rows(self)])

    def _restore_selection(self) -> None:
        shown, selected = self._saved
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        self._select(selected, flags.Select)
        place = self._model.place_of(shown) if shown is not None else None
        if place is not None:
            selection.setCurrentIndex(self._model.index(place, 0), flags.NoUpdate)
        else:
            self._current_changed(QModelIndex(), QModelIndex())

    def _select(self, rows: Sequence[ResultRow], command: QItemSelectionModel.SelectionFlag) -> Sequence[int]:
        """Select those of some rows that are shown; return their places."""
        places = sorted(place for row in rows if (place := self._model.place_of(row)) is not None)
        if places:
            blocks = self._blocks(places)
            self.selectionModel().select(blocks, command | QItemSelectionModel.SelectionFlag.Rows)
        return places

    def _blocks(self, places: list[int]) -> QItemSelection:
        """Return a selection of adjacent rows as blocks; Qt is slow with thousands of single rows."""
        selection = QItemSelection()
        for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
            block = [place for _, place in group]
            selection.append(
                QItemSelectionRange(self._model.index(block[0], 0), self._model.index(block[-1], 0))
            )
        return selection

    def _open_column_menu(self, where: QPoint) -> None:
        menu = self.column_menu()
        menu.exec(self.horizontalHeader().mapToGlobal(where))
        menu.deleteLater()

    def column_menu(self) -> QMenu:
        """Return the menu that shows and hides columns; the file column always stays."""
        menu = QMenu(tr("Columns"), self)
        self.fill(menu)
        return menu

    def fill(self, menu: QMenu) -> None:
        """Fill a menu with the columns and their current visibility."""
        menu.clear()
        for column in COLUMNS[1:]:
            place = _PLACES[column.key]
            action = QAction(tr(column.title), menu, checkable=True, checked=not self.isColumnHidden(place))
            action.toggled.connect(lambda on, place=place: self._show_column(place, on))
            menu.addAction(action)
        menu.addSeparator()
        self._add_grouping(menu.addMenu(tr("Group by")))
        compact = QAction(tr("Compact rows"), menu, checkable=True, checked=self.compact)
        compact.toggled.connect(self.compact_wanted)
        menu.addAction(compact)
        menu.addAction(tr("Reset columns"), self.reset_columns)

    def _add_grouping(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for choice in BY_KEY["results.group"].choices:
            action = QAction(tr(CHOICE_TITLES[choice]), menu, checkable=True)
            action.setChecked(choice == self._model.view.group)
            action.triggered.connect(lambda _on=False, choice=choice: self.grouping_wanted.emit(choice))
            group.addAction(action)
            menu.addAction(action)

    def _show_column(self, place: int, on: bool) -> None:
        self.setColumnHidden(place, not on)
        self._fit_columns()

    def _hide_optional(self, first: int = 0) -> None:
        """Hide what is hidden at first, from one column on."""
        for column in COLUMNS[first:]:
            if column.optional:
                self.setColumnHidden(_PLACES[column.key], True)

    def reset_columns(self) -> None:
        """Show the columns of the first start in the original order and width."""
        header = self.horizontalHeader()
        for column in COLUMNS:
            place = _PLACES[column.key]
            self.setColumnHidden(place, column.optional)
            header.moveSection(header.visualIndex(place), place)
        self._user_widths = False
        self._fit_columns()
