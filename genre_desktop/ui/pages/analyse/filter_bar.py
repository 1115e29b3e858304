"""Search and filters above the results table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

from genre_desktop.app.analysis.results_filter import ResultsFilter
from genre_desktop.app.analysis.rows import State
from genre_desktop.app.i18n.genre_names import genre_or_kind_name
from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import set_accessible_name

TYPING_MS = 150
"""Delay of the search after the last key press, in milliseconds."""

_STATES: tuple[tuple[str, frozenset[State], bool], ...] = (
    (mark("All"), frozenset(State), False),
    (mark("Done"), frozenset({State.DONE}), False),
    (mark("Needs review"), frozenset({State.DONE}), True),
    (mark("Failed"), frozenset({State.FAILED}), False),
    (mark("Pending"), frozenset(State) - {State.DONE, State.FAILED}, False),
)
"""Title, states, and whether only doubtful answers are shown."""
_DOUBTFUL = next(place for place, (_, _, doubtful) in enumerate(_STATES) if doubtful)


class FilterBar(WrapRow):
    """Emits ``changed`` when the search or a filter changes; see :meth:`apply_to`."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.search = _Search(theme)
        self.genres = QComboBox()
        self.tags = QComboBox()
        self.states = QComboBox()
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._build()

    def _build(self) -> None:
        set_accessible_name(self.genres, tr("Genre filter"), tr("Show one genre only"))
        set_accessible_name(self.states, tr("Status filter"), tr("Show files with one status only"))
        set_accessible_name(self.tags, tr("Tag filter"), tr("Show songs with one tag only"))
        self.genres.addItem(tr("All genres"), "")
        self.tags.addItem(tr("All tags"), "")
        self.tags.hide()
        for title, _, _ in _STATES:
            self.states.addItem(tr(title))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._emit_changed)
        self.genres.currentIndexChanged.connect(self._emit_changed)
        self.tags.currentIndexChanged.connect(self._emit_changed)
        self.states.currentIndexChanged.connect(self._emit_changed)
        self.search.setMinimumWidth(120)
        boxes = (self.genres, self.tags, self.states)
        for box in boxes:
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumWidth(64)
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.add(self.search, 1)
        self.add(WrapRow(*boxes))

    def set_genres(self, genres: Iterable[str]) -> None:
        """Set the genres and kinds of sound to choose from; the chosen one stays chosen."""
        _set_choices(self.genres, genres, genre_or_kind_name)

    def set_tags(self, words: Iterable[str]) -> None:
        """Set the tags to choose from, which are hidden while there are none; the chosen one stays chosen."""
        _set_choices(self.tags, words, str)
        self.tags.setVisible(self.tags.count() > 1)

    @property
    def doubtful(self) -> bool:
        """Whether only answers that need review are shown."""
        return self.states.currentIndex() == _DOUBTFUL

    def show_doubtful(self) -> int:
        """Show only the answers that need review; return which entry of ``states`` was chosen before."""
        before = self.states.currentIndex()
        self.states.setCurrentIndex(_DOUBTFUL)
        return before

    def clear(self) -> None:
        """Reset search and filters."""
        self.search.clear()
        self.genres.setCurrentIndex(0)
        self.tags.setCurrentIndex(0)
        self.states.setCurrentIndex(0)
        self._emit_changed()

    def apply_to(self, view: ResultsFilter) -> ResultsFilter:
        """Return ``view`` with this bar's search and filters and its own sorting."""
        _, states, doubtful = _STATES[self.states.currentIndex()]
        return replace(
            view,
            search=self.search.text(),
            genre=self.genres.currentData(),
            tag=self.tags.currentData(),
            states=states,
            doubtful=doubtful,
        )

    def _emit_changed(self) -> None:
        self._typing.stop()
        self.changed.emit()


def _set_choices(box: QComboBox, values: Iterable[str], title: Callable[[str], str]) -> None:
    """Set the entries after the first, sorted; the chosen one stays chosen."""
    chosen = box.currentData()
    wanted = sorted({*values, chosen} - {""})
    if wanted == [box.itemData(i) for i in range(1, box.count())]:
        return
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for value in wanted:
        box.addItem(shown(title(value)), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)


class _Search(QLineEdit):
    """Search field that Escape clears; the window accepts dropped files."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(tr("Search files, genres and tags"))
        about = tr(
            "Words in file names, folders, titles, artists, albums, genres and tags; keys such as 8A; tempi such as "
            "118-124bpm"
        )
        set_accessible_name(self, tr("Search"), about)
        self.setProperty("kind", "search")
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with a magnifying glass at its left end."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.scaled(16)
        glass = icons.pixmap("search", side, self._theme.palette.muted, self.devicePixelRatioF())
        painter.drawPixmap(10, (self.height() - side) // 2, glass)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the field on Escape."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
