"""Live mode without widgets: capture, level meter, spectrogram columns, live answers and recordings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.audio.capture.capture import Capture, CaptureState
from genre_desktop.audio.capture.gaps import Gap
from genre_desktop.audio.capture.level_meter import Level, LevelMeter
from genre_desktop.audio.capture.live_windows import LiveWindowSource, to_mono
from genre_desktop.audio.capture.recorder import Recorder, Recording
from genre_desktop.audio.devices import input_devices
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.spectrogram import FLOOR_DB, ColumnStream, live_hop
from genre_desktop.core.errors import AppError
from genre_desktop.core.live import FIRST_S, LiveAnswer, LiveReading, Smoother
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.messages import FINAL, Failure, RequestEvent, Result
from genre_desktop.jobs.operations import PREDICT_WINDOW

DRAW_MS = 25
"""Interval of reading, metering and drawing audio; texts change ten times less often."""

TEXT_MS = 250
REQUEST_MS = 500
FIRST_REQUEST_MS = 50
"""Interval at which enough sound for the first answer is waited for."""

IN_FLIGHT = 2
"""Most unanswered windows: one in work and one waiting, which a newer one replaces."""

REMEMBER_EVERY_S = 10.0
"""Interval of windows that are stored as predictions; those between overlap and add nothing."""


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """Level and counters, emitted a few times a second.

    ``waiting`` windows are in flight, ``dropped`` ones were cancelled because the worker was too slow.
    ``interrupted`` while no sound arrives, whatever the state of the device.
    """

    level: Level
    xruns: int
    waiting: int
    dropped: int
    recorded_s: float | None
    interrupted: bool = False


class TakeStart(NamedTuple):
    """The name of a recording's file, and when its first sample was heard on the clock of the answers."""

    file: str
    start_s: float


class LiveListener(QObject):
    """Capture a microphone, classify windows of it and record.

    ``settings`` has device, window length and pre-roll; ``takes`` is the folder for recordings.
    """

    state_changed = Signal(object)  # CaptureState
    columns = Signal(object)  # new spectrogram columns (n_freq, k) in dB, at the rate of the last ``began``
    began = Signal(int)  # a device was opened: its rate in Hz
    pulse = Signal(object)  # LiveStatus
    level = Signal(object)  # Level, forty times a second
    answered = Signal(object)  # LiveAnswer
    troubled = Signal(object)  # Problem of the models, or None once they answer again
    devices_found = Signal(object)  # tuple[Device, ...], or the Problem because of which there are none
    take_ended = Signal(object)  # Recording

    def __init__(
        self, client: WorkerClient, settings: Settings, takes: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._settings, self._takes = client, settings, takes
        self.smoother = Smoother()
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self.capture = Capture(self._bridge, keep_s=max(20.0, float(settings["live.preroll_s"]) + 10.0))
        self._windows = LiveWindowSource(self.capture)
        self._rate = 0
        self._meter: LevelMeter | None = None
        self._stream = ColumnStream()
        self._blank_s = 0.0  # of missing sound, shown as empty columns so far
        self._keys = count()
        self._tickets: dict[int, int] = {}  # of windows in flight, oldest first
        self._dropped = 0
        self._remembered_s = -np.inf
        self._recorder: Recorder | None = None
        self._scan: threading.Thread | None = None
        self._draw = self._timer(DRAW_MS, self._pull, precise=True)
        self._requests = self._timer(FIRST_REQUEST_MS, self._request_answer)
        self._timers = (self._draw, self._timer(TEXT_MS, self._emit_status), self._requests)

    def _timer(self, every_ms: int, slot: Callable[[], None], *, precise: bool = False) -> QTimer:
        timer = QTimer(self, interval=every_ms)
        timer.setTimerType(Qt.TimerType.PreciseTimer if precise else Qt.TimerType.CoarseTimer)
        timer.timeout.connect(slot)
        return timer

    @property
    def state(self) -> CaptureState:
        """The state of the device."""
        return self.capture.state

    @property
    def position_s(self) -> float:
        """Now, on the clock of the answers; missing sound counts too."""
        return self._windows.position_s

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The latest stretches without sound, on the clock of the answers."""
        return self._windows.gaps

    @property
    def listening(self) -> bool:
        """True between start and stop, whatever the state of the device."""
        return self._draw.isActive()

    @property
    def recording(self) -> bool:
        """True while recording."""
        return self._recorder is not None

    def start(self, device: str | None = None) -> None:
        """Capture a device (id or name), by default the one in the settings."""
        if device not in (None, self._settings["live.device"]):
            self._settings["live.device"] = device
        if not self.listening:
            self.smoother.reset()
            self._windows.restart()
            self._meter = None  # the next sound begins a new picture
            self._requests.setInterval(FIRST_REQUEST_MS)
            self._client.set_live(True)
        self.capture.start(str(self._settings["live.device"]))
        for timer in self._timers:
            timer.start()

    def stop(self) -> None:
        """Stop capturing, after finishing a running recording. Safe to call twice."""
        self.stop_recording()
        if not self.listening:
            return
        for timer in self._timers:
            timer.stop()
        for ticket in list(self._tickets.values()):
            self._client.cancel(ticket)
        self._tickets.clear()
        self._client.set_live(False)
        self.capture.stop()

    def record(self) -> TakeStart:
        """Start a recording, including the pre-roll.

        Raises
        ------
        AppError
            As :class:`.Recorder`, or ``not-listening`` while no device is open.
        """
        ring = self.capture.ring
        if ring is None:
            raise AppError("not-listening/waiting" if self.listening else "not-listening")
        self._pull()  # the position is that of what was read last
        preroll = float(self._settings["live.preroll_s"])
        self._recorder = Recorder(ring, self._takes, preroll_s=preroll, on_end=self._bridge)
        return TakeStart(self._recorder.path.name, self.position_s - self._recorder.preroll_s)

    def stop_recording(self) -> Recording | None:
        """Stop a running recording; ``take_ended`` follows."""
        return self._recorder.stop() if self._recorder is not None else None

    def look_for_devices(self) -> None:
        """List the devices in a thread; ``devices_found`` follows."""
        if self._scan is None or not self._scan.is_alive():
            self._scan = threading.Thread(target=self._find_devices, name="device list", daemon=True)
            self._scan.start()

    def close(self) -> Recording | None:
        """Stop and wait; return the recording that this ended, which ``take_ended`` does not emit."""
        recording = self.stop_recording()
        self.stop()
        self._bridge.close()
        if self._scan is not None:
            self._scan.join()
        return recording

    def _find_devices(self) -> None:
        try:
            self._bridge(input_devices.input_devices())
        except AppError as error:
            self._bridge(error.problem)

    def _arrived(self, event: object) -> None:
        if isinstance(event, CaptureState):
            if event.status != "listening":
                self._reset_meter()
            self.state_changed.emit(event)
        elif isinstance(event, Recording):
            self._recorder = None
            self.take_ended.emit(event)
        else:
            self.devices_found.emit(event)

    def _pull(self) -> None:
        frames = self._windows.pull()
        ring = self.capture.ring
        if self._meter is not None:
            self._show_gap()
        if ring is None or not len(frames):
            return
        if self._meter is None or ring.sample_rate != self._rate:
            self._rate = ring.sample_rate
            self._meter = LevelMeter(self._rate)
            self._stream = ColumnStream(hop=live_hop(self._rate))
            self._blank_s = self._windows.missing_s
            self.began.emit(self._rate)
        self._meter.add(frames)
        columns: NDArray[np.float32] = self._stream.add(to_mono(frames))
        if columns.shape[1]:
            self.columns.emit(columns)
        self.level.emit(self._meter.reading())

    def _show_gap(self) -> None:
        """Emit empty columns for missing sound, and the lowest level while none arrives."""
        if self._windows.interrupted:
            self._reset_meter()
        column_s = self._stream.hop / self._rate
        columns = int((self._windows.missing_s - self._blank_s) / column_s)
        if columns > 0:
            self._blank_s += columns * column_s
            self.columns.emit(np.full((self._stream.n_fft // 2 + 1, columns), FLOOR_DB, np.float32))

    def _reset_meter(self) -> None:
        if self._meter is not None:
            self._meter = LevelMeter(self._rate)
            self.level.emit(self._meter.reading())

    def _emit_status(self) -> None:
        level = self._meter.reading() if self._meter else Level()
        recorded = self._recorder.seconds if self._recorder else None
        status = LiveStatus(
            level,
            self.capture.xruns,
            len(self._tickets),
            self._dropped,
            recorded,
            self._windows.interrupted,
        )
        self.pulse.emit(status)

    def _request_answer(self) -> None:
        window = self._windows.latest(float(self._settings["live.window_s"]))
        if len(window.samples) < FIRST_S * window.sample_rate or self.state.status != "listening":
            return
        if self._windows.interrupted:  # there is nothing new to classify
            return
        if len(self._tickets) >= IN_FLIGHT:
            _, waiting = self._tickets.popitem()
            self._client.cancel(waiting)
            self._dropped += 1
        self._requests.setInterval(REQUEST_MS)
        window = replace(window, remember=self._stored_name())
        key = next(self._keys)
        self._tickets[key] = self._client.ask(PREDICT_WINDOW, window, partial(self._on_event, key), "live")

    def _stored_name(self) -> str:
        """Return the name under which to store this window; empty but for one in ten seconds."""
        now = self._windows.position_s
        if now - self._remembered_s < REMEMBER_EVERY_S:
            return ""
        self._remembered_s = now
        return f"Live, {time.strftime('%Y-%m-%d %H:%M:%S')}"

    def _on_event(self, key: int, event: RequestEvent) -> None:
        if isinstance(event, FINAL):
            self._tickets.pop(key, None)
        if isinstance(event, Failure):
            self.troubled.emit(event.problem)
        elif isinstance(event, Result) and self.listening:
            self._show(event.value)

    def _show(self, reading: LiveReading) -> None:
        self.troubled.emit(reading.error)
        if reading.error is None:
            answer: LiveAnswer = self.smoother.add(reading)
            self.answered.emit(answer)


def device_label(device: Device) -> str:
    """Return ``Name · host API``."""
    return f"{device.name} · {device.host_api}"
