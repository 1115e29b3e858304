"""The map of the list in place of the table: songs that sound alike are near each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QWidget,
)

from genre_desktop.app.analysis.row_columns import NO_MUSIC
from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.table_model import ResultsModel, percent
from genre_desktop.app.i18n.genre_names import genre_or_kind_name
from genre_desktop.app.i18n.translate import count, plural, problem_text, render, tr
from genre_desktop.app.jobs.manager import Job
from genre_desktop.app.jobs.sound_jobs import MAP, SoundJob, SoundMap
from genre_desktop.core.errors import Problem
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.analyse.results_table import ResultsTable
from genre_desktop.ui.theme.genre_colours import NO_GENRE, colour_of
from genre_desktop.ui.widgets.factory import (
    button,
    column,
    fill,
    icon_button,
    label,
    row,
    set_accessible_name,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from genre_desktop.ui.plotting.sound_map_view import SoundMapView

_SETTLE_MS = 200
"""Interval at which the map follows the list while files are analysed."""

_KINDS = ("", *NO_MUSIC)
"""What has no colour of a genre."""


class MapPanel(QWidget):
    """The map with its legend; it is arranged by a job when it is first shown, and again on request.

    ``chosen`` carries a clicked row, ``activated`` one to play, ``enclosed`` the rows inside a freehand line.
    """

    chosen = Signal(object)
    activated = Signal(object)
    enclosed = Signal(list)

    def __init__(self, context: AppContext, model: ResultsModel, table: ResultsTable) -> None:
        super().__init__()
        self._context, self._model, self._table = context, model, table
        self.view: SoundMapView | None = None
        self._map: SoundMap | None = None
        self._songs: Sequence[ResultRow] = ()
        self._keys: NDArray[np.intp] | None = None
        self._places: dict[ResultRow, int] = {}
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self.job = SoundJob(context.jobs, MAP, self)
        self.legend = _Legend(context)
        self.note = label("", "muted", wrap=True)
        self._message = label("", "muted", wrap=True)
        self.go = button(tr("Arrange songs"), self.arrange)
        self.stop = button(tr("Cancel"), self.job.cancel)
        self.move_button = icon_button(
            context.theme,
            "move",
            tr("Move the map"),
            self._set_moving,
            tr("A drag moves the map; otherwise it draws a line around songs, which selects them"),
        )
        self._stack = QStackedLayout()
        self._build()
        self._connect()

    def arrange(self) -> None:
        """Arrange the songs of the list."""
        songs = self._model.music
        self._show_message(
            plural(
                len(songs),
                "1 song is being arranged by its sound…",
                "{n} songs are being arranged by their sound…",
            ),
            running=True,
        )
        self.job.ask(songs)

    def _set_moving(self) -> None:
        if self.view is not None:
            self.view.moving = self.move_button.isChecked()

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange the songs, or show what has changed meanwhile."""
        super().showEvent(event)
        if not self.job.running and not any(self._model.place_of(song) is not None for song in self._songs):
            self.arrange()  # for the first time, or for another list
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of the room to the map."""
        super().resizeEvent(event)
        self.legend.set_room(self.height())

    def _build(self) -> None:
        self.note.hide()
        message = QWidget()
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = fill(row(), 1, self.go, self.stop, 1)
        fill(column(message, gap=12), 1, self._message, buttons, 1)
        layout = column(self)
        layout.setContentsMargins(12, 0, 12, 8)
        self.setMinimumWidth(340)
        theme = self._context.theme
        tools = (
            icon_button(theme, "zoom-out", tr("Zoom out"), lambda: self._zoom(2.0)),
            icon_button(theme, "zoom-in", tr("Zoom in"), lambda: self._zoom(0.5)),
            icon_button(theme, "zoom-fit", tr("Show the whole map"), self._show_all),
            icon_button(theme, "again", tr("Arrange the songs again"), self.arrange),
        )
        self.move_button.setCheckable(True)
        layout.addLayout(fill(row(), 1, self.move_button, *tools))
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.legend)
        self._stack.addWidget(message)

    def _connect(self) -> None:
        self.job.found.connect(self._show_map)
        self.job.failed.connect(self._show_failure)
        self.job.progressed.connect(self._show_progress)
        self._timer.timeout.connect(self._refresh)
        self._model.rearranged.connect(self._refresh_soon)
        self._model.dataChanged.connect(self._refresh_soon)
        self._table.selection_changed.connect(self._show_selection)
        self._table.current.connect(self._show_selection)
        self._context.theme.changed.connect(self._apply_theme)
        self._context.plots.when_loaded(self._make_view)

    def _make_view(self) -> None:
        from genre_desktop.ui.plotting.sound_map_view import SoundMapView

        self.view = SoundMapView(self._describe)
        self.view.chosen.connect(lambda place: self.chosen.emit(self._row(place)))
        self.view.activated.connect(lambda place: self.activated.emit(self._row(place)))
        self.view.enclosed.connect(self._enclosed)
        self._stack.addWidget(self.view)
        self._apply_theme()
        if self._map is not None:
            self._show_map(self._map)

    def _show_map(self, found: SoundMap) -> None:
        import numpy as np

        self._map, self._songs = found, found.rows
        self._places = {song: place for place, song in enumerate(found.rows)}
        self._keys = np.fromiter((song.key for song in found.rows), np.intp, len(found.rows))
        if self.view is not None:
            had_focus = self.isAncestorOf(self.window().focusWidget())
            self.view.show_points(found.points)
            self._stack.setCurrentWidget(self.view)
            self._refresh()
            if had_focus:
                self.view.setFocus()

    def _show_failure(self, problem: Problem | None) -> None:
        if self._map is not None and self.view is not None:  # the map before is still right
            self._stack.setCurrentWidget(self.view)
            if problem is not None:
                self._context.notifier.show_problem(problem)
            return
        text = tr("The map was cancelled.") if problem is None else _sentences(problem)
        self._show_message(text, running=False)

    def _show_progress(self, job: Job) -> None:
        share = percent(job.fraction)
        self._set_note(" · ".join(filter(None, (render(job.message), share))))

    def _show_message(self, text: str, *, running: bool) -> None:
        self._message.setText(text)
        self.go.setVisible(not running)
        self.stop.setVisible(running)
        self._set_note("")
        self._stack.setCurrentIndex(0)

    def _apply_theme(self) -> None:
        if self.view is not None:
            self.view.set_palette(self._context.theme.palette)
            self._refresh()

    def _refresh_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _refresh(self) -> None:
        """Show genres, filters and selection as they are now."""
        import numpy as np

        if self.view is None or self._keys is None or not self.isVisible():
            return
        genres, names = self._model.shown_genres(self._keys)
        table = np.array([_ink(name) for name in names] or [0], np.uint32)
        self.view.show_colours(table[np.maximum(genres, 0)], genres >= 0)
        times = np.bincount(genres[genres >= 0], minlength=len(names)).tolist()
        self.legend.show_genres([(name, n) for name, n in zip(names, times, strict=True) if n])
        self._show_note(sum(times))
        self._show_selection()

    def _show_note(self, on_map: int) -> None:
        """Show how many files of the list are not on the map; with a filter, what was shown before stays."""
        if self.job.running or not self._model.view.passes_all:
            return
        missing = self._model.total - on_map
        text = plural(missing, "1 file is not on the map", "{n} files are not on the map") if missing else ""
        self._set_note(text)
        self.note.setToolTip(
            tr("Files without music or without a stored answer by the music encoder, and new ones.")
        )

    def _set_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _show_selection(self) -> None:
        import numpy as np

        if self.view is None or self._map is None or not self.isVisible():
            return
        selected = np.zeros(len(self._places), bool)
        chosen = self._table.selected
        selected[[place for song in chosen if (place := self._places.get(song)) is not None]] = True
        index = self._table.currentIndex()
        current = self._model.row_at(index.row()) if index.isValid() else None
        place = -1 if current is None else self._places.get(current, -1)
        self.view.show_selected(selected, place)

    def _enclosed(self, places: NDArray[np.intp]) -> None:
        self.enclosed.emit([self._row(place) for place in sorted(places.tolist())])

    def _row(self, place: int) -> ResultRow:
        return self._songs[place]

    def _describe(self, place: int) -> str:
        song = self._row(place)
        return shown(f"{song.name} · {genre_or_kind_name(song.genre_or_kind)}")

    def _zoom(self, factor: float) -> None:
        if self.view is not None:
            self.view.zoom(factor)

    def _show_all(self) -> None:
        if self.view is not None:
            self.view.show_all()


class _Legend(QListWidget):
    """Genres with their colours and numbers of songs, in as many lines as they need."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._theme = context.theme
        self._shown: list[tuple[str, int]] = []
        self._most = 0
        set_accessible_name(self, tr("Legend"), tr("The genres on the map and their numbers of songs"))
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(12, 12))
        self.setSpacing(2)
        self._theme.changed.connect(self._fill)

    def show_genres(self, genres: list[tuple[str, int]]) -> None:
        """Show genres with their numbers of songs, most frequent first."""
        genres = sorted(genres, key=lambda each: (-each[1], each[0]))
        if genres != self._shown:
            self._shown = genres
            self._fill()

    def set_room(self, height: int) -> None:
        """Take a quarter of a height at most, and scroll where that is not enough."""
        self._most = height // 4
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as are needed."""
        super().resizeEvent(event)
        self._fit()

    def _fill(self) -> None:
        self.clear()
        for name, n in self._shown:
            title = genre_or_kind_name(name) or tr("no answer")
            item = QListWidgetItem(self._spot(name), shown(f"{title} {count(n)}"))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addItem(item)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        last = self.item(self.count() - 1)
        lowest = self.visualItemRect(last).bottom() if last is not None else 0
        line = self.fontMetrics().height() + 8
        self.setFixedHeight(max(line, min(lowest + 4, self._most)))

    def _spot(self, name: str) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(12 * ratio), round(12 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.palette.outline))
        painter.setBrush(QColor(_colour(name)))
        painter.drawEllipse(1, 1, 10, 10)
        painter.end()
        return QIcon(picture)


def _colour(name: str) -> str:
    return NO_GENRE if name in _KINDS else colour_of(name)


def _ink(name: str) -> int:
    return 0xFF000000 | int(_colour(name)[1:], 16)


def _sentences(problem: Problem) -> str:
    text = problem_text(problem)
    return f"{text.title}. {text.body}"
