"""The Analyse page: the results table, the answer beside it, spectrogram and timeline below."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from genre_desktop.app.analysis.corrections import AppliedCorrection, CorrectionService
from genre_desktop.app.analysis.group_row import GroupRow
from genre_desktop.app.analysis.review_order import extract_start
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.table_model import ResultsModel
from genre_desktop.app.i18n.genre_names import whole_genre_name
from genre_desktop.app.i18n.tag_names import filter_words
from genre_desktop.app.i18n.translate import count, plural, tr
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.types import Spectrogram
from genre_desktop.ui.actions.actions import Fact, UndoCommand
from genre_desktop.ui.context import TAG_WORDS, AppContext
from genre_desktop.ui.external import open_path
from genre_desktop.ui.fitting.panes import Pane
from genre_desktop.ui.fitting.scroll import Scroll
from genre_desktop.ui.pages.analyse.empty_state import EmptyState
from genre_desktop.ui.pages.analyse.filter_bar import FilterBar
from genre_desktop.ui.pages.analyse.focus_keys import FocusKeyFilter
from genre_desktop.ui.pages.analyse.result_card import ResultCard, details
from genre_desktop.ui.pages.analyse.results_table import ResultsTable
from genre_desktop.ui.pages.analyse.review import Review
from genre_desktop.ui.pages.analyse.song_controller import SongController
from genre_desktop.ui.pages.analyse.spectrogram_panel import SpectrogramPanel
from genre_desktop.ui.pages.analyse.workspace import Workspace
from genre_desktop.ui.pages.genre_keys import GenreKeys
from genre_desktop.ui.pages.layout import page_column, page_header, widget_row
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.widgets.factory import (
    action_button,
    column,
    copy_text,
    follow_tip,
    icon_button,
    label,
)

if TYPE_CHECKING:
    from genre_desktop.ui.pages.analyse.map_panel import MapPanel

COMPACT, GROUP = "results.compact", "results.group"
ROW_ACTIONS = (
    "play.toggle", "edit.show_in_folder", "edit.copy_path", "edit.copy_details", "", "file.similar", "file.path", "",
    "file.tags", "edit.again", "",
    "edit.remove",
)  # fmt: skip
"""Actions of the table's context menu; an empty name is a separator."""


class AnalysePage(QWidget):
    """Shows the files of the session; ``facts_changed`` is emitted when actions may be enabled or disabled."""

    facts_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.model = ResultsModel()
        self.filters = FilterBar(context.theme)
        self.table = ResultsTable(context.theme, self.model)
        self.review = Review(context.settings, self.model, self.table, self.filters)
        self.card = ResultCard(context.theme, context.actions)
        self.panel = SpectrogramPanel(context.theme, context.settings, context.plots)
        self.song = SongController(context, self.card, self.panel)
        self.corrector = CorrectionService(lambda: context.database, context.session.row_changed.emit)
        self._summary = label("", "muted")
        self._nothing_found = label(tr("No file matches the search and the filters."), "muted")
        self._nothing_found.setContentsMargins(20, 8, 20, 8)
        self._nothing_found.hide()
        self._views = QStackedLayout()
        self.map: MapPanel | None = None
        self._panes = Workspace(self._list(), self.panel, self.card)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(Scroll(EmptyState(context.theme, context.actions)))
        self._stack.addWidget(self._workspace())
        self._current: ResultRow | None = None
        self._selected: ResultRow | None = None
        """The current row, or the heading of a group."""
        self._connect()
        self.table.set_compact(context.settings[COMPACT])
        self._group()
        self._restore()

    @property
    def current(self) -> ResultRow | None:
        """The row whose answer is shown."""
        return self._current

    def search(self) -> None:
        """Move the keyboard focus to the search field."""
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def copy_details(self) -> None:
        """Copy the answers or problems of the selected rows."""
        copy_text("\n\n".join(map(details, self.table.selected)))

    def copy_path(self) -> None:
        """Copy the paths of the selected rows, a line each."""
        copy_text("\n".join(row.location for row in self.table.selected))

    def show_in_folder(self) -> None:
        """Open the folder of the first selected row."""
        for row in self.table.selected[:1]:
            open_path(row.path.parent, self._context.notifier)

    def toggle_map(self) -> None:
        """Show the map in place of the table and the spectrogram, or no longer."""
        if self.map is None:
            from genre_desktop.ui.pages.analyse.map_panel import MapPanel

            self.map = MapPanel(self._context, self.model, self.table)
            self.map.chosen.connect(self.table.show_row)
            self.map.activated.connect(self.play_row)
            self.map.enclosed.connect(self.show_first)
            self._views.addWidget(self.map)
        on = self._views.currentIndex() == 0
        self._views.setCurrentIndex(int(on))
        self.panel.setVisible(not on)
        (self.map.view or self.map if on else self.table).setFocus()
        if not on:
            self.table.show_current()

    def show_first(self, rows: Sequence[ResultRow]) -> None:
        """Put rows first in the list, in their order, and select them; filters that hide some are removed."""
        filtered = self.model.rowCount() < self.model.total  # else tens of thousands need no look
        if filtered and any(self.model.place_of(row) is None for row in rows):
            self.filters.clear()
        ranks = {row.key: place for place, row in enumerate(rows)}
        self.model.set_view(replace(self.model.view, ranks=ranks))
        self.table.show_rows(rows)

    def play_row(self, row: ResultRow) -> None:
        """Select a row and play it from the beginning."""
        if self.model.place_of(row) is None:
            self.filters.clear()
        self.table.show_row(row)
        self.song.play_from(0.0)

    def again(self) -> None:
        """Analyse the selected rows again."""
        self._context.session.reanalyse(self.table.selected)

    def answer_again(self) -> None:
        """Have the champion answer what another model answered; labels that the user gave stay."""
        session, champion = self._context.session, self._context.monitoring.champion.answering
        rows = session.outdated(champion) if champion else []
        session.answer_again(rows)
        if not rows:
            self._context.notifier.show_message(tr("No answer in the list can be renewed by the champion."))

    def remove(self) -> None:
        """Remove the selected rows from the list; this can be undone."""
        self._remove_rows(self.table.selected)

    def clear(self) -> None:
        """Remove all rows from the list; this can be undone."""
        session = self._context.session
        if session.restoring:  # rows still to be restored are removed too
            session.restored.connect(self.clear, Qt.ConnectionType.SingleShotConnection)
            return
        self._remove_rows(self.model.rows)
        self.filters.clear()

    def _remove_rows(self, rows: list[ResultRow]) -> None:
        if not rows:
            return
        session = self._context.session
        unread = [row for row in rows if row.state is State.WAITING or row.state is State.WORKING]
        session.remove(rows)
        text = plural(len(rows), "removal of 1 file from the list", "removal of {n} files from the list")
        command = UndoCommand(text, lambda: session.remove(rows), lambda: session.reinsert(rows, unread))
        self._context.undo.push(command)

    def show_row_menu(self, where: QPoint) -> None:
        """Open the context menu of the selected rows."""
        menu = self.row_menu()
        menu.exec(self.table.viewport().mapToGlobal(where))
        menu.deleteLater()

    def row_menu(self) -> QMenu:
        """Return the context menu of the selected rows."""
        menu = QMenu(tr("Selected files"), self)
        menu.addAction(self._context.actions["edit.confirm"])
        menu.addAction(self._context.actions["edit.group_genre"])
        genres = menu.addMenu(tr("Set &genre"))
        for name in self.card.corrections.labels:
            genres.addAction(whole_genre_name(name).replace("&", "&&"), partial(self.correct, name))
        menu.addSeparator()
        for name in ROW_ACTIONS:
            if name in self._context.actions:
                menu.addAction(self._context.actions[name])
            else:
                menu.addSeparator()
        return menu

    def remove_labels(self) -> None:
        """Remove the user's labels from the selected rows; this can be undone."""
        active = self.corrector.active_corrections(self.table.selected)
        if active:
            undo, redo = self.corrector.undo, self.corrector.repeat
            undo(active)
            self._push_labels(active, lambda: undo(active), lambda: redo(active))

    @property
    def facts(self) -> set[Fact]:
        """The conditions that hold now, for the actions that depend on them."""
        known: dict[Fact, bool] = {
            "rows": self.model.total > 0,
            "selection": self.table.selectionModel().hasSelection(),
            "group": self.table.has_heading,
            "doubtful": self.review.active or self.model.doubtful > 0,
            "picture": self.panel.has_picture,
            "playable": self.song.playable,
            "begun": self.song.playable and self.song.playback.begun,
        }
        return {fact for fact, true in known.items() if true}

    def confirm(self) -> None:
        """Confirm the answers of the selected rows."""
        self.correct("")

    def correct(self, genre: str) -> None:
        """Label the selected rows; an empty genre confirms each row's own, if any. This can be undone."""
        self._label(
            [
                (
                    [row for row in self.table.selected if row.state is State.DONE and (genre or row.genre)],
                    genre,
                )
            ]
        )

    def correct_groups(self) -> None:
        """Label the songs of the selected groups with the genre that each group voted for. This can be undone."""
        self._label(
            [
                ([row for row in rows if row.state is State.DONE and row.genre], group.genre)
                for group, rows in self.table.groups
                if group.genre
            ]
        )

    def _label(self, wanted: Sequence[tuple[list[ResultRow], str]]) -> None:
        """Label rows with the genre beside them."""
        rows = [row for each, _ in wanted for row in each]
        following = self.review.following(rows)
        labelled: list[AppliedCorrection] = []
        try:
            for each, genre in wanted:
                labelled += self.corrector.apply(each, genre)
        except AppError as error:
            self._context.session.noticed.emit(error.problem)
        if not labelled:
            return
        self._go_on(following)
        undo, redo = self.corrector.undo, self.corrector.repeat
        self._push_labels(labelled, lambda: redo(labelled), lambda: undo(labelled))
        if not {row.label for row in rows if row.label}.issubset(self.card.corrections.labels):
            self._update_labels()

    def toggle_review(self) -> None:
        """Go through the answers that need review one by one, or finish that."""
        if self._views.currentIndex():
            self.toggle_map()
        self.review.toggle()

    def _push_labels(
        self, labelled: Sequence[AppliedCorrection], redo: Callable[[], object], undo: Callable[[], object]
    ) -> None:
        rows = [each.row for each in labelled]

        def back() -> None:
            undo()
            self.model.settle()
            self.table.show_rows(rows)

        def again() -> None:
            following = self.review.following(rows)
            redo()
            self._go_on(following)

        text = plural(len(rows), "genre of 1 file", "genre of {n} files")
        self._context.undo.push(UndoCommand(text, again, back))

    def _go_on(self, following: ResultRow | None) -> None:
        """Select the next answer of a review, before those that were given a genre leave the table."""
        self.review.show(following)
        if self.filters.doubtful:
            self.model.settle()

    def save_picture(self) -> None:
        """Save spectrogram and timeline as an image."""
        if self._current is not None and self.panel.has_picture:
            save_image.save_with_dialog(self.panel.plots, self._current.path.stem)

    def zoom(self, factor: float | None) -> None:
        """Show ``factor`` times as much time; None shows all."""
        self.panel.zoom(factor)

    def play(self, what: str) -> None:
        """Control playback: ``toggle``, ``previous``, ``next``, ``back``, ``forward``, ``stop``, ``louder`` or ``softer``."""
        song = self.song
        commands: dict[str, Callable[[], None]] = {
            "toggle": song.toggle,
            "previous": lambda: self._play_neighbour(-1),
            "next": lambda: self._play_neighbour(1),
            "back": lambda: song.step(-1),
            "forward": lambda: song.step(1),
            "stop": song.stop,
            "louder": lambda: song.change_volume(1),
            "softer": lambda: song.change_volume(-1),
        }
        commands[what]()

    def _play_neighbour(self, direction: int) -> None:
        """Select the row below (1) or above (-1), and play it if a song was playing."""
        playing = self.song.playback.playing
        place = self.table.currentIndex().row() + direction
        if 0 <= place < self.model.rowCount() and self.model.headings([place]):
            place += direction
        if 0 <= place < self.model.rowCount():
            self.table.show_row(self.model.row_at(place))
            if playing:
                self.song.play_from(0.0)

    def save(self) -> None:
        """Save columns, splitters, the tab and, if the list is persisted, the current row."""
        memory, persisted = self._context.memory, self._context.session.remembered
        current = os.fsencode(self._current.path) if self._current is not None and persisted else b""
        memory.setValue("analyse/current", QByteArray(current))
        self.song.save()
        memory.setValue("analyse/columns", QByteArray(self.table.save_columns()))
        self._panes.save(memory)

    def _workspace(self) -> QWidget:
        page = QWidget()
        layout = page_column(page)
        actions = self._context.actions
        review = action_button(actions["edit.review"])
        buttons = (
            review,
            action_button(actions["file.folder"]),
            action_button(actions["file.open"], "primary"),
        )
        layout.addWidget(page_header(tr("Analyse"), self._summary, *buttons))
        layout.addWidget(self._panes, 1)
        return page

    def _list(self) -> QWidget:
        card = Pane()
        layout = column(card, gap=0)
        filters = column(margin=12)
        chart = icon_button(self._context.theme, "map", tr("Map of the list"), self.toggle_map)
        follow_tip(chart, self._context.actions["view.map"])
        filters.addLayout(widget_row(self.filters, chart, expand=self.filters))
        filters.addWidget(self.review.bar)
        layout.addLayout(filters)
        layout.addWidget(self._nothing_found)
        self._views.addWidget(self.table)
        layout.addLayout(self._views, 1)
        return card

    def _connect(self) -> None:
        session = self._context.session
        session.rows_added.connect(self._on_rows_added)
        session.rows_removed.connect(self.model.remove)
        session.restored.connect(self._on_restored)
        session.row_changed.connect(self._row_changed)
        session.opened.connect(self.table.show_row)
        session.pictures.came.connect(self._on_spectrogram)
        session.pictures.failed.connect(self._on_spectrogram_failed)
        self.filters.changed.connect(lambda: self.model.set_view(self.filters.apply_to(self.model.view)))
        self.model.rearranged.connect(self._update_filters)
        self.table.current.connect(self._show)
        self.table.selection_changed.connect(self.facts_changed)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.confirmed.connect(self.confirm)
        self.table.compact_wanted.connect(partial(self._choose, COMPACT))
        self.table.grouping_wanted.connect(partial(self._choose, GROUP))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.show_row_menu)
        self.table.doubleClicked.connect(lambda _index: self.song.toggle())
        self.review.changed.connect(self.facts_changed)
        self.review.bar.play.toggled.connect(self._play_extract)
        self.song.facts_changed.connect(self.facts_changed)
        self.song.wanted.connect(self._open_similar)
        self.card.corrections.chosen.connect(self.correct)
        self.card.corrections.confirmed.connect(self.confirm)
        self.card.corrections.undo_requested.connect(self.remove_labels)
        self._keys = GenreKeys(self, self.correct)
        self._own_keys = FocusKeyFilter(self, lambda: self.song.playback.playing)
        self._context.theme.changed.connect(lambda: self.card.show_row(self._selected))
        self._context.changes.changed.connect(self._setting_changed)

    def _setting_changed(self, key: str) -> None:
        if key.startswith("spectrogram."):
            self.panel.choose(key, self._context.settings[key])
        elif key == TAG_WORDS:
            self.model.touch_all()
            self.card.show_row(self._selected)
        elif key == COMPACT:
            self.table.set_compact(self._context.settings[COMPACT])
        elif key == GROUP:
            self._group()

    def _group(self) -> None:
        self.model.set_view(replace(self.model.view, group=self._context.settings[GROUP]))

    def _choose(self, key: str, value: object) -> None:
        self._context.settings[key] = value
        self._context.changes.changed.emit(key)

    def _restore(self) -> None:
        memory = self._context.memory
        if not self._context.restores:
            return
        columns = memory.value("analyse/columns")
        if isinstance(columns, QByteArray):
            self.table.restore_columns(bytes(columns.data()))
        self._panes.restore(memory)

    def _on_rows_added(self, rows: list[ResultRow]) -> None:
        if self._context.session.restoring:
            self.model.hold(True)
        self.model.add(rows)
        self._update_summary()

    def _on_restored(self) -> None:
        self.model.hold(False)
        path = self._context.memory.value("analyse/current")
        opened_meanwhile = self._current is not None or self._context.session.busy
        if opened_meanwhile:  # restored rows come before those that were opened meanwhile
            self.table.show_current()
        if isinstance(path, QByteArray) and path.size() and not opened_meanwhile:
            row = self._context.session.row_of(Path(os.fsdecode(bytes(path.data()))))
            if row is not None:
                self.table.show_row(row)

    def _update_filters(self) -> None:
        self._update_summary()
        self.filters.set_genres(self.model.genres)
        self.filters.set_tags(filter_words(self.model.tags))
        current = self.table.currentIndex().row()
        if current >= 0 and self.model.headings([current]):  # its vote may be another one
            self._show(self.model.row_at(current))

    def _update_summary(self) -> None:
        total, shown = self.model.total, self.model.n_shown
        self._stack.setCurrentIndex(1 if total else 0)
        text = plural(total, "1 file", "{n} files")
        if shown != total:
            text = tr("{shown} of {total}", shown=count(shown), total=text)
        self._summary.setText(text)
        self._nothing_found.setVisible(bool(total) and not shown)
        self.facts_changed.emit()

    def _row_changed(self, row: ResultRow) -> None:
        self.corrector.look_up([row])
        self.model.touch(row)
        if row is self._current:
            self._show(row)

    def _selection_changed(self) -> None:
        self.card.corrections.show_count(self.table.chosen)

    def _update_labels(self) -> None:
        labels = self.corrector.labels()
        self.card.corrections.set_labels(labels)
        self._keys.set_labels(labels)

    def showEvent(self, event: QShowEvent) -> None:
        """Update the labels to choose from."""
        super().showEvent(event)
        self._update_labels()

    def _show(self, selected: ResultRow | None) -> None:
        row = None if isinstance(selected, GroupRow) else selected
        fresh, self._current, self._selected = row is not self._current, row, selected
        self.card.show_row(selected)
        self.panel.show_row(row)
        self.song.show_row(row)
        self._context.session.set_current(row)
        picture = self._context.session.pictures.get(row) if row is not None else None
        if picture is not None:
            self.panel.show_picture(picture)
        if fresh:
            self._play_extract()
        self.facts_changed.emit()

    def _play_extract(self) -> None:
        """Play the current answer's extract if a review plays them."""
        answer = self._current.answer if self._current is not None and self.review.plays else None
        if answer is not None:
            self.song.play_from(extract_start(answer))

    def _open_similar(self, path: Path) -> None:
        """Open the file of a similar clip and play it after its analysis."""
        if not path.is_file():
            self._context.session.noticed.emit(Problem("missing-file/clip", name=path.name))
            return
        self.song.play_when_shown(path)
        self._context.session.open_paths([path])

    def _on_spectrogram(self, row: ResultRow, picture: Spectrogram) -> None:
        if row is self._current and row.state is State.DONE:
            self.panel.show_picture(picture)
            self.facts_changed.emit()

    def _on_spectrogram_failed(self, row: ResultRow, problem: Problem) -> None:
        if row is self._current:
            self.panel.show_problem(problem)
