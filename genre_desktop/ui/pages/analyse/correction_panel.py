"""Confirming or correcting an answer with one click or one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.i18n.genre_names import genre_name, whole_genre_name
from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.core.types import GENRES
from genre_desktop.ui.pages.genre_keys import with_keys
from genre_desktop.ui.pages.layout import widget_row
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
    clear,
    column,
    label,
    set_accessible_name,
    set_style_property,
)
from genre_desktop.ui.widgets.table_cells import spot_icon

COLUMNS = 3
"""Maximum; fewer if a name would be cut off."""


class CorrectionPanel(QWidget):
    """Confirm, choose another genre or type a new one; the user's label is shown above."""

    confirmed = Signal()
    chosen = Signal(str)
    undo_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.labels: list[str] = []
        self._row: ResultRow | None = None
        self._mark = QLabel()
        self._count = 1
        self._columns = 0
        self._key = ""
        self.undo = button(
            tr("Undo"), self.undo_requested.emit, "quiet", tr("Remove your correction or confirmation")
        )
        self._title = label(tr("Is this right?"), "section", wrap=True)
        self.confirm = button(tr("Confirm"), self.confirmed.emit)
        self.own = QLineEdit()
        self._grid = QGridLayout()
        self._choices: dict[str, QPushButton] = {}
        self._build()
        self.set_labels(GENRES)
        theme.changed.connect(self._create_buttons)

    def _build(self) -> None:
        set_accessible_name(self.confirm, tr("Confirm genre"), tr("The answer is right (Return)"))
        self.own.setPlaceholderText(tr("Other genre…"))
        self.own.setMaxLength(60)
        set_accessible_name(self.own, tr("Other genre"), tr("Enter any genre and press Return"))
        self.own.returnPressed.connect(self._choose_typed)
        head = widget_row(self._mark, self._title, self.undo, self.confirm, expand=self._title)
        self._grid.setSpacing(6)
        layout = column(self, gap=8)
        layout.addLayout(head)
        layout.addLayout(self._grid)
        layout.addWidget(self.own)

    def follow(self, confirm: QAction) -> None:
        """Keep the button's text and tool tip in line with the action's shortcut."""

        def update() -> None:
            key = confirm.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self._key = key
            self._update_confirm()
            tip = (
                tr("The answer is right ({key} or Return)", key=key)
                if key
                else tr("The answer is right (Return)")
            )
            set_accessible_name(self.confirm, tr("Confirm genre"), tip)

        confirm.changed.connect(update)
        update()

    def set_labels(self, labels: Sequence[str]) -> None:
        """Show a button for each label."""
        if list(labels) != self.labels:
            self.labels = list(labels)
            self._create_buttons()

    def show_row(self, row: ResultRow) -> None:
        """Show a row's label."""
        self._row = row
        self._update_head()
        for name, choice in self._choices.items():
            set_style_property(choice, chosen=name == row.label)

    def show_count(self, number: int) -> None:
        """Set the number of files that a click labels."""
        self._count = number
        self._update_head()
        self._update_confirm()

    def _update_confirm(self) -> None:
        text = tr("Confirm all") if self._count > 1 else tr("Confirm")
        self.confirm.setText(f"{text}  {self._key}".rstrip())

    def _update_head(self) -> None:
        row = self._row
        labelled = bool(row and row.label) and self._count < 2
        text = plural(max(1, self._count), "Is this right?", "Set the genre of {n} files")
        without_genre = row is not None and row.kind != "music" and self._count < 2
        if without_genre:
            text = tr("Is it music?")
        if labelled and row is not None:
            genre = genre_name(row.genre)
            text = tr("Corrected to {genre}", genre=genre) if row.corrected else tr("Confirmed")
            self._theme.set_pixmap(self._mark, "edit" if row.corrected else "check", 18, "success")
        self._title.setText(text)
        self._title.setToolTip(tr("It is used in the next retraining.") if labelled else "")
        self._mark.setVisible(labelled)
        self.undo.setVisible(labelled)
        self.confirm.setVisible(not labelled and not without_genre)

    def _create_buttons(self) -> None:
        clear(self._grid)
        self._choices = {name: self._choice(name, key) for name, key in with_keys(self.labels)}
        for place, choice in enumerate(self._choices.values()):
            self._grid.addWidget(choice, place, 0)
        self._columns = 0
        self._arrange()
        if self._row is not None:
            self.show_row(self._row)

    def _arrange(self) -> None:
        """Arrange the buttons in as many columns as show every name in full."""
        choices = self._choices.values()
        for choice in choices:
            choice.ensurePolished()  # its size hint needs the style's font
        widest = max((choice.sizeHint().width() for choice in choices), default=1)
        fitting = (self.width() + self._grid.spacing()) // (widest + self._grid.spacing())
        columns = max(1, min(COLUMNS, fitting))
        if columns == self._columns:
            return
        self._columns = columns
        for place, choice in enumerate(choices):
            self._grid.addWidget(choice, place // columns, place % columns)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out again: the style is applied by now."""
        super().showEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt the number of columns."""
        super().resizeEvent(event)
        self._arrange()

    def _choice(self, name: str, key: str) -> QPushButton:
        genre = genre_name(name)
        choice = button("", lambda: self.chosen.emit(name), "choice")
        choice.setText(f"{key}  {genre}".strip().replace("&", "&&"))  # one is the mark of a shortcut
        whole = whole_genre_name(name)
        tip = (
            tr("Set genre to {genre} ({key})", genre=whole, key=key)
            if key
            else tr("Set genre to {genre}", genre=whole)
        )
        set_accessible_name(choice, whole, tip)
        choice.setProperty("genre", name)
        choice.setIcon(spot_icon(name, self._theme))
        choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # sized by the grid
        return choice

    def _choose_typed(self) -> None:
        genre = self.own.text().strip()
        if genre:
            self.own.clear()
            self.chosen.emit(genre)
