"""Review mode: the answers that need review one after the other, those that teach most first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from genre_desktop.app.analysis.review_order import teaching_order
from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.table_model import ResultsModel
from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.core.settings import Settings
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.pages.analyse.filter_bar import FilterBar
from genre_desktop.ui.pages.analyse.results_table import ResultsTable
from genre_desktop.ui.widgets.factory import button, column, fill, label, set_accessible_name

PLAY = "review.play"


class ReviewBar(QFrame):
    """How many answers are left, with buttons for previous, next and finish, and a box that sets ``review.play``."""

    stepped = Signal(int)
    finished = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("tone", "accent")
        self.setAccessibleName(tr("Review"))
        self.left = label("", "section", wrap=True)
        self.play = QCheckBox(tr("Play"))
        set_accessible_name(
            self.play, tr("Play during review"), tr("Play the clearest ten seconds of each answer")
        )
        self.play.setChecked(settings[PLAY])
        self.play.toggled.connect(lambda on: settings.__setitem__(PLAY, on))
        self.previous = button(
            tr("Previous"), lambda: self.stepped.emit(-1), "quiet", tr("Previous answer (Shift+Tab)")
        )
        self.next = button(tr("Next"), lambda: self.stepped.emit(1), "quiet", tr("Next answer (Tab)"))
        self.finish = button(tr("Finish"), self.finished.emit, "quiet", tr("End the review (Escape)"))
        line = WrapRow()
        line.add(self.left, 1, letters=24)
        for each in (self.play, self.previous, self.next, self.finish):
            line.add(each)
        fill(column(self), line).setContentsMargins(12, 4, 8, 4)
        self.hide()

    def show_left(self, number: int) -> None:
        """Show how many answers are left."""
        text = plural(number, "One answer left to review", "{n} answers left to review")
        self.left.setText(text if number else tr("All answers are reviewed"))
        self.previous.setEnabled(number > 0)
        self.next.setEnabled(number > 0)


class Review(QObject):
    """Filters and sorts the table for a review, and selects the next answer after each that was given a genre.

    ``changed`` is emitted when a review begins or ends.
    """

    changed = Signal()

    def __init__(
        self, settings: Settings, model: ResultsModel, table: ResultsTable, filters: FilterBar
    ) -> None:
        super().__init__(table)
        self._settings, self._model, self._table, self._filters = settings, model, table, filters
        self.active, self._state_before = False, 0
        self.bar = ReviewBar(settings)
        self.bar.stepped.connect(self.step)
        self.bar.finished.connect(self.finish)
        table.stepped.connect(self.step)
        table.escaped.connect(self.finish)
        filters.changed.connect(self._filter_changed)
        model.rearranged.connect(self._count)

    @property
    def plays(self) -> bool:
        """Whether each selected answer is to be played."""
        return self.active and bool(self._settings[PLAY])

    def toggle(self) -> None:
        """Begin a review at its first answer, or finish it."""
        if self.active:
            self.finish()
            return
        self._state_before = self._filters.show_doubtful()
        order = teaching_order(row for row in self._model.shown if row.doubtful)
        ranks = {row.key: place for place, row in enumerate(order)}
        self._model.set_view(replace(self._model.view, ranks=ranks))
        self._set_active(True)
        if order:
            self._table.show_row(order[0])
        self._table.setFocus()

    def finish(self) -> None:
        """End the review: the table shows what it showed before, and the selected row stays selected."""
        if self.active:
            self._end()
            self._filters.states.setCurrentIndex(self._state_before)
            self._table.show_current()

    def step(self, direction: int) -> None:
        """Select the next (1) or the previous (-1) answer."""
        self.show(self._table.next_doubtful(self._table.selected, direction))

    def following(self, rows: Sequence[ResultRow]) -> ResultRow | None:
        """Return the row to show once these are given a genre; None where they stay in the table."""
        return self._table.next_doubtful(rows) if self._filters.doubtful else None

    def show(self, found: ResultRow | None) -> None:
        """Select a row, if any; during a review, the table's keys work from here on."""
        if found is not None:
            self._table.show_row(found)
        if self.active:
            self._table.setFocus()

    def _set_active(self, on: bool) -> None:
        self.active = self._table.stepping = on
        self._count()
        self.bar.setVisible(on)
        self.changed.emit()

    def _filter_changed(self) -> None:
        if self.active and not self._filters.doubtful:
            self._end()

    def _end(self) -> None:
        self._set_active(False)
        self._model.set_view(replace(self._model.view, ranks={}))

    def _count(self) -> None:
        if self.active:
            self.bar.show_left(self._model.n_shown)
