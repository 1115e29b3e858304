"""The table of files whose tags can be written: present and new values, and a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from PySide6.QtWidgets import QTableView

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.translate import mark, problem_text, tr
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.tag_rules import (
    CurrentTag,
    Edit,
    TaggableSong,
    TagRule,
    possible,
    proposed,
    wanted_genres,
    wanted_moods,
)
from genre_desktop.ui.widgets.factory import selected_rows, set_accessible_name
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (
    mark("File"), mark("Current genre"), mark("New genre"), mark("Current mood"), mark("New mood"),
    mark("Current BPM, key"), mark("New BPM, key"), mark("Confidence"), mark("Note"),
)  # fmt: skip
MOODS = (3, 4)
"""The columns that are shown while moods are written."""
TEMPO_KEY = (5, 6)
"""The columns that are shown while tempo and key are written."""


@dataclass
class Proposal:
    """One file of the preview; ``now`` is None until its tag was read, ``chosen`` until the user ticks or unticks it."""

    song: TaggableSong
    now: CurrentTag | None = None
    chosen: bool | None = None

    def possible(self, rule: TagRule) -> bool:
        """Return whether the file can be written and would change."""
        return self.now is not None and bool(possible(self.song, self.now, rule))

    def edit(self, rule: TagRule) -> Edit | None:
        """Return what is written: what the rule proposes or, on the user's word, everything; None for nothing."""
        if self.now is None or self.chosen is False:
            return None
        edit = proposed(self.song, self.now, rule)
        if self.chosen and not edit:
            edit = possible(self.song, self.now, rule)
        return edit or None


class TagModel(QAbstractTableModel):
    """Proposals with a check box each; ``counted`` is emitted when the ticks may have changed."""

    counted = Signal()

    def __init__(self, songs: Sequence[TaggableSong], rule: TagRule) -> None:
        super().__init__()
        self.rows = [Proposal(song) for song in songs]
        self._row_of = {song.path: index for index, song in enumerate(songs)}
        self._rule = rule

    def set_rule(self, rule: TagRule) -> None:
        """Set the rule for what is written: see :func:`.tag_rules.proposed`."""
        self._rule = rule
        self._all_changed()

    def set_current(self, tags: Sequence[CurrentTag]) -> None:
        """Show the present tags of some files."""
        for tag in tags:
            self.rows[self._row_of[tag.path]].now = tag
        self._all_changed()

    def tick(self, rows: Sequence[int], on: bool) -> None:
        """Tick or untick rows by number; files that cannot be written stay unticked."""
        for row in rows:
            if self.rows[row].possible(self._rule):
                self.rows[row].chosen = on
        self._all_changed()

    def ticked(self, row: Proposal) -> bool:
        """Return whether a file will be written."""
        return row.edit(self._rule) is not None

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the ticked files."""
        edits = (row.edit(self._rule) for row in self.rows)
        return tuple(edit for edit in edits if edit is not None)

    def note(self, row: Proposal) -> str:
        """Return why a file is not ticked, or what is special about it."""
        if row.now is None:
            return tr("Reading…")
        if row.now.problem is not None:
            return problem_text(row.now.problem).title
        if not row.possible(self._rule):
            return tr("Unchanged")
        edit = row.edit(self._rule)
        if edit is not None and not edit.genres:
            return tr("Genre stays") if edit.bpm or edit.key else tr("Only mood changes")
        if row.song.own_word:
            return tr("Your correction")
        if edit is None and row.song.unnamed_style:
            return tr("Nearest genre only")
        if not row.song.unnamed_style and not row.song.sure(self._rule.minimum):
            return tr("Below minimum confidence")
        return tr("Already has a genre") if row.now.genre else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of files."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text, the state of the check box, or a problem as the tool tip."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if self.ticked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            problem = row.now.problem if row.now else None
            if index.column() == len(COLUMNS) - 1:
                return problem_text(problem).body if problem else ""
            return (
                self._text(row, index.column())
                if 0 < index.column() <= TEMPO_KEY[-1]
                else shown(row.song.path)
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(COLUMNS[index.column()])}: {self._text(row, index.column())}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.rows[index.row()].possible(self._rule):
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Add a check box where the file can be written."""
        flags = super().flags(index)
        if index.column() == 0 and self.rows[index.row()].possible(self._rule):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def _text(self, row: Proposal, column: int) -> str:
        now, edit = row.now or CurrentTag(row.song.path), row.edit(self._rule)
        genres, moods = wanted_genres(row.song, self._rule), wanted_moods(row.song, self._rule)
        bpm, key = row.song.bpm, row.song.key
        if edit is not None:
            genres, moods = edit.genres or now.genres, edit.moods or now.moods
            bpm, key = edit.bpm or now.bpm, edit.key or now.key
        texts = (
            Path(row.song.path).name,
            now.genre,
            ", ".join(genres),
            ", ".join(now.moods),
            ", ".join(moods),
            _joined(now.bpm, now.key),
            _joined(bpm, key),
            percent(row.song.confidence),
            self.note(row),
        )
        return shown(texts[column])

    def _all_changed(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(COLUMNS) - 1))
        self.counted.emit()


def _joined(*values: str) -> str:
    return " · ".join(filter(None, values))


class TagTable(QTableView):
    """The table of a :class:`TagModel`; Space ticks and unticks the selected files."""

    def __init__(self, model: TagModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        set_accessible_name(
            self,
            tr("Files and their genres"),
            tr("Space selects or clears the check boxes of the highlighted files"),
        )
        set_up_table(self)
        header = self.horizontalHeader()
        header.setSelectionModel(QItemSelectionModel(model, header))  # see ResultsTable
        self._fit = TableFit(self, {1: 116, 2: 116, 3: 116, 4: 116, 5: 116, 6: 116, 7: 96, 8: 190})

    def show_fields(self, rule: TagRule) -> None:
        """Show the columns of what is written, and hide those of moods, tempo and key else."""
        for places, on in ((MOODS, rule.moods), (TEMPO_KEY, rule.tempo_key)):
            for place in places:
                self.setColumnHidden(place, not on)
        self._fit.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On Space, toggle the current file's tick and set all selected files to the same."""
        if event.key() == Qt.Key.Key_Space:
            rows, current = selected_rows(self), self.currentIndex()
            if rows and current.isValid():
                self._model.tick(rows, not self._model.ticked(self._model.rows[current.row()]))
            return
        super().keyPressEvent(event)
