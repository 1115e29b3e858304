"""The table of training examples: file, genre, group and source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from genre_desktop.app.i18n.genre_names import genre_name, whole_genre_name
from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.store.library_edits import TrainingExample
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import selected_rows, set_accessible_name
from genre_desktop.ui.widgets.table_cells import spot_icon
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

Index = QModelIndex | QPersistentModelIndex

SOURCES = {
    "audio": mark("Imported audio"),
    "table": mark("Imported table"),
    "correction": mark("Your corrections"),
}


def _group(group: str) -> str:
    kind, _, name = group.partition(":")
    if kind == "file":
        return tr("No artist")
    return Path(name).name if kind == "folder" else name


COLUMNS: tuple[tuple[str, Callable[[TrainingExample], str]], ...] = (
    (mark("File"), lambda entry: shown(Path(entry.path).name or entry.path)),
    (mark("Genre"), lambda entry: genre_name(entry.label)),
    (mark("Artist, album or folder"), lambda entry: shown(_group(entry.group))),
    (mark("Source"), lambda entry: shown(tr(SOURCES.get(entry.source, entry.source)))),
)


class ClipsModel(QAbstractTableModel):
    """Examples that match the search, in the chosen order."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._all: list[TrainingExample] = []
        self._search_words: tuple[str, ...] = ()
        self._order: tuple[int, bool] = (-1, False)
        self.shown: list[TrainingExample] = []

    def set_entries(self, entries: list[TrainingExample]) -> None:
        """Replace the entries."""
        self._all = entries
        self._update()

    def search(self, text: str) -> None:
        """Show entries that contain every word in path, label, group or source."""
        self._search_words = tuple(text.casefold().split())
        self._update()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the order of the entries, newest first."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self._update()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of shown examples."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column's heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section][0])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, tool tip or genre icon."""
        entry = self.shown[index.row()]
        title, text = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(title)}: {text(entry)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = {0: lambda: shown(entry.path), 1: lambda: whole_genre_name(entry.label)}
            return whole.get(index.column(), lambda: text(entry))()
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return spot_icon(entry.label, self._theme)
        return None

    def _update(self) -> None:
        self.beginResetModel()
        found = filter(self._matches, self._all) if self._search_words else self._all
        self.shown = list(found)
        column, descending = self._order
        if column >= 0:
            text = COLUMNS[column][1]
            self.shown.sort(key=lambda entry: text(entry).casefold(), reverse=descending)
        self.endResetModel()

    def _matches(self, entry: TrainingExample) -> bool:
        text = f"{entry.path} {entry.label} {entry.group} {tr(SOURCES.get(entry.source, ''))}".casefold()
        return all(word in text for word in self._search_words)


class ClipsTable(QTableView):
    """Table view of a :class:`ClipsModel`; F2 requests another label, Delete removal."""

    relabel_requested = Signal()
    remove_requested = Signal()
    selection_changed = Signal()

    def __init__(self, model: ClipsModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        set_accessible_name(self, tr("Training examples"))
        self.setProperty("kind", "rows")
        set_up_table(self, tr("Click to sort"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSelectionModel(QItemSelectionModel(model, header))  # see ResultsTable
        self.setSortingEnabled(True)
        TableFit(self, {1: 128, 2: 168, 3: 128})
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        model.modelReset.connect(self.selection_changed)

    @property
    def selected(self) -> list[TrainingExample]:
        """The selected examples."""
        return [self._model.shown[place] for place in selected_rows(self)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle F2 and Delete."""
        if event.key() == Qt.Key.Key_F2:
            self.relabel_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)
