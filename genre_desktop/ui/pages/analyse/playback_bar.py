"""Play button, position and volume, or the reason why nothing can be played."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSlider, QToolButton, QWidget

from genre_desktop.app.analysis.table_model import clock
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.app.sound.playback import Playback
from genre_desktop.core.settings import Settings
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import label, row, set_accessible_name

VOLUME = "play.volume"
_SAVE_DELAY_MS = 400


class PlaybackBar(QWidget):
    """Button of the action ``play.toggle``, position and volume.

    Without an output device the button is disabled and the reason is shown instead of the volume.
    """

    def __init__(self, theme: Theme, playback: Playback, settings: Settings, toggle: QAction) -> None:
        super().__init__()
        self._theme, self._playback, self._settings, self._toggle = theme, playback, settings, toggle
        self._length_s = 0.0
        self.button = QToolButton()
        self.time = label("", "muted")
        self._speaker = QLabel()
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self._save_timer = QTimer(self, interval=_SAVE_DELAY_MS, singleShot=True)
        self._build()
        playback.changed.connect(self.refresh)
        playback.moved.connect(self._show_time)
        toggle.changed.connect(self.refresh)
        theme.changed.connect(self._draw)
        self._draw()
        self.refresh()

    def show_length(self, seconds: float) -> None:
        """Set the length of the song; 0 for none."""
        self._length_s = seconds
        self._show_time(self._playback.position_s)

    def refresh(self) -> None:
        """Update button, time and volume."""
        playing, trouble = self._playback.playing, self._playback.trouble
        self._theme.set_icon(self.button, "pause" if playing else "resume", "accent")
        tip = self._toggle.toolTip()
        if trouble is not None:
            text = problem_text(trouble)
            tip = f"{text.title}. {text.body}"
        set_accessible_name(self.button, tr("Pause") if playing else tr("Play"), tip)
        self.button.setEnabled(self._toggle.isEnabled() and trouble is None)
        self.time.setToolTip(tip if trouble is not None else "")
        for part in (self._speaker, self.volume):  # the reason needs the space
            part.setVisible(trouble is None)
        self._show_time(self._playback.position_s)

    def _build(self) -> None:
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(lambda _checked=False: self._toggle.trigger())
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setFixedWidth(88)
        self.volume.setValue(int(self._settings[VOLUME]))
        set_accessible_name(self.volume, tr("Volume"), tr("Volume of playback"))
        self.volume.valueChanged.connect(self._playback.set_volume)
        self.volume.valueChanged.connect(lambda _: self._save_timer.start())
        self._save_timer.timeout.connect(self._save_volume)
        line = row(self, gap=8)
        for widget in (self.button, self.time, self._speaker, self.volume):
            line.addWidget(widget)

    def update_volume(self) -> None:
        """Follow a change of the setting."""
        self.volume.setValue(int(self._settings[VOLUME]))

    def _save_volume(self) -> None:
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
        self._theme.set_pixmap(self._speaker, "volume", 18)
