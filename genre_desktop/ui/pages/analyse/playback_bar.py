"""Play, where it is, and how loud; or why nothing can be played."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSlider, QToolButton, QWidget

from genre_desktop.app.analysis.table_model import clock
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.app.sound.playback import Playback
from genre_desktop.core.settings import Settings
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import label, row, set_accessible_name

VOLUME = "play.volume"
_REMEMBER_MS = 400


class PlaybackBar(QWidget):
    """A button that does what ``play.toggle`` does, the time, and the volume.

    Where there is no output device the button is grey and the reason stands beside it.
    """

    def __init__(self, theme: Theme, playback: Playback, settings: Settings, toggle: QAction) -> None:
        super().__init__()
        self._theme, self._playback, self._settings, self._toggle = theme, playback, settings, toggle
        self._length_s = 0.0
        self.button = QToolButton()
        self.time = label("", "muted")
        self._speaker = QLabel()
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self._remember = QTimer(self, interval=_REMEMBER_MS, singleShot=True)
        self._build()
        playback.changed.connect(self.refresh)
        playback.moved.connect(self._show_time)
        toggle.changed.connect(self.refresh)
        theme.changed.connect(self._draw)
        self._draw()
        self.refresh()

    def show_length(self, seconds: float) -> None:
        """Another song, so long; 0 for none."""
        self._length_s = seconds
        self._show_time(self._playback.position_s)

    def refresh(self) -> None:
        """Show what can be done now."""
        playing, trouble = self._playback.playing, self._playback.trouble
        self._theme.set_icon(self.button, "pause" if playing else "resume", "accent")
        words = self._toggle.toolTip()
        if trouble is not None:
            text = problem_text(trouble)
            words = f"{text.title}. {text.body}"
        set_accessible_name(self.button, tr("Pause") if playing else tr("Play"), words)
        self.button.setEnabled(self._toggle.isEnabled() and trouble is None)
        self.time.setToolTip(words if trouble is not None else "")
        for part in (self._speaker, self.volume):  # the reason needs the room
            part.setVisible(trouble is None)
        self._show_time(self._playback.position_s)

    def _build(self) -> None:
        self.button.setIconSize(QSize(20, 20))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(lambda _checked=False: self._toggle.trigger())
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setFixedWidth(88)
        self.volume.setValue(int(self._settings[VOLUME]))
        set_accessible_name(self.volume, tr("Volume"), tr("How loud songs are played"))
        self.volume.valueChanged.connect(self._playback.set_volume)
        self.volume.valueChanged.connect(lambda _: self._remember.start())
        self._remember.timeout.connect(self._keep)
        line = row(self, gap=8)
        for widget in (self.button, self.time, self._speaker, self.volume):
            line.addWidget(widget)

    def take_volume(self) -> None:
        """The preferences say another volume."""
        self.volume.setValue(int(self._settings[VOLUME]))

    def _keep(self) -> None:
        if self._settings[VOLUME] != self.volume.value():
            self._settings[VOLUME] = self.volume.value()

    def _show_time(self, seconds: float) -> None:
        if self._playback.trouble is not None:
            self.time.setText(problem_text(self._playback.trouble).title)
        elif self._length_s:
            self.time.setText(f"{clock(seconds)} / {clock(self._length_s)}")
        else:
            self.time.setText("")

    def _draw(self) -> None:
        picture = icons.pixmap("volume", 18, self._theme.palette.muted, self.devicePixelRatioF())
        self._speaker.setPixmap(picture)
