"""The Qt model of the results table: sorts and filters a hundred thousand rows in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from genre_desktop.app.analysis.group_row import GroupRow
from genre_desktop.app.analysis.results_filter import ResultsFilter
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.i18n.genre_names import genre_name, genre_or_kind_name, kind_name
from genre_desktop.app.i18n.key_names import key_cell
from genre_desktop.app.i18n.tag_names import GROUP_TITLES, tag_words
from genre_desktop.app.i18n.translate import count, decimal, mark, plural, problem_text, render, tr
from genre_desktop.core.music_tags import TagGroup
from genre_desktop.core.quoting.display import shown

if TYPE_CHECKING:
    from genre_desktop.app.analysis.arranged_rows import ArrangedRows
    from genre_desktop.app.analysis.row_columns import Positions

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The :class:`ResultRow` behind an index, for delegates."""

SETTLE_MS = 250
"""Interval at which changed rows move to their sorted places while files are analysed."""

STATE_WORDS = {
    State.WAITING: mark("Pending"),
    State.WORKING: mark("Analysing…"),
    State.DONE: mark("Done"),
    State.FAILED: mark("Failed"),
    State.CANCELLED: mark("Cancelled"),
    State.INTERRUPTED: mark("Pending"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in ``SORTED_BY``, its heading, and the text of a row; ``optional`` if hidden at first."""

    key: str
    title: str
    text: Callable[[ResultRow], str]
    optional: bool = False


def clock(seconds: float | None) -> str:
    """Return ``m:ss`` or ``h:mm:ss``; empty for None."""
    if seconds is None:
        return ""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def percent(share: float | None) -> str:
    """Return ``87 %``; empty for None."""
    return "" if share is None else f"{100 * share:.0f} %"


def status(row: ResultRow) -> str:
    """Return the text of a row's state, progress or problem."""
    if row.problem:
        return render(row.problem.title)
    if isinstance(row, GroupRow):
        return plural(row.count, "1 song", "{n} songs")
    if row.label:
        return tr("Corrected") if row.corrected else tr("Confirmed")
    if row.state is State.WORKING and row.fraction:
        return tr("{share} done", share=percent(row.fraction))
    if row.kind != "music":
        return tr("No genre")
    if row.brief is not None and row.state is State.DONE and row.brief.unusual:
        return tr("Unusual")
    return tr(STATE_WORDS[row.state])


def vote_text(group: GroupRow) -> str:
    """Return a sentence about how a group voted."""
    if not group.genre:
        return tr("No song of this group has a genre yet.")
    return tr(
        "{voted} of {songs} voted: {genre}, {percent}. A song’s answer counts as much as its confidence, your own "
        "genre fully.",
        voted=count(group.voted),
        songs=plural(group.count, "1 song", "{n} songs"),
        genre=genre_name(group.genre),
        percent=percent(group.confidence),
    )


def model_answer(row: ResultRow) -> str:
    """Return a sentence with the model's genre for a row that the user corrected, or an empty text."""
    brief = row.brief
    if brief is None or not row.corrected:
        return ""
    if not brief.has_genre:
        return tr("You corrected this. The model’s answer was {kind}.", kind=kind_name(brief.kind))
    return tr(
        "You corrected this. The model’s answer was {genre} ({percent}).",
        genre=genre_name(brief.genre),
        percent=percent(brief.confidence),
    )


def _tempo(row: ResultRow) -> str:
    return "" if row.bpm is None else decimal(row.bpm)


def _words(row: ResultRow, group: TagGroup | None = None) -> str:
    return ", ".join(tag_words(row.tags, group))


COLUMNS: tuple[Column, ...] = (
    Column("file", mark("File"), lambda row: shown(row.name)),
    Column("genre", mark("Genre"), lambda row: genre_or_kind_name(row.genre_or_kind)),
    Column("confidence", mark("Confidence"), lambda row: percent(row.confidence)),
    Column("status", mark("Status"), status),
    Column("runner_up", mark("Runner-up"), lambda row: genre_name(row.runner_up)),
    Column("duration", mark("Duration"), lambda row: clock(row.duration_s)),
    Column("model", mark("Model"), lambda row: shown(row.model), optional=True),
    Column("tags", mark("Tags"), _words, optional=True),
    *(
        Column(group, title, partial(_words, group=group), optional=True)
        for group, title in GROUP_TITLES.items()
    ),
    Column("bpm", mark("BPM"), _tempo, optional=True),
    Column("key", mark("Key"), lambda row: key_cell(row.music_key), optional=True),
    Column("title", mark("Title"), lambda row: shown(row.song.title), optional=True),
    Column("artist", mark("Artist"), lambda row: shown(row.song.artist), optional=True),
    Column("album", mark("Album"), lambda row: shown(row.song.album), optional=True),
    Column("file_genre", mark("Genre in file"), lambda row: shown(row.song.genre), optional=True),
)


class ResultsModel(QAbstractTableModel):
    """Rows in the order of a :class:`ResultsFilter`.

    Sorting and filtering happen here because a QSortFilterProxyModel would call Python for every comparison.
    ``rearranged`` is emitted after rows were added, removed or moved.
    """

    rearranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: ArrangedRows | None = None
        self.view = ResultsFilter()
        self._on_hold = False
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self.settle)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of shown rows."""
        return 0 if parent.isValid() or self._rows is None else len(self._rows.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column heading or its alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, tool tip, accessible text, or its row."""
        row = self.row_at(index.row())
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = tr("Group") if isinstance(row, GroupRow) and index.column() == 0 else tr(column.title)
            return f"{title}: {column.text(row)}"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, or for -1 by the order in which files were added."""
        key = COLUMNS[column].key if column >= 0 else ""
        descending = order == Qt.SortOrder.DescendingOrder
        self.set_view(replace(self.view, sort=key, descending=descending, ranks={}))

    @property
    def rows(self) -> list[ResultRow]:
        """Every row, shown or not, in the order of adding."""
        return [] if self._rows is None else list(self._rows.columns.rows)

    @property
    def total(self) -> int:
        """The number of all rows."""
        return 0 if self._rows is None else len(self._rows.columns)

    @property
    def n_shown(self) -> int:
        """The number of shown rows, without headings."""
        return 0 if self._rows is None else self._rows.n_rows

    @property
    def doubtful(self) -> int:
        """The number of rows that need review, shown or not."""
        return 0 if self._rows is None else int(self._rows.columns.doubtful().sum())

    @property
    def shown(self) -> list[ResultRow]:
        """The rows in the order of the table, without headings."""
        return [] if self._rows is None else self._rows.rows()

    def members(self, places: list[int]) -> list[ResultRow]:
        """Return the rows at some places in the order of the table; a heading gives the shown rows of its group."""
        if self._rows is None:
            return []
        return [self._rows.columns.rows[number] for number in self._rows.members(places).tolist()]

    def count_members(self, places: list[int]) -> int:
        """Return how many rows :meth:`members` returns."""
        return 0 if self._rows is None else len(self._rows.members(places))

    def headings(self, places: list[int]) -> list[int]:
        """Return those of some places that have headings of groups."""
        if self._rows is None or self._rows.grouping == "none":
            return []
        return [
            place for place, heading in zip(places, self._rows.is_heading(places), strict=True) if heading
        ]

    @property
    def music(self) -> list[ResultRow]:
        """The rows that have a genre, shown or not."""
        return [] if self._rows is None else self._rows.music()

    def shown_genres(self, keys: Positions) -> tuple[Positions, list[str]]:
        """Return for rows by their keys the place of their genre in a list of names; -1 for those not shown."""
        return (keys * 0 - 1, []) if self._rows is None else self._rows.shown_genres(keys)

    @property
    def genres(self) -> set[str]:
        """Genres and kinds of sound that occur in the list."""
        return set() if self._rows is None else self._rows.columns.genres

    @property
    def tags(self) -> set[str]:
        """Tags that occur in the list."""
        return set() if self._rows is None else self._rows.columns.tags

    def row_at(self, place: int) -> ResultRow:
        """Return the row or the heading at a place in the table."""
        if self._rows is None:
            raise IndexError(place)
        return self._rows.row_at(place)

    def hold(self, on_hold: bool) -> None:
        """Suspend sorting while many rows are added; sort at once when it ends."""
        self._on_hold = on_hold
        if not on_hold:
            self.settle()

    def set_view(self, view: ResultsFilter) -> None:
        """Set the filter and the sort order."""
        self.view = view
        self.settle()

    def add(self, rows: Iterable[ResultRow]) -> None:
        """Append rows; they move to their sorted places within ``SETTLE_MS``."""
        if self._rows is None:
            # It loads NumPy, after the window is painted.
            from genre_desktop.app.analysis.arranged_rows import ArrangedRows

            self._rows = ArrangedRows()
        fresh = self._rows.extend(rows, self.view)
        if len(fresh):
            first = self.rowCount()
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows.append_shown(fresh)
            self.endInsertRows()
        self._rows.put_in_order()
        self._settle_soon()

    def touch(self, row: ResultRow) -> None:
        """Repaint a row whose contents changed."""
        if self._rows is None:
            return
        self._rows.columns.update(row)
        place = self._rows.place_of(row)
        if place is not None:
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))
        self._settle_soon()

    def touch_all(self) -> None:
        """Repaint, filter and sort all rows after the words for tags changed."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(COLUMNS) - 1))
        self.set_view(replace(self.view))

    def remove(self, rows: Iterable[ResultRow]) -> None:
        """Remove rows."""
        if self._rows is None:
            return
        self.beginResetModel()
        self._rows.remove(rows)
        self._rows.show(self.view.arrange(self._rows.columns), self.view.grouping)
        self.endResetModel()
        self._timer.stop()
        self.rearranged.emit()

    def place_of(self, row: ResultRow) -> int | None:
        """Return the position of a row or heading, or None if it is hidden."""
        return None if self._rows is None else self._rows.place_of(row)

    def settle(self) -> None:
        """Filter and sort; selections follow their rows."""
        self._timer.stop()
        if self._rows is not None:
            self._arrange(self._rows)
            if self._rows.grouping != "none" and self.rowCount():
                self._rows.count_again()
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(COLUMNS) - 1))
        self.rearranged.emit()

    def _settle_soon(self) -> None:
        if not self._timer.isActive() and not self._on_hold:
            self._timer.start()

    def _arrange(self, rows: ArrangedRows) -> None:
        wanted, grouping = self.view.arrange(rows.columns), self.view.grouping
        if rows.is_shown(wanted, grouping):
            return
        if not rows.has_same_rows(wanted, grouping):
            self.beginResetModel()
            rows.show(wanted, grouping)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = rows.moved([index.row() for index in before], wanted)
        after = [self.index(place, index.column()) for place, index in zip(places, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _tip(row: ResultRow, column: Column) -> str:
    if isinstance(row, GroupRow) and column.key in ("genre", "status", "confidence"):
        return vote_text(row)
    if column.key == "file":
        return shown(str(row.path))
    if row.corrected and column.key in ("genre", "status", "confidence"):
        return model_answer(row)
    if row.problem and column.key == "status":
        return problem_text(row.problem).body
    return ""
