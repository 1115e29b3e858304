"""The live log on the Live page: its table, setting genres, saving and clearing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QInputDialog, QMenu, QPushButton

from genre_desktop.app.analysis.corrections import CorrectionService
from genre_desktop.app.files.exporter import Exporter
from genre_desktop.app.i18n.genre_names import whole_genre_name
from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.app.sound.live_log import LiveLog
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import clean_label, same_label
from genre_desktop.core.listening.cue_sheet import MOST_TRACKS, SUFFIX, CueSheet, cue_sheet
from genre_desktop.ui.actions.actions import UndoCommand
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.external import folder_button, music_folder
from genre_desktop.ui.pages.genre_keys import GenreKeys, with_keys
from genre_desktop.ui.pages.layout import widget_row
from genre_desktop.ui.pages.live.log_table import LogModel, LogTable
from genre_desktop.ui.widgets.factory import action_button, allow_shrink, column, label, set_accessible_name

_FOLDER = "live/folder"
"""The folder of the last CSV file."""


class LogPanel(QFrame):
    """Shows a :class:`.LiveLog`; ``facts_changed`` is emitted when it becomes empty or no longer is."""

    facts_changed = Signal()

    def __init__(self, context: AppContext, log: LiveLog) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._context, self.log = context, log
        self.model = LogModel(log, context.theme)
        self.table = LogTable(self.model)
        self.exporter = Exporter(lambda: context.database, self)
        self._corrections = CorrectionService(lambda: context.database, lambda _row: None)
        self._labels: list[str] = []
        self._cue: CueSheet | None = None  # being saved
        self._summary = allow_shrink(label("", "muted"))
        self._empty = label(
            tr("While live mode listens, each section of music, speech or silence is listed here."),
            "muted",
            wrap=True,
        )
        self.genres = QMenu(tr("Set &genre"), self)
        self._genre = self._menu_button(
            tr("Set genre"), self.genres, tr("Set the genre of the selected lines")
        )
        self._keys = GenreKeys(self, self.set_genre)
        self._build()
        self._connect()

    def set_genre(self, genre: str) -> None:
        """Set the genre of the selected sections; this can be undone."""
        sections = self.table.selected
        if not sections:
            return
        try:
            name = same_label(clean_label(genre), self._labels)
        except AppError as error:
            self._context.notifier.show_problem(error.problem)
            return
        before = {section.id: section.label for section in sections}
        after = dict.fromkeys(before, name)
        text = plural(len(before), "genre of 1 line of the log", "genre of {n} lines of the log")
        self._do(text, lambda: self.log.set_labels(after), lambda: self.log.set_labels(before))
        if name not in self._labels:
            self._show_labels([*self._labels, name])

    def clear(self) -> None:
        """Delete all lines; this can be undone."""
        removed = list(self.log.sections)
        if removed:
            text = plural(len(removed), "clearing 1 line of the log", "clearing {n} lines of the log")
            self._do(text, lambda: self.log.clear(), lambda: self.log.restore(removed))

    def save_table(self) -> None:
        """Choose a file and save the log as CSV."""
        start = Path(str(self._context.memory.value(_FOLDER, "")) or music_folder()) / f"{tr('Live log')}.csv"
        kinds = tr("Spreadsheet") + " (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the live log"), str(start), kinds)
        if chosen:
            path = _with_suffix(chosen, ".csv")
            self._context.memory.setValue(_FOLDER, str(path.parent))
            self.exporter.save_live_table(path, self.log.sections)

    def save_cue_sheet(self) -> None:
        """Choose a file, at first beside the recording, and save a cue sheet of the selected line's recording."""
        selected = self.table.selected
        sheet = cue_sheet(self.log.sections, selected[0] if selected else None)
        folder = self._context.home.takes if sheet.take else Path(music_folder())
        start = (folder / sheet.file).with_suffix(SUFFIX)
        kinds = tr("Cue sheet") + f" (*{SUFFIX})"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save a cue sheet"), str(start), kinds)
        if chosen:
            self._cue = sheet
            self.exporter.save_cue_sheet(_with_suffix(chosen, SUFFIX), sheet)

    def close_down(self) -> None:
        """Wait for the file being saved."""
        self.exporter.close()

    def _build(self) -> None:
        actions = self._context.actions
        saving = QMenu(tr("Save"), self)
        for name in ("live.save_table", "live.save_cue_sheet"):
            saving.addAction(actions[name])
        self._save = self._menu_button(tr("Save…"), saving, tr("Save the log as a table or as a cue sheet"))
        clear = action_button(actions["live.clear_log"])
        controls = (self._summary, self._genre, self._save, clear)
        layout = column(self, gap=0)
        layout.addLayout(widget_row(*controls, expand=self._summary, margin=12))
        self._empty.setContentsMargins(20, 0, 20, 12)
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        self._clear = clear

    def _menu_button(self, text: str, menu: QMenu, tip: str) -> QPushButton:
        made = QPushButton(text)
        made.setMenu(menu)
        set_accessible_name(made, text.rstrip("…"), tip)
        return made

    def _connect(self) -> None:
        log = self.log
        log.appended.connect(self._count_changed)
        log.replaced.connect(self._count_changed)
        log.failed.connect(self._context.notifier.show_problem)
        self.exporter.saved.connect(self._saved)
        self.exporter.failed.connect(self._context.notifier.show_problem)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self._context.theme.changed.connect(self.table.viewport().update)
        self._count_changed()
        self._selection_changed()

    def _do(self, text: str, redo: Callable[[], object], undo: Callable[[], object]) -> None:
        redo()
        self._context.undo.push(UndoCommand(text, redo, undo))

    def _count_changed(self) -> None:
        number = len(self.log.sections)
        self._summary.setText(plural(number, "1 line", "{n} lines") if number else "")
        self._empty.setVisible(not number)
        for button in (self._save, self._clear):
            button.setEnabled(bool(number))
        self.facts_changed.emit()

    def _selection_changed(self) -> None:
        self._genre.setEnabled(self.table.selectionModel().hasSelection())

    def _show_menu(self, where: QPoint) -> None:
        if self._genre.isEnabled():
            self.genres.exec(self.table.viewport().mapToGlobal(where))

    def showEvent(self, event: QShowEvent) -> None:
        """Update the genres to choose from."""
        super().showEvent(event)
        self._show_labels(self._corrections.labels())

    def _show_labels(self, labels: list[str]) -> None:
        if labels == self._labels:
            return
        self._labels = labels
        self._keys.set_labels(labels)
        self.genres.clear()
        for name, key in with_keys(labels):
            text = whole_genre_name(name).replace("&", "&&")
            self.genres.addAction(f"{text}\t{key}", partial(self.set_genre, name))
        self.genres.addSeparator()
        self.genres.addAction(tr("Other genre…"), self._ask_for_genre)

    def _ask_for_genre(self) -> None:
        typed, confirmed = QInputDialog.getText(self, tr("Set genre"), tr("Other genre"))
        if confirmed and typed.strip():
            self.set_genre(typed)

    def _saved(self, path: Path) -> None:
        sheet = self._cue if path.suffix == SUFFIX else None
        text, title = str(path), tr("The live log was saved")
        if sheet is not None:
            title = tr("The cue sheet was saved")
            tracks = plural(len(sheet.tracks) - sheet.left_out, "1 track", "{n} tracks")
            text = f"{tracks} · {sheet.file} · {path}"
            if sheet.left_out:
                text = f"{_left_out(sheet)} {text}"
        tone = "warning" if sheet is not None and sheet.left_out else "success"
        self._context.notifier.show_message(text, title, tone, [folder_button(path, self._context.notifier)])


def _left_out(sheet: CueSheet) -> str:
    return tr(
        "A cue sheet can have at most {most} tracks; the last {n} are missing.",
        most=MOST_TRACKS,
        n=sheet.left_out,
    )


def _with_suffix(name: str, suffix: str) -> Path:
    return Path(name) if Path(name).suffix.lower() == suffix else Path(name + suffix)
