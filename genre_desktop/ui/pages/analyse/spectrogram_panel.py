"""Spectrogram, its controls, and the timeline beneath; works before pyqtgraph is loaded too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QToolButton, QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.settings import Settings
from genre_desktop.core.types import Spectrogram
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.plotting.timeline import TimelineStrip
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import column, icon_button, label, row
from genre_desktop.ui.widgets.spectrogram_controls import AXIS, COLOURS, LOWEST_LEVEL, SpectrogramControls

if TYPE_CHECKING:
    from genre_desktop.ui.plotting.spectrogram_view import SpectrogramView


class SpectrogramPanel(QFrame):
    """What the sound of one row looks like, and which genre it has when.

    ``sought`` carries the seconds where somebody clicked to hear from there.
    """

    sought = Signal(float)

    def __init__(self, theme: Theme, settings: Settings, plots: PlotLoader) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setMinimumWidth(340)
        self._theme, self._settings = theme, settings
        self._waiting: Spectrogram | None = None
        self._row: ResultRow | None = None
        self.view: SpectrogramView | None = None
        self.strip = TimelineStrip(theme)
        self.read_out = label("", "muted")
        self.controls = SpectrogramControls(settings, self.choose)
        self.axes, self.maps, self.floor = self.controls.axes, self.controls.maps, self.controls.lowest_level
        self._message = label("", "muted", wrap=True)
        self._stack = QStackedLayout()
        self._first = row(gap=8)
        self._needed: list[QWidget] = []
        self._build()
        theme.changed.connect(self._take_theme)
        plots.when_loaded(self._plots_loaded)

    # what the page uses

    @property
    def has_picture(self) -> bool:
        """True while a spectrogram is shown."""
        return self._stack.currentIndex() == 1

    @property
    def plots(self) -> list[QWidget]:
        """What a saved picture shows: the spectrogram, and the timeline where there is one."""
        parts: list[QWidget] = [] if self.view is None else [self.view]
        return parts + ([self.strip] if self.strip.isVisible() else [])

    def show_row(self, row: ResultRow | None) -> None:
        """Prepare for a row: its timeline now, its picture when it comes."""
        if row is not self._row:
            self._say(tr("The spectrogram is being drawn…") if row and not row.problem else "")
        self._row = row
        answer = row.answer if row else None
        self.strip.show_segments(answer.segments if answer else ())
        self.strip.setVisible(bool(answer and answer.segments))
        if answer and not self.has_picture:
            self.strip.show_range(0.0, answer.duration_s)
        if row and row.problem:
            self._say(tr("There is no sound to draw."))

    def show_picture(self, picture: Spectrogram) -> None:
        """Show the row's spectrogram."""
        if self.view is None:
            self._waiting = picture
            return
        self.view.show_picture(picture)
        self._stack.setCurrentIndex(1)

    def add_transport(self, transport: QWidget) -> None:
        """Put the buttons that play before the read-out."""
        self._first.insertWidget(0, transport)

    def show_cursor(self, time_s: float | None, follow: bool = False) -> None:
        """Show where the song is, on picture and timeline; None: nowhere."""
        self.strip.show_cursor(time_s)
        if self.view is not None:
            self.view.show_cursor(time_s, follow)

    def show_problem(self, problem: Problem) -> None:
        """Say why there is no picture."""
        text = problem_text(problem)
        self._say(f"{text.title}. {text.reason}")

    def zoom(self, factor: float | None) -> None:
        """Show ``factor`` times as much time; None shows all."""
        if self.view is None:
            return
        if factor is None:
            self.view.show_all()
        else:
            self.view.zoom(factor)

    def choose(self, key: str, value: str | float) -> None:
        """Change one of the three settings here, in the controls and in the picture."""
        self._settings[key] = value
        self.controls.refresh()
        self._take_settings()

    # putting it together

    def _build(self) -> None:
        layout = column(self, gap=6)
        layout.setContentsMargins(16, 10, 12, 12)
        self.read_out.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.read_out.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._first.addWidget(self.read_out, 1)
        layout.addLayout(self._first)
        head = row(gap=8)
        head.addWidget(self.controls)
        head.addStretch(1)
        for icon, name, factor in (("zoom-out", tr("Zoom out"), 2.0), ("zoom-in", tr("Zoom in"), 0.5)):
            self._needed.append(self._zoom_button(icon, name, factor))
        self._needed.append(self._zoom_button("zoom-fit", tr("Show the whole song"), None))
        for one in self._needed:
            head.addWidget(one)
        self._needed.append(self.controls.axis_box)
        layout.addLayout(head)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addLayout(self._stack, 1)  # first: a stack without a parent shows its widgets as windows
        self._stack.addWidget(self._message)
        layout.addWidget(self.strip)
        self.strip.sought.connect(self.sought)
        self.strip.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the rarer controls make room: menu and preferences have them too."""
        super().resizeEvent(event)
        gaps = 28 + 8 * 8  # margins of the card, and between controls
        needed = gaps + sum(part.sizeHint().width() for part in self._needed)
        with_floor = needed + self.floor.sizeHint().width()
        self.floor.setVisible(self.width() >= with_floor)
        self.maps.setVisible(self.width() >= with_floor + self.maps.sizeHint().width())

    def _zoom_button(self, icon: str, name: str, factor: float | None) -> QToolButton:
        return icon_button(self._theme, icon, name, lambda: self.zoom(factor))

    def _plots_loaded(self) -> None:
        from genre_desktop.ui.plotting.spectrogram_view import SpectrogramView

        self.view = SpectrogramView()
        self._stack.addWidget(self.view)
        self.view.read_out.connect(self.read_out.setText)
        self.view.range_changed.connect(self.strip.show_range)
        self.view.margins_changed.connect(self.strip.set_margins)
        self.strip.walked.connect(lambda segment: self.zoom_to(segment.start_s, segment.end_s))
        self.view.sought.connect(self.sought)
        self._take_theme()
        self._take_settings()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.show_picture(waiting)

    def zoom_to(self, start_s: float, end_s: float) -> None:
        """Bring a stretch of time into view."""
        if self.view is not None:
            self.view.show_time(start_s, end_s)

    def _say(self, words: str) -> None:
        self._waiting = None
        self.read_out.clear()
        self._message.setText(words)
        self._stack.setCurrentIndex(0)

    def _take_theme(self) -> None:
        if self.view is not None:
            self.view.set_palette(self._theme.palette)

    def _take_settings(self) -> None:
        if self.view is not None:
            self.view.set_axis(self._settings[AXIS])
            self.view.set_colours(self._settings[COLOURS], self._settings[LOWEST_LEVEL])
