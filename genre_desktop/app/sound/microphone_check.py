"""The microphone check: captures some seconds and diagnoses whether the device works, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.app.i18n.translate import mark, problem_text, tr
from genre_desktop.audio.capture.capture import Capture, CaptureState
from genre_desktop.audio.capture.level_meter import FLOOR_DB, Level, LevelMeter
from genre_desktop.audio.capture.live_windows import LiveWindowSource
from genre_desktop.audio.devices import errors
from genre_desktop.core.errors import Problem

PULL_MS = 40
LISTEN_S = 8.0
"""Duration of the check; enough level ends it earlier."""

HEARD_DB = -40.0
"""Speech or music near a microphone peaks above this; a quiet room does not."""

Kind = Literal["opening", "listening", "works", "faint", "clipped", "problem"]


@dataclass(frozen=True, slots=True)
class MicrophoneDiagnosis:
    """The current diagnosis; ``final`` once the check is over."""

    kind: Kind
    title: str
    words: str
    final: bool = False


_SAY_SOMETHING = mark("Say something, or clap your hands.")


def judge(state: CaptureState, level: Level, loudest_db: float, heard_s: float) -> MicrophoneDiagnosis:
    """Diagnose the device from its state and the audio so far.

    Parameters
    ----------
    state:
        State of the device.
    level:
        Current level and its warnings.
    loudest_db:
        Highest peak since the start, in dBFS.
    heard_s:
        Seconds of audio captured.
    """
    over = heard_s >= LISTEN_S
    if state.problem is not None and state.status != "listening":
        return _problem(state.problem)
    if state.status != "listening" or state.device is None or not heard_s:
        return MicrophoneDiagnosis("opening", tr("Opening the microphone…"), "")
    if level.no_signal:
        return _problem(errors.silent(state.device.name, monitor=state.device.monitor))
    if level.clipped:
        words = tr("The input of {name} is clipping. Turn its level down a little.", name=state.device.name)
        return MicrophoneDiagnosis(
            "clipped", tr("The microphone works, but its level is too high"), words, over
        )
    if loudest_db >= HEARD_DB:
        words = tr(
            "{name} receives sound; the peak level is {peak} dBFS.",
            name=state.device.name,
            peak=_number(loudest_db),
        )
        return MicrophoneDiagnosis("works", tr("The microphone works"), words, over)
    if over:
        words = tr(
            "The level of {name} is very low, at most {peak} dBFS. Turn it up in the system’s sound "
            "settings, or move closer.",
            name=state.device.name,
            peak=_number(loudest_db),
        )
        return MicrophoneDiagnosis("faint", tr("The input level is very low"), words, True)
    return MicrophoneDiagnosis(
        "listening", tr("Listening to {name}", name=state.device.name), tr(_SAY_SOMETHING)
    )


class MicrophoneCheck(QObject):
    """Capture a device (id or name; empty for the system's default) and diagnose it."""

    level = Signal(object)  # Level, 25 times a second
    judged = Signal(object)  # MicrophoneDiagnosis, whenever it changes

    def __init__(self, device: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._device = device
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(lambda _state: self._judge())
        self.capture = Capture(self._bridge)
        self._timer = QTimer(self, interval=PULL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._pull)
        self._reset()

    def start(self) -> None:
        """Start the check, or restart it."""
        self.stop()
        self._reset()
        self.capture.start(self._device)
        self._timer.start()
        self._judge()

    def stop(self) -> None:
        """Close the device. Safe to call twice."""
        self._timer.stop()
        self.capture.stop()

    def close(self) -> None:
        """Stop; no signal follows."""
        self._bridge.close()
        self.stop()

    def _reset(self) -> None:
        self._source = LiveWindowSource(self.capture)
        self._meter: LevelMeter | None = None
        self._loudest, self._heard_s = FLOOR_DB, 0.0
        self._diagnosis: MicrophoneDiagnosis | None = None

    def _pull(self) -> None:
        frames = self._source.pull()
        ring = self.capture.ring
        if ring is None or not len(frames):
            return
        if self._meter is None or self._meter.sample_rate != ring.sample_rate:
            self._meter = LevelMeter(ring.sample_rate)
        self._meter.add(frames)
        reading = self._meter.reading()
        self._heard_s += len(frames) / ring.sample_rate
        self._loudest = max(self._loudest, reading.peak_db)
        self.level.emit(reading)
        self._judge(reading)

    def _judge(self, level: Level | None = None) -> None:
        diagnosis = judge(self.capture.state, level or Level(), self._loudest, self._heard_s)
        if diagnosis != self._diagnosis:
            self._diagnosis = diagnosis
            self.judged.emit(diagnosis)
        if diagnosis.final and diagnosis.kind != "problem":
            self.stop()


def _problem(problem: Problem) -> MicrophoneDiagnosis:
    text = problem_text(problem)
    return MicrophoneDiagnosis("problem", text.title, text.body, True)


def _number(db: float) -> str:
    return f"{db:.0f}".replace("-", "−")
