"""Under an answer: one click or one key says whether it is right, and what it is instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.core.types import GENRES
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import (
    button,
    clear,
    column,
    label,
    row,
    set_accessible_name,
    set_style_property,
)
from genre_desktop.ui.widgets.table_cells import spot_icon

COLUMNS = 3
"""At most; fewer where large text would be cut off."""

TAKEN = frozenset("K")
"""Letters that already mean something on the page."""


class CorrectionPanel(QWidget):
    """Confirm, choose another genre, or type a new one; the person's word shows above."""

    confirmed = Signal()
    chosen = Signal(str)
    undo_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._labels: list[str] = []
        self._row: ResultRow | None = None
        self._mark = QLabel()
        self._count = 1
        self._columns = 0
        self.undo = button(tr("Undo"), self.undo_wanted.emit, "quiet", tr("Say nothing about this file"))
        self._title = label(tr("Is this right?"), "section", wrap=True)
        self.confirm = button(tr("Yes"), self.confirmed.emit)
        self.own = QLineEdit()
        self._grid = QGridLayout()
        self._build()
        self.offer(GENRES)
        theme.changed.connect(self._fill)

    def _build(self) -> None:
        set_accessible_name(self.confirm, tr("Confirm genre"), tr("The answer is right (Return)"))
        self.own.setPlaceholderText(tr("Another genre of your own…"))
        self.own.setMaxLength(60)
        self.own.setAcceptDrops(False)  # files dropped on it are the window's
        set_accessible_name(self.own, tr("Own genre"), tr("Type any genre and press Return"))
        self.own.returnPressed.connect(self._typed)
        head = row(gap=8)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        head.addWidget(self.undo)
        head.addWidget(self.confirm)
        self._grid.setSpacing(6)
        layout = column(self, gap=8)
        layout.addLayout(head)
        layout.addLayout(self._grid)
        layout.addWidget(self.own)

    def follow(self, confirm: QAction) -> None:
        """Name the keys of the action that confirms, which the person may change."""

        def say() -> None:
            key = confirm.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self.confirm.setText(tr("Yes  {key}", key=key) if key else tr("Yes"))
            tip = (
                tr("The answer is right ({key} or Return)", key=key)
                if key
                else tr("The answer is right (Return)")
            )
            set_accessible_name(self.confirm, tr("Confirm genre"), tip)

        confirm.changed.connect(say)
        say()

    def offer(self, labels: Sequence[str]) -> None:
        """Show a button for each of these."""
        if list(labels) != self._labels:
            self._labels = list(labels)
            self._fill()

    def show_row(self, row: ResultRow) -> None:
        """Show what was said about a row."""
        self._row = row
        self._head()
        for name, choice in self._choices():
            set_style_property(choice, chosen=name == row.label)

    def show_count(self, number: int) -> None:
        """Say how many files a click is about."""
        self._count = number
        self._head()

    def _head(self) -> None:
        row = self._row
        said = bool(row and row.label) and self._count < 2
        words = plural(max(1, self._count), "Is this right?", "The {n} chosen files are")
        if said and row is not None:
            genre = genre_name(row.genre)
            words = tr("You said {genre}", genre=genre) if row.corrected else tr("You confirmed it")
            colour = self._theme.palette.success
            icon = "edit" if row.corrected else "check"
            self._mark.setPixmap(icons.pixmap(icon, 18, colour, self.devicePixelRatioF()))
        self._title.setText(words)
        self._title.setToolTip(tr("The next retraining learns it.") if said else "")
        self._mark.setVisible(said)
        self.undo.setVisible(said)
        self.confirm.setVisible(not said)

    def _fill(self) -> None:
        clear(self._grid)
        for place, (name, key) in enumerate(with_keys(self._labels)):
            self._grid.addWidget(self._choice(name, key), place, 0)
        self._columns = 0
        self._spread()
        if self._row is not None:
            self.show_row(self._row)

    def _spread(self) -> None:
        """Put the genres into as many columns as show every name whole."""
        choices = [choice for _, choice in self._choices()]
        for choice in choices:
            choice.ensurePolished()  # else its size is that of another font
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
        """The style is known only now."""
        super().showEvent(event)
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider or narrower card shows more or fewer columns."""
        super().resizeEvent(event)
        self._spread()

    def _choice(self, name: str, key: str) -> QPushButton:
        words = genre_name(name)
        made = button(f"{key}  {words}".strip(), lambda: self.chosen.emit(name), "choice")
        tip = tr("It is {genre} ({key})", genre=words, key=key) if key else tr("It is {genre}", genre=words)
        set_accessible_name(made, words, tip)
        made.setProperty("genre", name)
        made.setIcon(spot_icon(name, self._theme))
        made.setIconSize(QSize(12, 12))
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # columns follow, not lead
        return made

    def _choices(self) -> Iterator[tuple[str, QPushButton]]:
        for place in range(self._grid.count()):
            item = self._grid.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QPushButton):
                yield str(widget.property("genre")), widget

    def _typed(self) -> None:
        words = self.own.text().strip()
        if words:
            self.own.clear()
            self.chosen.emit(words)


class GenreKeys:
    """One key per genre while the keyboard is on ``page``; text fields keep what is typed into them."""

    def __init__(self, page: QWidget, choose: Callable[[str], None]) -> None:
        self._page, self._choose = page, choose
        self._shortcuts: list[QShortcut] = []

    def offer(self, labels: Sequence[str]) -> None:
        """Listen for the keys that :func:`with_keys` gives these."""
        for old in self._shortcuts:
            old.setEnabled(False)
            old.deleteLater()
        self._shortcuts = [self._listen(name, key) for name, key in with_keys(labels) if key]

    def _listen(self, name: str, key: str) -> QShortcut:
        made = QShortcut(QKeySequence(key), self._page)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(lambda: self._choose(name))
        return made


def with_keys(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Each label with its key: digits for the first ten, then a letter of its name that is still free."""
    taken = set(TAKEN)
    pairs = []
    for place, name in enumerate(labels):
        letters = (c for c in name.upper() if "A" <= c <= "Z" and c not in taken)
        key = str((place + 1) % 10) if place < 10 else next(letters, "")
        taken.add(key)
        pairs.append((name, key))
    return pairs
