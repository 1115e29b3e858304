"""The Live page: input device, level, scrolling spectrogram and the current genre."""

from __future__ import annotations

import logging
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QStackedLayout,
    QStackedWidget,
    QWidget,
)

from genre_desktop.app.analysis.table_model import clock
from genre_desktop.app.i18n.translate import count, mark, plural, problem_text, tr
from genre_desktop.app.sound.live_listener import LiveListener, LiveStatus, device_label
from genre_desktop.app.sound.live_log import LiveLog
from genre_desktop.app.sound.section_tracker import segment, stretches
from genre_desktop.audio.capture.capture import CaptureState
from genre_desktop.audio.capture.level_meter import Level
from genre_desktop.audio.capture.recorder import Recording
from genre_desktop.audio.devices import errors
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.live import LiveAnswer
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.actions.actions import Fact
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.pages.layout import card_column, page_column, widget_row
from genre_desktop.ui.pages.live.live_card import LiveCard
from genre_desktop.ui.pages.live.log_panel import LogPanel
from genre_desktop.ui.plotting.timeline import TimelineStrip
from genre_desktop.ui.widgets.factory import (
    action_button,
    button,
    column,
    fill,
    follow_tip,
    frame,
    label,
    row,
    set_accessible_name,
)
from genre_desktop.ui.widgets.level_meter import LevelMeter
from genre_desktop.ui.widgets.message_bar import SlimMessageBar
from genre_desktop.ui.widgets.spectrogram_controls import SpectrogramControls

if TYPE_CHECKING:
    from genre_desktop.ui.pages.live.now_view import NowView
    from genre_desktop.ui.plotting.live_spectrogram import LiveSpectrogram

SIDE_WIDTH = 304
"""Width of the answer and the level meter in pixels at 100 % text; leaves room for the controls at 960 pixels."""

REMEMBER = "privacy.remember"
"""The setting that must be on for the log to be stored."""

HISTORY_S = 120.0
"""Seconds of answers in the timeline."""

VIEWS: tuple[tuple[str, str, str], ...] = (
    ("spectrogram", mark("Spectrogram"), mark("The sound as it is heard")),
    ("log", mark("Live log"), mark("What was heard, section by section")),
)
"""Id, title and tip of what the page shows beside the answer."""

log = logging.getLogger(__name__)


class LivePage(QWidget):
    """Listens to an input device and shows its sound and genre."""

    microphone_changed = Signal(str)
    """What is listened to, or why nothing is heard, in a few words; empty while listening is off."""

    facts_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.listener = LiveListener(context.client, context.settings, context.home.takes, self)
        self.log = LiveLog(context.home, lambda: bool(context.settings[REMEMBER]), self)
        self.log_panel = LogPanel(context, self.log)
        self.now: NowView | None = None
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
            tr("Freeze"), self.toggle_freeze, "", tr("Freeze the spectrogram; listening continues")
        )
        self.controls = SpectrogramControls(context.settings, self.choose)
        self.notice = SlimMessageBar(context.theme, "warning", on_close=lambda: None)
        self.take_notice = SlimMessageBar(context.theme, "success", on_close=lambda: None)
        self._stream_text = label("", "muted")
        self._read_out = label("", "muted")
        self._reported: Problem | None = None  # the device problem reported last
        self._outage: Problem | None = None  # why no sound arrives, as the card shows it
        self._interrupted = False
        self._microphone = ""
        self._list_problem: Problem | None = None
        self._silent = False
        self._plot_stack = QStackedLayout()
        self._side = QWidget()
        self._views, self._view_buttons = QStackedWidget(), QButtonGroup(self)
        self._build()
        self._connect()
        self.listener.look_for_devices()

    def toggle(self) -> None:
        """Start or stop listening."""
        if self.listener.listening:
            self.stop()
        else:
            self.notice.hide()
            self._reported, self._interrupted = None, False
            self.listener.start(self._chosen())
            self.log.begin(self.listener.position_s)
            self.card.show_waiting()
        self._refresh()

    def toggle_recording(self) -> None:
        """Start or stop recording."""
        try:
            if self.listener.recording:
                self.listener.stop_recording()
            else:
                self.log.take_began(*self.listener.record(), self.listener.gaps)
                self.take_notice.hide()
        except AppError as error:
            self.take_notice.show_problem(error.problem)
        self._refresh()

    def _chosen(self) -> str:
        """Return the selected device, or the stored one until the list is loaded."""
        if self.devices.count() == 0:
            return str(self._context.settings["live.device"])
        return str(self.devices.currentData() or "")

    def toggle_freeze(self) -> None:
        """Freeze or unfreeze the spectrogram."""
        if self.view is not None:
            self.view.freeze(not self.view.frozen)
        self._refresh()

    def choose(self, key: str, value: str | float) -> None:
        """Change the spectrogram's axis, colours or lowest level."""
        self._context.settings[key] = value
        self._apply_settings()

    @property
    def facts(self) -> set[Fact]:
        """The conditions that hold now, for the actions that depend on them."""
        return {"log"} if self.log.sections else set()

    @property
    def microphone(self) -> str:
        """What ``microphone_changed`` emitted last."""
        return self._microphone

    @property
    def reported(self) -> Problem | None:
        """What is wrong with the device, as the line above the page says."""
        return self._reported

    def show_view(self, view: str) -> None:
        """Show ``spectrogram`` or ``log``."""
        place = [name for name, _, _ in VIEWS].index(view)
        self._view_buttons.button(place).setChecked(True)
        self._views.setCurrentIndex(place)

    def toggle_now(self) -> None:
        """Open or close the Now view, on the screen of the window."""
        from genre_desktop.ui.pages.live.now_view import NowView

        if self.now is None:
            self.now = NowView(self, self._context, self)
        if self.now.isVisible():
            self.now.hide()
        else:
            self.now.open_on(self.screen())

    def stop(self) -> None:
        """Stop listening."""
        self.listener.stop()
        self.log.end()
        self.card.show_idle()
        self.meter.show_level(Level())
        self._refresh()

    def close_down(self) -> None:
        """Stop everything before the window closes."""
        if self.now is not None:
            self.now.hide()
        recording = self.listener.close()
        self.log.end()
        self.log.close()
        self.log_panel.close_down()
        if recording is None:
            return
        if recording.problem is not None:
            log.warning("a recording ended with the window: %s", recording.problem)
        if recording.seconds > 0:
            self._context.session.add_unread(recording.path)

    def _build(self) -> None:
        layout = page_column(self)
        layout.addWidget(self._header())
        for notice in (self.notice, self.take_notice):
            notice.hide()
            layout.addWidget(notice)
        across = WrapRow(gap=12)
        across.add(self._views_column(), 100, letters=60)
        side = column(self._side, gap=12)
        side.addWidget(self.card, 1)
        side.addWidget(self._level_card())
        across.add(self._side, 1, first=True)
        layout.addWidget(across, 1)

    def _header(self) -> WrapRow:
        line = WrapRow(gap=12)
        line.add(label(tr("Live"), "title"), 1)
        set_accessible_name(self.devices, tr("Input device"), tr("Input device; your choice is saved"))
        self.devices.setMinimumWidth(280)
        self.devices.setMaximumWidth(520)
        self.devices.setMinimumContentsLength(24)
        self.devices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line.add(self.devices, 2)  # device names are long
        rescan = button(tr("Rescan"), self.listener.look_for_devices, "", tr("Search for devices again"))
        line.add(WrapRow(rescan, self.record, self.listen, gap=12))
        return line

    def _views_column(self) -> QWidget:
        box = frame("segments")
        line = row(box, margin=2, gap=2)
        for place, (name, title, tip) in enumerate(VIEWS):
            choice = button(tr(title), partial(self.show_view, name), "segment")
            choice.setCheckable(True)
            set_accessible_name(choice, tr(title), tr(tip))
            self._view_buttons.addButton(choice, place)
            line.addWidget(choice)
        now = action_button(self._context.actions["live.now"])
        self._views.addWidget(self._plot_card())
        self._views.addWidget(self.log_panel)
        self.show_view("spectrogram")
        panel = QWidget()
        layout = column(panel, gap=8)
        choices = QWidget()
        fill(row(choices), box, 1)
        above = WrapRow()
        above.add(choices, 1)
        above.add(now)
        layout.addWidget(above)
        layout.addWidget(self._views, 1)
        return panel

    def _plot_card(self) -> QFrame:
        card, layout = card_column(gap=4)
        layout.setContentsMargins(16, 10, 12, 12)
        tools = WrapRow()
        tools.add(self.controls, 1)
        tools.add(self.freeze)
        layout.addWidget(tools)
        layout.addLayout(self._plot_stack, 1)  # before its widgets, which would be windows without a parent
        self._plot_stack.addWidget(QLabel())
        self._read_out.setAlignment(Qt.AlignmentFlag.AlignRight)
        caption = label(tr("Answers of the last two minutes"), "caption")
        layout.addLayout(widget_row(caption, self._read_out, expand=self._read_out))
        self.strip.setAccessibleName(tr("Answers of the last two minutes"))
        layout.addWidget(self.strip)
        return card

    def _level_card(self) -> QFrame:
        card, layout = card_column(margin=16)
        layout.addWidget(label(tr("Input level"), "section"))
        layout.addWidget(self.meter)
        self._stream_text.setWordWrap(True)
        layout.addWidget(self._stream_text)
        return card

    def _connect(self) -> None:
        listener = self.listener
        listener.devices_found.connect(self._devices_found)
        listener.state_changed.connect(self._state_changed)
        listener.level.connect(self.meter.show_level)
        listener.pulse.connect(self._pulse)
        listener.answered.connect(self._answered)
        listener.troubled.connect(self._answer_failed)
        listener.take_ended.connect(self._recording_ended)
        self.log_panel.facts_changed.connect(self.facts_changed)
        self._context.monitoring.statistics.forgotten.connect(self._store_emptied)
        self.devices.activated.connect(self._device_chosen)
        self._context.theme.changed.connect(self._apply_settings)
        self._context.changes.changed.connect(self._setting_changed)
        self._context.plots.when_loaded(self._plots_loaded)
        self._refresh()

    def _setting_changed(self, key: str) -> None:
        if key.startswith("spectrogram."):
            self._apply_settings()
        elif key == REMEMBER:
            self.log.remembering_changed()
        elif key == "live.device":
            if self.listener.listening:
                self.listener.start(str(self._context.settings[key]))
            self.listener.look_for_devices()

    def _plots_loaded(self) -> None:
        from genre_desktop.ui.plotting.live_spectrogram import LiveSpectrogram

        self.view = LiveSpectrogram()
        self.view.setProperty("kind", "plot")
        self._plot_stack.addWidget(self.view)
        self._plot_stack.setCurrentWidget(self.view)
        self.view.read_out.connect(self._read_out.setText)
        if self.listener.state.sample_rate:  # listening started before the view was created
            self.view.begin(self.listener.state.sample_rate)
        self.listener.began.connect(self.view.begin)
        self.listener.columns.connect(self.view.add)
        self._apply_settings()

    def _apply_settings(self) -> None:
        settings = self._context.settings
        self._side.setMinimumWidth(self._context.theme.scaled(SIDE_WIDTH))
        self.controls.refresh()
        if self.view is not None:
            self.view.set_palette(self._context.theme.palette)
            self.view.set_axis(settings["spectrogram.axis"])
            self.view.set_colours(settings["spectrogram.colour_map"], settings["spectrogram.floor_db"])

    def showEvent(self, event: object) -> None:
        """Apply an axis and colours that were chosen elsewhere."""
        self._apply_settings()

    def _devices_found(self, found: tuple[Device, ...] | Problem) -> None:
        self._list_problem = (
            found if isinstance(found, Problem) else None if found else Problem("no-input-device")
        )
        self._report_problem()
        if isinstance(found, Problem):
            return
        stored = self._context.settings["live.device"]
        self.devices.clear()
        self.devices.addItem(tr("System default"), "")
        for device in found:
            suffix = tr(" (default)") if device.default else ""
            self.devices.addItem(shown(device_label(device) + suffix), device.id)
        places = {key: place for place, d in enumerate(found, 1) for key in (d.id, d.name)}
        if stored and stored not in places:  # the stored device is not connected
            self.devices.addItem(
                tr("{name} (not connected)", name=str(stored).partition("/")[2] or stored), stored
            )
            places[stored] = self.devices.count() - 1
        self.devices.setCurrentIndex(places.get(stored, 0))

    def _device_chosen(self, _index: int) -> None:
        chosen = str(self.devices.currentData() or "")
        self._context.settings["live.device"] = chosen
        if self.listener.listening:
            self.listener.start(chosen)

    def _state_changed(self, state: CaptureState) -> None:
        self._report_problem()
        if state.status == "opening":
            self.card.show_waiting()
            self._outage = None  # is shown again if it lasts
        self._refresh()

    def _pulse(self, pulse: LiveStatus) -> None:
        self.meter.describe()
        self._stream_text.setText("\n".join(self._stream_facts(pulse)))
        self._silent, self._interrupted = pulse.level.no_signal, pulse.interrupted
        self._report_problem()
        self._show_outage()
        if pulse.interrupted:
            self._show_answers(self.listener.position_s)
        if pulse.recorded_s is not None:
            self.record.setText(tr("Stop recording  {time}", time=clock(pulse.recorded_s)))

    def _report_problem(self) -> None:
        """Report a device problem once; hide its message when it is over."""
        problem = self._current_problem()
        if problem == self._reported:
            return
        self._reported = problem
        if problem is not None:
            self.notice.show_problem(problem)
        else:
            self.notice.hide()

    def _current_problem(self) -> Problem | None:
        """Return what is wrong with the device in use, or with the list of devices."""
        state = self.listener.state
        if not self.listener.listening:
            return self._list_problem
        if state.device is None:
            return None if state.problem is not None else self._list_problem
        if state.problem is not None:
            return state.problem
        return errors.silent(state.device.name, monitor=state.device.monitor) if self._silent else None

    def _current_outage(self) -> Problem | None:
        """Return why no sound arrives while listening."""
        state = self.listener.state
        if not self.listener.listening:
            return None
        if state.device is None:
            return state.problem
        return Problem("device-stalled", name=state.device.name) if self._interrupted else None

    def _show_outage(self) -> None:
        """Show on the card why no sound arrives, and that listening goes on once it does."""
        outage, before = self._current_outage(), self._outage
        self._outage = outage
        if outage is not None and outage != before:
            self.card.show_problem(outage)
        elif outage is None and before is not None and self.listener.listening:
            self.card.show_waiting()
        microphone = self._microphone_text()
        if microphone != self._microphone:
            self._microphone = microphone
            self.microphone_changed.emit(microphone)

    def _microphone_text(self) -> str:
        state = self.listener.state
        if not self.listener.listening:
            return ""
        if self._outage is not None:
            return problem_text(self._outage).title
        if state.device is None:
            return tr("Opening the microphone…")
        if self.listener.recording:
            return tr("Recording from {device}", device=state.device.name)
        return tr("Listening to {device}", device=state.device.name)

    def _stream_facts(self, pulse: LiveStatus) -> list[str]:
        state = self.listener.state
        lines = []
        if state.device is not None and state.sample_rate:
            channels = plural(state.channels, "1 channel", "{n} channels")
            lines.append(f"{state.device.name}, {count(state.sample_rate)} Hz, {channels}")
        waiting = plural(pulse.waiting, "1 window queued", "{n} windows queued")
        lines.append(waiting + ", " + tr("{n} dropped", n=count(pulse.dropped)))
        lines.append(plural(pulse.xruns, "1 dropout", "{n} dropouts"))
        return lines

    def _store_emptied(self, problem: Problem | None) -> None:
        if problem is None:
            self.log.forget()

    def _answered(self, answer: LiveAnswer) -> None:
        self.log.add(answer, self.listener.gaps, self.listener.position_s)
        if self._current_outage() is None and not self._precedes_gap(answer):
            self.card.show_answer(answer)
        self._show_answers(answer.ended_s)

    def _precedes_gap(self, answer: LiveAnswer) -> bool:
        gaps = self.listener.gaps
        return bool(gaps) and answer.ended_s < gaps[-1].end_s

    def _show_answers(self, now: float) -> None:
        shown = [a for a in self.listener.smoother.history if a.ended_s > now - HISTORY_S]
        gaps = self.listener.gaps
        held = (stretch for one, two in pairwise(shown) for stretch in stretches(one, two, gaps))
        self.strip.show_segments([segment(*stretch) for stretch in held])
        self.strip.show_range(now - HISTORY_S, now)

    def _answer_failed(self, problem: Problem | None) -> None:
        if problem is not None:
            self.card.show_problem(problem)

    def _recording_ended(self, recording: Recording) -> None:
        self.log.take_ended(self.listener.position_s)
        if recording.problem is not None:
            self.take_notice.show_problem(recording.problem)
            if not self.isVisible():
                self._context.notifier.show_problem(recording.problem)
        else:
            text = tr(
                "{name} ({time}) was saved and added to the list on the Analyse page.",
                name=recording.path.name,
                time=clock(recording.seconds),
            )
            self.take_notice.show_message(text, tr("Recording saved"), "success")
        if recording.seconds > 0:
            self._context.session.open_paths([recording.path])
        self._refresh()

    def _refresh(self) -> None:
        listening, recording = self.listener.listening, self.listener.recording
        _set_text(self.listen, tr("Stop") if listening else tr("Listen"))
        _set_text(self.record, tr("Stop recording") if recording else tr("Record"))
        self.record.setEnabled(listening)
        _set_text(self.freeze, tr("Unfreeze") if self.view is not None and self.view.frozen else tr("Freeze"))
        self._show_outage()


def _set_text(widget: QPushButton, text: str) -> None:
    widget.setText(text)
    widget.setAccessibleName(text)
