"""The results table as Qt sees it: sorted and filtered in one go, quick with tens of thousands of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from genre_desktop.app.analysis.rows import ResultRow, ResultsFilter, State
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import mark, problem_text, render, tr

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The :class:`ResultRow` behind an index, for delegates."""

SETTLE_MS = 250
"""Rows that change while files are read move to their sorted place this often, not each time."""

STATE_WORDS = {
    State.WAITING: mark("Waiting"),
    State.WORKING: mark("Reading…"),
    State.DONE: mark("Answered"),
    State.FAILED: mark("Problem"),
    State.CANCELLED: mark("Cancelled"),
    State.INTERRUPTED: mark("Not read yet"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in ``SORT_KEYS``, its heading, and a row's text in it."""

    key: str
    title: str
    text: Callable[[ResultRow], str]


def clock(seconds: float | None) -> str:
    """``m:ss`` or ``h:mm:ss``; nothing for None."""
    if seconds is None:
        return ""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def percent(share: float | None) -> str:
    """``87 %``; nothing for None."""
    return "" if share is None else f"{100 * share:.0f} %"


def status(row: ResultRow) -> str:
    """The row's state in words; how far it is, or what is wrong."""
    if row.problem:
        return render(row.problem.title)
    if row.label:
        return tr("Corrected") if row.corrected else tr("Confirmed")
    if row.state is State.WORKING and row.fraction:
        return tr("Reading {share}", share=percent(row.fraction))
    if row.brief is not None and row.state is State.DONE and row.brief.unusual:
        return tr("Unusual")
    return tr(STATE_WORDS[row.state])


COLUMNS: tuple[Column, ...] = (
    Column("file", mark("File"), lambda row: row.name),
    Column("genre", mark("Genre"), lambda row: genre_name(row.genre)),
    Column("confidence", mark("Confidence"), lambda row: percent(row.confidence)),
    Column("status", mark("Status"), status),
    Column("runner_up", mark("Runner-up"), lambda row: genre_name(row.runner_up)),
    Column("duration", mark("Duration"), lambda row: clock(row.duration_s)),
    Column("model", mark("Model"), lambda row: row.model),
)


class ResultsModel(QAbstractTableModel):
    """Rows in the order of a :class:`ResultsFilter`.

    Sorting and filtering happen here and not in a QSortFilterProxyModel, which would ask Python for
    every comparison. ``rearranged`` is emitted after rows came, went or moved.
    """

    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[int, ResultRow] = {}
        self._shown: list[ResultRow] = []
        self._place: dict[int, int] = {}
        self.view = ResultsFilter()
        self._held = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.settle)

    # what Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Column headings."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, tool tip, accessible text, or its row."""
        row = self._shown[index.row()]
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(column.title)}: {column.text(row)}"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 returns to the order in which files came."""
        key = COLUMNS[column].key if column >= 0 else ""
        self.set_view(replace(self.view, sort=key, descending=order == Qt.SortOrder.DescendingOrder))

    # what the program does

    @property
    def rows(self) -> list[ResultRow]:
        """Every row, shown or not, in the order they came."""
        return list(self._rows.values())

    @property
    def shown(self) -> list[ResultRow]:
        """The rows in the order of the table."""
        return list(self._shown)

    def hold(self, held: bool) -> None:
        """While many rows come, they stay in the order they come; afterwards they find their places at once."""
        self._held = held
        if not held:
            self.settle()

    def set_view(self, view: ResultsFilter) -> None:
        """Show what ``view`` asks for."""
        self.view = view
        self.settle()

    def add(self, rows: Iterable[ResultRow]) -> None:
        """Append rows; they find their sorted place when things settle."""
        rows = list(rows)
        earlier = bool(rows and self._rows) and rows[0].key < next(reversed(self._rows))
        self._rows.update((row.key, row) for row in rows)
        if earlier:  # removed before, and put back to where they were
            self._rows = dict(sorted(self._rows.items()))
        fresh = self.view.pick(rows)
        if fresh:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._shown.extend(fresh)
            self._place.update((row.key, first + i) for i, row in enumerate(fresh))
            self.endInsertRows()
        self._unsettled()

    def touch(self, row: ResultRow) -> None:
        """A row's contents changed."""
        place = self._place.get(row.key)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))
        self._unsettled()

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Take rows off the list."""
        for key in [row.key for row in rows]:
            self._rows.pop(key, None)
        self.settle()

    def place_of(self, row: ResultRow) -> int | None:
        """Where a row is shown, or None."""
        return self._place.get(row.key)

    def settle(self) -> None:
        """Put every row where the view wants it; selections follow their rows."""
        self._settle.stop()
        wanted = self.view.arrange(self._rows.values())
        if wanted != self._shown:
            same_rows = len(wanted) == len(self._shown) and all(row.key in self._place for row in wanted)
            if same_rows:
                self._move(wanted)
            else:
                self.beginResetModel()
                self._show(wanted)
                self.endResetModel()
        self.rearranged.emit()

    def _unsettled(self) -> None:
        if not self._settle.isActive() and not self._held:
            self._settle.start()

    def _move(self, wanted: list[ResultRow]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._shown[index.row()] for index in before]
        self._show(wanted)
        after = [
            self.index(self._place[row.key], index.column()) for row, index in zip(rows, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _show(self, wanted: list[ResultRow]) -> None:
        self._shown = wanted
        self._place = {row.key: place for place, row in enumerate(wanted)}


def _tip(row: ResultRow, column: Column) -> str:
    if column.key == "file":
        return str(row.path)
    if row.corrected and row.brief and column.key in ("genre", "status"):
        model = genre_name(row.brief.genre)
        return tr("You said {label}; the model said {model}.", label=genre_name(row.genre), model=model)
    if row.problem and column.key == "status":
        return problem_text(row.problem).body
    return ""
