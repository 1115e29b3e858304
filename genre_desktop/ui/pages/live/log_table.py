"""The table of the live log, newest section first."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from genre_desktop.app.analysis.table_model import clock, percent
from genre_desktop.app.i18n.genre_names import genre_name, kind_name, whole_genre_name
from genre_desktop.app.i18n.tag_names import tag_words
from genre_desktop.app.i18n.time_format import moment, time_of_day
from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.app.sound.live_log import LiveLog
from genre_desktop.core.listening.section import LoggedSection
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import selected_rows, set_accessible_name
from genre_desktop.ui.widgets.table_cells import spot_icon
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

Index = QModelIndex | QPersistentModelIndex


def section_name(section: LoggedSection) -> str:
    """Return the display name of a section: its genre, or what was heard."""
    return genre_name(section.genre) if section.kind == "music" else kind_name(section.kind)


def status(section: LoggedSection) -> str:
    """Return whether the user corrected or confirmed the genre."""
    if not section.label:
        return ""
    return tr("Corrected") if section.corrected else tr("Confirmed")


def _confidence(section: LoggedSection) -> str:
    return percent(section.confidence) if section.model_genre and not section.corrected else ""


def _tags(section: LoggedSection) -> str:
    return ", ".join(tag_words(section.tags))


COLUMNS: tuple[tuple[str, Callable[[LoggedSection], str]], ...] = (
    (mark("Time"), lambda section: time_of_day(section.started, time.time())),
    (mark("Duration"), lambda section: clock(section.duration_s)),
    (mark("Genre"), section_name),
    (mark("Confidence"), _confidence),
    (mark("Status"), status),
    (mark("Tags"), _tags),
)
_START, _GENRE, _CONFIDENCE, _STATUS, _TAGS = 0, 2, 3, 4, 5


class LogModel(QAbstractTableModel):
    """The sections of a :class:`.LiveLog` in reverse order."""

    def __init__(self, log: LiveLog, theme: Theme) -> None:
        super().__init__()
        self._log, self._theme = log, theme
        log.appended.connect(self._appended)
        log.changed.connect(self._changed)
        log.replaced.connect(self._replaced)
        self._count = len(log.sections)

    def section_at(self, place: int) -> LoggedSection:
        """Return the section in a row."""
        return self._log.sections[self._count - 1 - place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of sections."""
        return 0 if parent.isValid() else self._count

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
        section = self.section_at(index.row())
        title, text = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(title)}: {text(section)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(section, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _GENRE:
            return spot_icon(section.genre if section.kind == "music" else "", self._theme)
        return None

    def _appended(self) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._count += 1
        self.endInsertRows()

    def _changed(self, places: Sequence[int]) -> None:
        for place in places:
            row = self._count - 1 - place
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _replaced(self) -> None:
        self.beginResetModel()
        self._count = len(self._log.sections)
        self.endResetModel()


def _tip(section: LoggedSection, column: int) -> str:
    if column == _START:
        return moment(section.started)
    if column in (_GENRE, _CONFIDENCE, _STATUS):
        return _model_answer(section) or (whole_genre_name(section.genre) if section.genre else "")
    return _tags(section) if column == _TAGS else ""


def _model_answer(section: LoggedSection) -> str:
    if not section.corrected:
        return ""
    if not section.model_genre:
        return tr("You corrected this. The model’s answer was {kind}.", kind=kind_name(section.sound))
    return tr(
        "You corrected this. The model’s answer was {genre} ({percent}).",
        genre=genre_name(section.model_genre),
        percent=percent(section.confidence),
    )


class LogTable(QTableView):
    """Table view of a :class:`LogModel`."""

    selection_changed = Signal()

    def __init__(self, model: LogModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        set_accessible_name(self, tr("Live log"))
        set_up_table(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        TableFit(self, {0: 112, 1: 72, 2: 104, 3: 84, 4: 88}, rest=64)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        model.modelReset.connect(self.selection_changed)

    @property
    def selected(self) -> list[LoggedSection]:
        """The selected sections, newest first."""
        return [self._model.section_at(place) for place in selected_rows(self)]
