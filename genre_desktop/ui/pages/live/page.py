"""The Live page: choose a device, listen, see level and spectrogram scroll, read the genre of the room."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QWidget

from genre_desktop.app.analysis.table_model import clock
from genre_desktop.app.i18n.translate import count, plural, problem_text, tr
from genre_desktop.app.sound.live_listener import LiveListener, LiveStatus, device_label
from genre_desktop.audio.capture.capture import CaptureState
from genre_desktop.audio.capture.level_meter import Level
from genre_desktop.audio.capture.recorder import Recording
from genre_desktop.audio.devices import errors
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.live import LiveAnswer
from genre_desktop.core.types import Segment
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.live.live_card import LiveCard
from genre_desktop.ui.plotting.timeline import TimelineStrip
from genre_desktop.ui.widgets.factory import (
    button,
    column,
    follow_tip,
    frame,
    label,
    row,
    set_accessible_name,
)
from genre_desktop.ui.widgets.level_meter import LevelMeter
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.spectrogram_controls import SpectrogramControls

if TYPE_CHECKING:
    from genre_desktop.ui.plotting.live_spectrogram import LiveSpectrogram

SIDE_WIDTH = 304
"""The answer and the meter beside the picture, which must have room for its controls at 960 pixels."""

HISTORY_S = 120.0
"""How far back the strip under the picture shows answers."""


class LivePage(QWidget):
    """Everything about the microphone."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.listener = LiveListener(context.client, context.settings, context.home.takes, self)
        self.view: LiveSpectrogram | None = None
        self.meter = LevelMeter(context.theme)
        self.card = LiveCard(context.theme)
        self.strip = TimelineStrip(context.theme)
        self.devices = QComboBox()
        self.listen = button(tr("Listen"), self.toggle, "primary")
        self.record = button(tr("Record"), self.toggle_recording)
        follow_tip(self.listen, context.actions["live.listen"])
        follow_tip(self.record, context.actions["live.record"])
        self.freeze = button(
            tr("Freeze"), self.toggle_freeze, "", tr("Let the picture stand; listening goes on")
        )
        self.controls = SpectrogramControls(context.settings, self.choose)
        self.notice = MessageBar(context.theme, "warning", on_close=lambda: None)
        self._facts = label("", "muted")
        self._read_out = label("", "muted")
        self._told: Problem | None = None  # the trouble with devices that was told last
        self._no_list: Problem | None = None
        self._silent = False
        self._picture = QStackedLayout()
        self._build()
        self._connect()
        self.listener.look_for_devices()

    # what actions do

    def toggle(self) -> None:
        """Listen, or stop."""
        if self.listener.listening:
            self.stop()
        else:
            self.notice.hide()
            self._told = None
            self.listener.start(self._chosen())
            self.card.show_waiting()
        self._refresh()

    def toggle_recording(self) -> None:
        """Begin or end a take."""
        try:
            if self.listener.recording:
                self.listener.stop_recording()
            else:
                self.listener.record()
        except AppError as error:
            self._tell(error.problem)
        self._refresh()

    def _chosen(self) -> str:
        """The device of the list; the remembered one until there is a list."""
        if self.devices.count() == 0:
            return str(self._context.settings["live.device"])
        return str(self.devices.currentData() or "")

    def toggle_freeze(self) -> None:
        """Let the picture stand, or go on."""
        if self.view is not None:
            self.view.freeze(not self.view.frozen)
        self._refresh()

    def choose(self, key: str, value: str | float) -> None:
        """Change the picture's axis, colours or darkest level."""
        self._context.settings[key] = value
        self._dress()

    def stop(self) -> None:
        """Stop listening."""
        self.listener.stop()
        self.card.show_idle()
        self.meter.show_level(Level())
        self._refresh()

    def close_down(self) -> None:
        """Stop everything; called before the window goes."""
        take = self.listener.close()
        if take is not None:
            self._context.session.add_unread(take.path)

    # putting it together

    def _build(self) -> None:
        layout = column(self, gap=12)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addLayout(self._header())
        self.notice.hide()
        layout.addWidget(self.notice)
        across = row(gap=12)
        across.addWidget(self._picture_card(), 1)
        side = column(gap=12)
        side.addWidget(self.card, 1)
        side.addWidget(self._level_card())
        holder = QWidget()
        holder.setLayout(side)
        holder.setFixedWidth(SIDE_WIDTH)
        across.addWidget(holder)
        layout.addLayout(across, 1)

    def _header(self) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(label(tr("Live"), "title"))
        line.addStretch(1)
        set_accessible_name(
            self.devices, tr("Input device"), tr("What to listen to; the choice is remembered")
        )
        self.devices.setMinimumWidth(280)
        self.devices.setMaximumWidth(520)
        self.devices.setMinimumContentsLength(24)
        self.devices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line.addWidget(self.devices, 2)  # names of devices are long
        line.addWidget(button(tr("Rescan"), self.listener.look_for_devices, "", tr("Look for devices again")))
        line.addWidget(self.record)
        line.addWidget(self.listen)
        return line

    def _picture_card(self) -> QFrame:
        card = frame("card")
        layout = column(card, gap=4)
        layout.setContentsMargins(16, 10, 12, 12)
        head = row(gap=8)
        head.addWidget(self.controls)
        head.addStretch(1)
        head.addWidget(self.freeze)
        layout.addLayout(head)
        layout.addLayout(self._picture, 1)  # first: a stack without a parent shows its widgets as windows
        self._picture.addWidget(QLabel())
        below = row(gap=8)
        below.addWidget(label(tr("The last two minutes"), "caption"))
        self._read_out.setAlignment(Qt.AlignmentFlag.AlignRight)
        below.addWidget(self._read_out, 1)
        layout.addLayout(below)
        self.strip.setAccessibleName(tr("The last two minutes"))
        layout.addWidget(self.strip)
        return card

    def _level_card(self) -> QFrame:
        card = frame("card")
        layout = column(card, margin=16)
        layout.addWidget(label(tr("Input level"), "section"))
        layout.addWidget(self.meter)
        self._facts.setWordWrap(True)
        layout.addWidget(self._facts)
        return card

    def _connect(self) -> None:
        listener = self.listener
        listener.devices_found.connect(self._devices_found)
        listener.state_changed.connect(self._state_changed)
        listener.level.connect(self.meter.show_level)
        listener.pulse.connect(self._pulse)
        listener.answered.connect(self._answered)
        listener.troubled.connect(self._troubled)
        listener.take_ended.connect(self._take_ended)
        self.devices.activated.connect(self._device_chosen)
        self._context.theme.changed.connect(self._dress)
        self._context.changes.changed.connect(self._setting_changed)
        self._context.plots.when_loaded(self._plots_loaded)
        self._refresh()

    def _setting_changed(self, key: str) -> None:
        if key.startswith("spectrogram."):
            self._dress()
        elif key == "live.device":
            if self.listener.listening:
                self.listener.start(str(self._context.settings[key]))
            self.listener.look_for_devices()

    def _plots_loaded(self) -> None:
        from genre_desktop.ui.plotting.live_spectrogram import LiveSpectrogram

        self.view = LiveSpectrogram()
        self._picture.addWidget(self.view)
        self._picture.setCurrentWidget(self.view)
        self.view.read_out.connect(self._read_out.setText)
        if self.listener.state.sample_rate:  # it began to listen before there was a picture
            self.view.begin(self.listener.state.sample_rate)
        self.listener.began.connect(self.view.begin)
        self.listener.columns.connect(self.view.add)
        self._dress()

    def _dress(self) -> None:
        settings = self._context.settings
        self.controls.refresh()
        if self.view is not None:
            self.view.set_palette(self._context.theme.palette)
            self.view.set_axis(settings["spectrogram.axis"])
            self.view.set_colours(settings["spectrogram.colour_map"], settings["spectrogram.floor_db"])

    def showEvent(self, event: object) -> None:
        """Take the axis and colours that were chosen elsewhere meanwhile."""
        self._dress()

    # what arrives

    def _devices_found(self, found: tuple[Device, ...] | Problem) -> None:
        self._no_list = found if isinstance(found, Problem) else None if found else Problem("no-input-device")
        self._tell_trouble()
        if isinstance(found, Problem):
            return
        wanted = self._context.settings["live.device"]
        self.devices.clear()
        self.devices.addItem(tr("System default"), "")
        for device in found:
            mark = tr(" (default)") if device.default else ""
            self.devices.addItem(device_label(device) + mark, device.id)
        names = {key: place for place, d in enumerate(found, 1) for key in (d.id, d.name)}
        if wanted and wanted not in names:  # remembered, though it is not plugged in now
            self.devices.addItem(
                tr("{name} (not there)", name=str(wanted).partition("/")[2] or wanted), wanted
            )
            names[wanted] = self.devices.count() - 1
        self.devices.setCurrentIndex(names.get(wanted, 0))

    def _device_chosen(self, _index: int) -> None:
        chosen = str(self.devices.currentData() or "")
        self._context.settings["live.device"] = chosen
        if self.listener.listening:
            self.listener.start(chosen)

    def _state_changed(self, state: CaptureState) -> None:
        self._tell_trouble()
        self._refresh()

    def _pulse(self, pulse: LiveStatus) -> None:
        self.meter.describe()
        self._facts.setText("\n".join(self._small_print(pulse)))
        self._silent = pulse.level.no_signal
        self._tell_trouble()
        if pulse.recorded_s is not None:
            self.record.setText(tr("Stop recording  {time}", time=clock(pulse.recorded_s)))

    def _tell_trouble(self) -> None:
        """Tell trouble with devices once, when it comes, and take back no other message when it goes."""
        trouble = self._trouble()
        if trouble == self._told:
            return
        if trouble is not None:
            self._tell(trouble)
        elif self._told is not None and self.notice.accessibleName() == problem_text(self._told).title:
            self.notice.hide()
        self._told = trouble

    def _trouble(self) -> Problem | None:
        state = self.listener.state
        if not self.listener.listening or state.device is None:
            return (state.problem if self.listener.listening else None) or self._no_list
        if state.problem is not None:
            return state.problem
        return errors.silent(state.device.name, monitor=state.device.monitor) if self._silent else None

    def _small_print(self, pulse: LiveStatus) -> list[str]:
        state = self.listener.state
        lines = []
        if state.device is not None and state.sample_rate:
            channels = plural(state.channels, "one channel", "{n} channels")
            lines.append(f"{state.device.name}, {count(state.sample_rate)} Hz, {channels}")
        waiting = plural(pulse.waiting, "one window waits", "{n} windows wait")
        lines.append(waiting + ", " + tr("{n} dropped", n=count(pulse.dropped)))
        lines.append(plural(pulse.xruns, "one dropout", "{n} dropouts"))
        return lines

    def _answered(self, answer: LiveAnswer) -> None:
        self.card.show_answer(answer)
        now = answer.ended_s
        shown = [a for a in self.listener.smoother.history if a.ended_s > now - HISTORY_S]
        self.strip.show_segments([_segment(one, two) for one, two in pairwise(shown)])
        self.strip.show_range(now - HISTORY_S, now)

    def _troubled(self, problem: Problem | None) -> None:
        if problem is not None:
            self.card.show_problem(problem)

    def _take_ended(self, take: Recording) -> None:
        if take.problem is not None:
            self._tell(take.problem)
        else:
            words = tr(
                "{name} ({time}) was saved and is in the list of results.",
                name=take.path.name,
                time=clock(take.seconds),
            )
            self.notice.show_message(words, tr("Recorded"), "success")
        self._context.session.open_paths([take.path])
        self._refresh()

    def _tell(self, problem: Problem) -> None:
        self.notice.show_problem(problem)

    def _refresh(self) -> None:
        listening, recording = self.listener.listening, self.listener.recording
        _caption(self.listen, tr("Stop") if listening else tr("Listen"))
        _caption(self.record, tr("Stop recording") if recording else tr("Record"))
        self.record.setEnabled(listening)
        _caption(self.freeze, tr("Unfreeze") if self.view is not None and self.view.frozen else tr("Freeze"))
        if listening and self.listener.state.status == "waiting":
            self.card.show_waiting()


def _segment(one: LiveAnswer, two: LiveAnswer) -> Segment:
    genre, probability = (one.top[0].genre, one.top[0].probability) if one.top else ("", 0.0)
    return Segment(one.ended_s, two.ended_s, genre, probability)


def _caption(widget: QPushButton, text: str) -> None:
    widget.setText(text)
    widget.setAccessibleName(text)
