"""The Library page: what models learn from, how to bring in more, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from genre_desktop.app.i18n.translate import count, plural, render, tr
from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.errors import AppError
from genre_desktop.core.labels import same_label
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.library_edits import ClipList, TrainingExample
from genre_desktop.core.types import GENRES
from genre_desktop.ui.actions.actions import UndoCommand
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.library.clips_table import SOURCES, ClipsModel, ClipsTable
from genre_desktop.ui.widgets.count_bars import Bar, CountBars
from genre_desktop.ui.widgets.factory import (
    allow_shrink,
    button,
    column,
    frame,
    label,
    row,
    set_accessible_name,
)
from genre_desktop.ui.widgets.job_card import JobCard


class LibraryPage(QWidget):
    """Clips per genre, imports, and the table of training examples."""

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
        self._left_out = label("", "section")
        self._skipped_card = frame("card")
        self._stack = QStackedLayout()
        self._build()
        self.job.succeeded.connect(self._imported)
        self.job.busy_changed.connect(lambda busy: self._set_importable(not busy))
        self.table.selection_changed.connect(self._selection_changed)
        self.table.relabel_wanted.connect(self.ask_label)
        self.table.remove_wanted.connect(self.remove)
        context.undo.indexChanged.connect(self._undone)
        self.reload()

    # what people do

    def import_folder(self) -> None:
        """Ask for a folder with one folder per genre."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Import a folder with one folder for each genre"))
        if chosen:
            self.import_path(Path(chosen))

    def import_table(self) -> None:
        """Ask for a table of features."""
        kinds = tr("Tables") + " (*.csv *.tsv *.txt)"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Import a table of features"), "", kinds)
        if chosen:
            self.import_path(Path(chosen))

    def import_path(self, path: Path) -> None:
        """Bring in a folder or a table, in a process of its own."""
        self._skipped_card.hide()
        self.job.start("import", {"path": str(path), "mode": self._context.settings["analyse.mode"]})

    def ask_label(self) -> None:
        """Ask what the chosen examples are."""
        if not self.table.selected:
            return
        known = list(dict.fromkeys([*GENRES, *(entry.label for entry in self.entries)]))
        now = self.table.selected[0].label
        words = plural(len(self.table.selected), "Genre of the chosen clip", "Genre of {n} chosen clips")
        place = known.index(now)
        chosen, agreed = QInputDialog.getItem(self, tr("Change genre"), words, known, place, True)
        if agreed and chosen.strip():
            self.relabel(chosen)

    def relabel(self, genre: str) -> None:
        """The chosen examples are of this genre; can be undone."""
        clips = ClipList(self._context.database)
        wanted = same_label(genre, [*GENRES, *(entry.label for entry in self.entries)])
        try:
            change = clips.relabel(self.table.selected, wanted)
        except AppError as error:
            self._context.session.noticed.emit(error.problem)
            return
        self._push(
            tr("genre of clips"), lambda: clips.redo_relabel(change), lambda: clips.undo_relabel(change)
        )

    def remove(self) -> None:
        """Take the chosen examples out of the library; can be undone. The files stay."""
        chosen = self.table.selected
        if not chosen:
            return
        clips = ClipList(self._context.database)
        removed = clips.remove(chosen)
        self._push(tr("removal of clips"), lambda: clips.remove(chosen), lambda: clips.restore(removed))

    def reload(self) -> None:
        """Read the library anew."""
        try:
            database = self._context.database
            self.entries = ClipList(database).entries()
            waiting = Corrections(database).waiting()
        except AppError as error:
            self.job.show_problem(error.problem)
            return
        self.model.set_entries(self.entries)
        self._show_counts(waiting)

    # putting it together

    def _build(self) -> None:
        layout = column(self, gap=12)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addLayout(self._header())
        layout.addWidget(self.job)
        layout.addWidget(self._build_skipped())
        layout.addLayout(self._stack, 1)  # first: a stack without a parent shows its widgets as windows
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._contents())

    def _header(self) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(label(tr("Library"), "title"))
        line.addWidget(self._summary, 1, Qt.AlignmentFlag.AlignBottom)
        tip = tr("Features that were measured elsewhere, with a label column")
        self._table_button = button(tr("Import table…"), self.import_table, "", tip)
        tip = tr("A folder that holds one folder for each genre")
        self._folder_button = button(tr("Import folder…"), self.import_folder, "primary", tip)
        line.addWidget(self._table_button)
        line.addWidget(self._folder_button)
        return line

    def _build_skipped(self) -> QFrame:
        layout = column(self._skipped_card, margin=16, gap=8)
        set_accessible_name(self.skipped, tr("Files left out"))
        self.skipped.setMaximumHeight(140)
        self.skipped.setAlternatingRowColors(False)
        head = row(gap=8)
        head.addWidget(self._left_out, 1)
        head.addWidget(button(tr("Close"), self._skipped_card.hide, "quiet", tr("Close this list")))
        layout.addLayout(head)
        layout.addWidget(self.skipped)
        self._skipped_card.hide()
        return self._skipped_card

    def _nothing(self) -> QWidget:
        card = frame("card")
        layout = column(card, margin=40, gap=8)
        layout.addStretch(1)
        title = label(tr("Teach it your own genres"), "title", wrap=True)
        words = label(
            tr(
                "Import a folder that holds one folder for each genre, called whatever you like. "
                "Or correct answers on the Analyse page: every correction is an example too. "
                "Your files are only read, never changed or copied."
            ),
            "muted",
            wrap=True,
        )
        for widget in (title, words):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(widget)
        layout.addSpacing(12)
        go = button(tr("Choose a folder…"), self.import_folder, "primary")
        layout.addWidget(go, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return card

    def _contents(self) -> QWidget:
        page = QWidget()
        line = row(page, gap=12)
        line.addWidget(self._counts(), 2)
        line.addWidget(self._clips(), 5)
        return page

    def _counts(self) -> QFrame:
        card = frame("card")
        layout = column(card, margin=16, gap=8)
        layout.addWidget(label(tr("Clips per genre"), "section"))
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        inner = QWidget()
        inner.setObjectName("scrolled")
        inside = column(inner, gap=8)
        inside.addWidget(self.bars)
        inside.addStretch(1)
        area.setWidget(inner)
        layout.addWidget(area, 1)
        layout.addWidget(self._sources)
        layout.addWidget(self._waiting)
        tip = tr("Train a model on what is in the library")
        self._retrain = button(tr("Retrain…"), self._open_models, "", tip)
        layout.addWidget(self._retrain)
        return card

    def _clips(self) -> QFrame:
        card = frame("card")
        layout = column(card, gap=0)
        line = row(margin=12)
        self.search.setPlaceholderText(tr("Search clips"))
        self.search.setAcceptDrops(False)
        self.search.setClearButtonEnabled(True)
        set_accessible_name(self.search, tr("Search clips"), tr("Words in file names, genres and artists"))
        self.search.textChanged.connect(self.model.search)
        self._relabel = button(tr("Change genre…"), self.ask_label, "", tr("Give them another genre (F2)"))
        tip = tr("Take them out of the library; the files stay (Del)")
        self._remove = button(tr("Remove"), self.remove, "", tip)
        line.addWidget(self.search, 1)
        line.addWidget(self._relabel)
        line.addWidget(self._remove)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        self._selection_changed()
        return card

    # what happens

    def showEvent(self, event: QShowEvent) -> None:
        """Corrections may have come since."""
        super().showEvent(event)
        self.reload()

    def _undone(self, _index: int) -> None:
        if self.isVisible():
            self.reload()

    def _push(self, words: str, redo: Callable[[], object], undo: Callable[[], object]) -> None:
        self._context.undo.push(UndoCommand(words, redo, undo))

    def _set_importable(self, free: bool) -> None:
        self._table_button.setEnabled(free)
        self._folder_button.setEnabled(free)

    def _selection_changed(self) -> None:
        chosen = self.table.selectionModel().hasSelection()
        self._relabel.setEnabled(chosen)
        self._remove.setEnabled(chosen)

    def _imported(self, job: Job) -> None:
        result = job.ended.result if job.ended else {}
        found = [*result.get("skipped", []), *result.get("warnings", [])]
        self.skipped.clear()
        for entry in found:
            why = render(entry.get("reason", entry.get("warning", "")))
            self.skipped.addItem(f"{entry.get('path', '')} — {why}")
        self._left_out.setText(plural(len(found), "One file needs a look", "{n} files need a look"))
        self._skipped_card.setVisible(bool(found))
        self.reload()

    def _show_counts(self, waiting: int) -> None:
        genres = Counter(entry.label for entry in self.entries)
        most = max(genres.values(), default=1)
        self.bars.show_bars([Bar(name, n / most, count(n)) for name, n in genres.most_common()])
        sources = Counter(entry.source for entry in self.entries)
        self._sources.setText(" · ".join(f"{tr(SOURCES.get(s, s))}: {count(n)}" for s, n in sources.items()))
        none = tr("No correction waits for a retrain.")
        words = plural(waiting, "One correction waits for a retrain.", "{n} corrections wait for a retrain.")
        self._waiting.setText(words if waiting else none)
        clips = plural(len(self.entries), "One clip", "{n} clips")
        kinds = plural(len(genres), "one genre", "{n} genres")
        self._summary.setText(f"{clips} · {kinds}" if self.entries else "")
        self._stack.setCurrentIndex(1 if self.entries else 0)

    def _open_models(self) -> None:
        if "view.page.models" in self._context.actions:
            self._context.actions["view.page.models"].trigger()
