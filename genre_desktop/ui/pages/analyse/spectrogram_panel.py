"""Spectrogram, its controls and the timeline; usable before pyqtgraph is loaded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QWidget

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.settings import Settings
from genre_desktop.core.types import Spectrogram
from genre_desktop.ui.pages.layout import widget_row
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.plotting.timeline import TimelineStrip
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import column, icon_button, label, row
from genre_desktop.ui.widgets.spectrogram_controls import AXIS, COLOURS, LOWEST_LEVEL, SpectrogramControls

if TYPE_CHECKING:
    from genre_desktop.ui.plotting.spectrogram_view import SpectrogramView


class SpectrogramPanel(QFrame):
    """Spectrogram and timeline of one row; ``seek_requested`` carries the clicked position in seconds."""

    seek_requested = Signal(float)

    def __init__(self, theme: Theme, settings: Settings, plots: PlotLoader) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setMinimumWidth(340)
        self._theme, self._settings = theme, settings
        self._waiting: Spectrogram | None = None
        self._row: ResultRow | None = None
        self._state: State | None = None
        self.view: SpectrogramView | None = None
        self.strip = TimelineStrip(theme)
        self.read_out = label("", "muted")
        self.controls = SpectrogramControls(settings, self.choose)
        self.axes, self.maps = self.controls.axes, self.controls.maps
        self.lowest_level = self.controls.lowest_level
        self._message = label("", "muted", wrap=True)
        self._stack = QStackedLayout()
        self._playback_row = row(gap=8)
        self._always_shown: list[QWidget] = []
        self._build()
        theme.changed.connect(self._apply_theme)
        plots.when_loaded(self._plots_loaded)

    @property
    def has_picture(self) -> bool:
        """True while a spectrogram is shown."""
        return self._stack.currentIndex() == 1

    @property
    def plots(self) -> list[QWidget]:
        """The widgets of a saved image: the spectrogram and, if shown, the timeline."""
        parts: list[QWidget] = [] if self.view is None else [self.view]
        return parts + ([self.strip] if self.strip.isVisible() else [])

    def show_row(self, row: ResultRow | None) -> None:
        """Show a row's timeline; its spectrogram follows by :meth:`show_picture`."""
        state = row.state if row else None
        if row is not self._row or (state is not self._state and not self.has_picture):
            self._show_message(_waiting_text(row))
        self._row, self._state = row, state
        answer = row.answer if row else None
        self.strip.show_segments(answer.segments if answer else ())
        self.strip.setVisible(bool(answer and answer.segments))
        if answer and not self.has_picture:
            self.strip.show_range(0.0, answer.duration_s)
        if row and row.problem:
            self._show_message(_waiting_text(row))

    def show_picture(self, picture: Spectrogram) -> None:
        """Show the row's spectrogram; one that is shown already keeps its zoom."""
        if self.view is None:
            self._waiting = picture
            return
        if self.has_picture and self.view.picture is picture:
            return
        self.view.show_picture(picture)
        self._stack.setCurrentIndex(1)

    def add_playback_bar(self, playback_bar: QWidget) -> None:
        """Insert the playback controls before the read-out."""
        self._playback_row.insertWidget(0, playback_bar)

    def show_cursor(self, time_s: float | None, follow: bool = False) -> None:
        """Show the playback position in spectrogram and timeline; None hides it."""
        self.strip.show_cursor(time_s)
        if self.view is not None:
            self.view.show_cursor(time_s, follow)

    def show_problem(self, problem: Problem) -> None:
        """Show why there is no spectrogram."""
        text = problem_text(problem)
        self._show_message(f"{text.title}. {text.reason}")

    def zoom(self, factor: float | None) -> None:
        """Show ``factor`` times as much time; None shows all."""
        if self.view is None:
            return
        if factor is None:
            self.view.show_all()
        else:
            self.view.zoom(factor)

    def choose(self, key: str, value: str | float) -> None:
        """Change one of the three spectrogram settings and update controls and spectrogram."""
        self._settings[key] = value
        self.controls.refresh()
        self._apply_settings()

    def _build(self) -> None:
        layout = column(self, gap=6)
        layout.setContentsMargins(16, 10, 12, 12)
        self.read_out.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.read_out.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._playback_row.addWidget(self.read_out, 1)
        layout.addLayout(self._playback_row)
        for icon, name, factor in (
            ("zoom-out", tr("Zoom out"), 2.0),
            ("zoom-in", tr("Zoom in"), 0.5),
            ("zoom-fit", tr("Show the whole song"), None),
        ):
            self._always_shown.append(icon_button(self._theme, icon, name, partial(self.zoom, factor)))
        head = widget_row(self.controls, None, *self._always_shown)
        self._always_shown.append(self.controls.axis_box)
        layout.addLayout(head)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addLayout(self._stack, 1)  # before its widgets, which would be windows without a parent
        self._stack.addWidget(self._message)
        layout.addWidget(self.strip)
        self.strip.seek_requested.connect(self.seek_requested)
        self.strip.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the less used controls in a narrow window; menu and preferences have them too."""
        super().resizeEvent(event)
        gaps = 28 + 8 * 8  # margins of the card, and between controls
        needed = gaps + sum(part.sizeHint().width() for part in self._always_shown)
        with_level = needed + self.lowest_level.sizeHint().width()
        self.lowest_level.setVisible(self.width() >= with_level)
        self.maps.setVisible(self.width() >= with_level + self.maps.sizeHint().width())

    def _plots_loaded(self) -> None:
        from genre_desktop.ui.plotting.spectrogram_view import SpectrogramView

        self.view = SpectrogramView()
        self.view.setProperty("kind", "plot")
        self._stack.addWidget(self.view)
        self.view.read_out.connect(self.read_out.setText)
        self.view.range_changed.connect(self.strip.show_range)
        self.view.margins_changed.connect(self.strip.set_margins)
        self.strip.segment_reached.connect(lambda segment: self.zoom_to(segment.start_s, segment.end_s))
        self.view.seek_requested.connect(self.seek_requested)
        self._apply_theme()
        self._apply_settings()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.show_picture(waiting)

    def zoom_to(self, start_s: float, end_s: float) -> None:
        """Bring a time range into view."""
        if self.view is not None:
            self.view.show_time(start_s, end_s)

    def _show_message(self, text: str) -> None:
        self._waiting = None
        self.read_out.clear()
        self._message.setText(text)
        self._stack.setCurrentIndex(0)

    def _apply_theme(self) -> None:
        if self.view is not None:
            self.view.set_palette(self._theme.palette)

    def _apply_settings(self) -> None:
        if self.view is not None:
            self.view.set_axis(self._settings[AXIS])
            self.view.set_colours(self._settings[COLOURS], self._settings[LOWEST_LEVEL])


def _waiting_text(row: ResultRow | None) -> str:
    """Return the text shown instead of a row's spectrogram."""
    if row is None:
        return ""
    if row.problem:
        return tr("No audio to display.")
    if row.state is State.WAITING:
        return tr("The spectrogram follows once the file is analysed.")
    if row.state in (State.CANCELLED, State.INTERRUPTED):
        return tr("This file is not analysed yet.")
    return tr("Drawing the spectrogram…")
