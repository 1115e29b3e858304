"""The Library page: training examples, imports, relabelling and removal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QWidget,
)

from genre_desktop.app.i18n.translate import count, plural, render, tr
from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import same_label, tidy_label
from genre_desktop.core.quoting.controls import printable
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.library_edits import ClipList, TrainingExample
from genre_desktop.core.types import GENRES
from genre_desktop.ui.actions.actions import Fact, UndoCommand
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.external import music_folder
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.pages.layout import card_column, page_column, page_header, scroll_column, widget_row
from genre_desktop.ui.pages.library.clips_table import SOURCES, ClipsModel, ClipsTable
from genre_desktop.ui.widgets.count_bars import Bar, CountBars
from genre_desktop.ui.widgets.factory import (
    allow_shrink,
    button,
    column,
    fill,
    frame,
    label,
    set_accessible_name,
)
from genre_desktop.ui.widgets.job_card import JobCard

_FOLDER = "library/folder"
"""The folder that was imported last."""


class LibraryPage(QWidget):
    """Clips per genre, import controls and the table of training examples."""

    facts_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.entries: list[TrainingExample] = []
        self.job = JobCard(context.theme, context.jobs, ["import"])
        self.model = ClipsModel(context.theme)
        self.table = ClipsTable(self.model)
        self.bars = CountBars(context.theme, tr("Clips per genre"))
        self.search = QLineEdit()
        self.skipped = QListWidget()
        self._summary = allow_shrink(label("", "muted"))
        self._sources = label("", "caption", wrap=True)
        self._waiting = label("", wrap=True)
        self._skipped_title = label("", "section")
        self._skipped_card = frame("card")
        self._empty, self._contents = QWidget(), QWidget()  # one of them is shown
        self._build()
        self.job.succeeded.connect(self._imported)
        self.job.busy_changed.connect(lambda busy: self._set_importable(not busy))
        self.table.selection_changed.connect(self._selection_changed)
        self.table.relabel_requested.connect(self.edit_label)
        self.table.remove_requested.connect(self.remove)
        context.undo.indexChanged.connect(self._reload_if_visible)
        self.reload()

    @property
    def facts(self) -> set[Fact]:
        """The conditions that hold now, for the actions that depend on them."""
        return {"clip"} if self.table.selectionModel().hasSelection() else set()

    def import_folder(self) -> None:
        """Import a folder of the user's choice that has one subfolder per genre."""
        title = tr("Import a folder that contains one folder for each genre")
        chosen = QFileDialog.getExistingDirectory(self, title, self._last_folder())
        if chosen:
            self._context.memory.setValue(_FOLDER, chosen)
            self.import_path(Path(chosen))

    def import_table(self) -> None:
        """Import a feature table of the user's choice."""
        kinds = tr("Tables") + " (*.csv *.tsv *.txt)"
        title = tr("Import a table of features")
        chosen, _ = QFileDialog.getOpenFileName(self, title, self._last_folder(), kinds)
        if chosen:
            self._context.memory.setValue(_FOLDER, str(Path(chosen).parent))
            self.import_path(Path(chosen))

    def _last_folder(self) -> str:
        return str(self._context.memory.value(_FOLDER, "")) or music_folder()

    def import_path(self, path: Path) -> None:
        """Import a folder or a table in a separate process."""
        self._skipped_card.hide()
        self.job.start("import", {"path": str(path), "mode": self._context.settings["analyse.mode"]})

    def edit_label(self) -> None:
        """Let the user choose another genre for the selected examples."""
        if not self.table.selected:
            return
        known = list(dict.fromkeys([*GENRES, *(entry.label for entry in self.entries)]))
        names: dict[str, str] = {}
        for name in known:
            text = shown(name)
            names[printable(name) if text in names else text] = name  # two may be cut to the same
        current = list(names.values()).index(self.table.selected[0].label)
        prompt = plural(len(self.table.selected), "Genre of the selected clip", "Genre of {n} selected clips")
        chosen, confirmed = QInputDialog.getItem(self, tr("Change genre"), prompt, list(names), current, True)
        if confirmed and chosen.strip():
            self.relabel(names.get(chosen, chosen))

    def relabel(self, genre: str) -> None:
        """Set the genre of the selected examples; this can be undone."""
        clips = ClipList(self._context.database)
        known = [*GENRES, *(tidy_label(entry.label) for entry in self.entries)]
        try:
            change = clips.relabel(self.table.selected, same_label(genre, known))
        except AppError as error:
            self._context.session.noticed.emit(error.problem)
            return
        self._push_undo(
            tr("genre of clips"), lambda: clips.redo_relabel(change), lambda: clips.undo_relabel(change)
        )

    def remove(self) -> None:
        """Remove the selected examples from the library but not their files; this can be undone."""
        chosen = self.table.selected
        if not chosen:
            return
        clips = ClipList(self._context.database)
        removed = clips.remove(chosen)
        self._push_undo(tr("removal of clips"), lambda: clips.remove(chosen), lambda: clips.restore(removed))

    def reload(self) -> None:
        """Read the library from the store again."""
        try:
            database = self._context.database
            self.entries = ClipList(database).entries()
            waiting = Corrections(database).waiting()
        except AppError as error:
            self.job.show_problem(error.problem)
            return
        self.model.set_entries(self.entries)
        self._show_counts(waiting)

    def _build(self) -> None:
        layout = page_column(self)
        layout.addWidget(self._header())
        layout.addWidget(self.job)
        layout.addWidget(self._skipped_files())
        self._empty, self._contents = self._empty_page(), self._clips_page()
        self._empty.hide()
        for page in (self._empty, self._contents):
            layout.addWidget(page, 1)

    def _header(self) -> WrapRow:
        tip = tr("A table of features with a genre column, measured by another program")
        self._table_button = button(tr("Import table…"), self.import_table, "", tip)
        tip = tr("A folder that contains one folder for each genre")
        self._folder_button = button(tr("Import folder…"), self.import_folder, "primary", tip)
        return page_header(tr("Library"), self._summary, self._table_button, self._folder_button)

    def _skipped_files(self) -> QFrame:
        layout = column(self._skipped_card, margin=16, gap=8)
        set_accessible_name(self.skipped, tr("Skipped files"))
        self.skipped.setMaximumHeight(140)
        self.skipped.setAlternatingRowColors(False)
        close = button(tr("Close"), self._skipped_card.hide, "quiet", tr("Close this list"))
        layout.addLayout(widget_row(self._skipped_title, close, expand=self._skipped_title))
        layout.addWidget(self.skipped)
        self._skipped_card.hide()
        return self._skipped_card

    def _empty_page(self) -> QWidget:
        card, layout = card_column(margin=40)
        layout.addStretch(1)
        title = label(tr("Add your own genres"), "title", wrap=True)
        hint = label(
            tr(
                "Import a folder that contains one folder for each genre, with any names. Or correct "
                "answers on the Analyse page: every correction becomes a training example. Your files "
                "are only read, never changed or copied."
            ),
            "muted",
            wrap=True,
        )
        for widget in (title, hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(widget)
        layout.addSpacing(12)
        choose = button(tr("Choose a folder…"), self.import_folder, "primary")
        layout.addWidget(choose, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return card

    def _clips_page(self) -> QWidget:
        line = WrapRow(gap=12)
        line.add(self._counts(), 2, letters=28)
        line.add(self._clips(), 5, letters=60, first=True)
        return line

    def _counts(self) -> QFrame:
        card, layout = card_column(margin=16)
        layout.addWidget(label(tr("Clips per genre"), "section"))
        area = QScrollArea()
        area.setProperty("kind", "plot")  # the height of some bars
        content = scroll_column(area)
        content.addWidget(self.bars)
        content.addStretch(1)
        layout.addWidget(area, 1)
        layout.addWidget(self._sources)
        layout.addWidget(self._waiting)
        tip = tr("Train a model on the clips in the library")
        self._retrain = button(tr("Retrain…"), self._open_models, "", tip)
        layout.addWidget(self._retrain)
        return card

    def _clips(self) -> QFrame:
        card, layout = card_column(gap=0)
        self.search.setPlaceholderText(tr("Search clips"))
        self.search.setClearButtonEnabled(True)
        set_accessible_name(self.search, tr("Search clips"), tr("Words in file names, genres and artists"))
        self.search.textChanged.connect(self.model.search)
        self._relabel = button(
            tr("Change genre…"), self.edit_label, "", tr("Change the genre of the selected clips (F2)")
        )
        tip = tr("Remove the selected clips from the library; the files are not deleted (Del)")
        self._remove = button(tr("Remove"), self.remove, "", tip)
        tools = WrapRow()
        tools.add(self.search, 1)
        for each in (self._relabel, self._remove):
            tools.add(each)
        layout.addLayout(fill(column(margin=12), tools))
        layout.addWidget(self.table, 1)
        self._selection_changed()
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """Reload: there may be new corrections."""
        super().showEvent(event)
        self.reload()

    def _reload_if_visible(self, _index: int) -> None:
        if self.isVisible():
            self.reload()

    def _push_undo(self, text: str, redo: Callable[[], object], undo: Callable[[], object]) -> None:
        self._context.undo.push(UndoCommand(text, redo, undo))

    def _set_importable(self, free: bool) -> None:
        self._table_button.setEnabled(free)
        self._folder_button.setEnabled(free)

    def _selection_changed(self) -> None:
        chosen = self.table.selectionModel().hasSelection()
        self._relabel.setEnabled(chosen)
        self._remove.setEnabled(chosen)
        self.facts_changed.emit()

    def _imported(self, job: Job) -> None:
        result = job.ended.result if job.ended else {}
        entries = [*result.get("skipped", []), *result.get("warnings", [])]
        self.skipped.clear()
        for entry in entries:
            reason = render(entry.get("reason", entry.get("warning", "")))
            self.skipped.addItem(shown(f"{entry.get('path', '')} — {reason}"))
        self._skipped_title.setText(plural(len(entries), "1 file was skipped", "{n} files were skipped"))
        self._skipped_card.setVisible(bool(entries))
        self.reload()

    def _show_counts(self, waiting: int) -> None:
        genres = Counter(entry.label for entry in self.entries)
        most = max(genres.values(), default=1)
        self.bars.show_bars([Bar(name, n / most, count(n)) for name, n in genres.most_common()])
        sources = Counter(entry.source for entry in self.entries)
        self._sources.setText(" · ".join(f"{tr(SOURCES.get(s, s))}: {count(n)}" for s, n in sources.items()))
        none = tr("All corrections have been used in a retraining.")
        text = plural(
            waiting,
            "1 correction has not been used in a retraining yet.",
            "{n} corrections have not been used in a retraining yet.",
        )
        self._waiting.setText(text if waiting else none)
        clips = plural(len(self.entries), "1 clip", "{n} clips")
        kinds = plural(len(genres), "1 genre", "{n} genres")
        self._summary.setText(f"{clips} · {kinds}" if self.entries else "")
        self._empty.setVisible(not self.entries)
        self._contents.setVisible(bool(self.entries))

    def _open_models(self) -> None:
        if "view.page.models" in self._context.actions:
            self._context.actions["view.page.models"].trigger()
