"""Live mode without widgets: pulls sound, feeds meter and picture, asks for the genre, records takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.audio.capture.capture import Capture, CaptureState
from genre_desktop.audio.capture.level_meter import Level, LevelMeter
from genre_desktop.audio.capture.live_windows import LiveWindowSource, to_mono
from genre_desktop.audio.capture.recorder import Recorder, Recording
from genre_desktop.audio.devices import input_devices
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.spectrogram import ColumnStream, live_hop
from genre_desktop.core.errors import AppError
from genre_desktop.core.live import FIRST_S, LiveAnswer, LiveReading, Smoother
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.messages import FINAL, Failure, RequestEvent, Result
from genre_desktop.jobs.operations import PREDICT_WINDOW

DRAW_MS = 25
"""Forty times a second sound is pulled, metered and drawn; text changes ten times less often."""

TEXT_MS = 250
ASK_MS = 500
IN_FLIGHT = 2
"""Windows the worker may owe: one it works on, one that waits and is dropped when a newer one comes."""

REMEMBER_EVERY_S = 10.0
"""One window in so many seconds joins the record of predictions: overlapping ones say nothing new."""


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """What the meter and the small print show; a few times a second.

    ``waiting`` windows are with the worker, ``dropped`` were given up because it was behind.
    """

    level: Level
    xruns: int
    waiting: int
    dropped: int
    recorded_s: float | None


class LiveListener(QObject):
    """One microphone's worth of live mode.

    Parameters
    ----------
    client:
        Who judges the windows.
    settings:
        Device, window length and pre-roll are read from here.
    takes:
        Folder for recordings.
    """

    state_changed = Signal(object)
    """A :class:`CaptureState`."""

    columns = Signal(object)
    """New spectrogram columns ``(n_freq, k)`` in dB at the capture's own rate."""

    began = Signal(int)
    """A device was opened; its rate in Hz. Columns from here on belong to it."""

    pulse = Signal(object)
    """A :class:`LiveStatus`."""

    level = Signal(object)
    """A :class:`Level`, forty times a second."""

    answered = Signal(object)
    """A :class:`LiveAnswer`."""

    troubled = Signal(object)
    """A :class:`Problem` of the models, or None when they answer again."""

    devices_found = Signal(object)
    """A tuple of :class:`Device`, or the :class:`Problem` why there are none."""

    take_ended = Signal(object)
    """A :class:`Recording`."""

    def __init__(
        self, client: WorkerClient, settings: Settings, takes: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._settings, self._takes = client, settings, takes
        self.smoother = Smoother()
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self.capture = Capture(self._bridge, keep_s=max(20.0, float(settings["live.preroll_s"]) + 10.0))
        self._tap = LiveWindowSource(self.capture)
        self._rate = 0
        self._meter: LevelMeter | None = None
        self._stream = ColumnStream()
        self._keys = count()
        self._owed: dict[int, int] = {}  # in the order of asking
        self._dropped = 0
        self._remembered_s = -np.inf
        self._recorder: Recorder | None = None
        self._scan: threading.Thread | None = None
        self._draw, self._text, self._ask = (
            self._timer(DRAW_MS, self._pull, precise=True),
            self._timer(TEXT_MS, self._tell),
            self._timer(ASK_MS, self._ask_now),
        )

    def _timer(self, every_ms: int, slot: Callable[[], None], *, precise: bool = False) -> QTimer:
        timer = QTimer(self, interval=every_ms)
        timer.setTimerType(Qt.TimerType.PreciseTimer if precise else Qt.TimerType.CoarseTimer)
        timer.timeout.connect(slot)
        return timer

    # what the page does

    @property
    def state(self) -> CaptureState:
        """How the device stands."""
        return self.capture.state

    @property
    def listening(self) -> bool:
        """True between start and stop, whatever the device does."""
        return self._draw.isActive()

    @property
    def recording(self) -> bool:
        """True while a take is written."""
        return self._recorder is not None

    def start(self, device: str | None = None) -> None:
        """Listen to a device (id or name), by default the one of the settings."""
        if device is not None:
            self._settings["live.device"] = device
        if not self.listening:
            self.smoother.reset()
            self._client.set_live(True)
        self.capture.start(str(self._settings["live.device"]))
        for timer in (self._draw, self._text, self._ask):
            timer.start()

    def stop(self) -> None:
        """Stop listening; a take under way is finished first. Safe to call twice."""
        self.stop_recording()
        if not self.listening:
            return
        for timer in (self._draw, self._text, self._ask):
            timer.stop()
        for ticket in list(self._owed.values()):
            self._client.cancel(ticket)
        self._owed.clear()
        self._client.set_live(False)
        self.capture.stop()

    def record(self) -> None:
        """Begin a take, with what was heard just before.

        Raises
        ------
        AppError
            ``disk-full``, ``cannot-write``, or ``not-listening`` while no device is open.
        """
        ring = self.capture.ring
        if ring is None:
            raise AppError("not-listening/waiting" if self.listening else "not-listening")
        preroll = float(self._settings["live.preroll_s"])
        self._recorder = Recorder(ring, self._takes, preroll_s=preroll, on_end=self._bridge)

    def stop_recording(self) -> Recording | None:
        """End the take, if there is one; ``take_ended`` follows."""
        return self._recorder.stop() if self._recorder is not None else None

    def look_for_devices(self) -> None:
        """List the devices in a thread; ``devices_found`` follows."""
        if self._scan is None or not self._scan.is_alive():
            self._scan = threading.Thread(target=self._find_devices, name="device list", daemon=True)
            self._scan.start()

    def close(self) -> Recording | None:
        """Stop everything and wait for it; returns the take that ended with it, of which ``take_ended`` is silent."""
        take = self.stop_recording()
        self.stop()
        self._bridge.close()
        if self._scan is not None:
            self._scan.join()
        return take

    # inside

    def _find_devices(self) -> None:
        try:
            self._bridge(input_devices.input_devices())
        except AppError as error:
            self._bridge(error.problem)

    def _arrived(self, event: object) -> None:
        if isinstance(event, CaptureState):
            self.state_changed.emit(event)
        elif isinstance(event, Recording):
            self._recorder = None
            self.take_ended.emit(event)
        else:
            self.devices_found.emit(event)

    def _pull(self) -> None:
        frames = self._tap.pull()
        ring = self.capture.ring
        if ring is None or not len(frames):
            return
        if self._meter is None or ring.sample_rate != self._rate:
            self._rate = ring.sample_rate
            self._meter = LevelMeter(self._rate)
            self._stream = ColumnStream(hop=live_hop(self._rate))
            self.began.emit(self._rate)
        self._meter.add(frames)
        columns: NDArray[np.float32] = self._stream.add(to_mono(frames))
        if columns.shape[1]:
            self.columns.emit(columns)
        self.level.emit(self._meter.reading())

    def _tell(self) -> None:
        level = self._meter.reading() if self._meter else Level()
        recorded = self._recorder.seconds if self._recorder else None
        self.pulse.emit(LiveStatus(level, self.capture.xruns, len(self._owed), self._dropped, recorded))

    def _ask_now(self) -> None:
        window = self._tap.latest(float(self._settings["live.window_s"]))
        if len(window.samples) < FIRST_S * window.sample_rate or self.state.status != "listening":
            return
        if len(self._owed) >= IN_FLIGHT:
            _, waiting = self._owed.popitem()
            self._client.cancel(waiting)
            self._dropped += 1
        window = replace(window, remember=self._name())
        key = next(self._keys)
        self._owed[key] = self._client.ask(PREDICT_WINDOW, window, partial(self._judged, key), "live")

    def _name(self) -> str:
        """Under which name this window is remembered: one in ten seconds, else empty."""
        now = self._tap.position_s
        if now - self._remembered_s < REMEMBER_EVERY_S:
            return ""
        self._remembered_s = now
        return f"Live, {time.strftime('%Y-%m-%d %H:%M:%S')}"

    def _judged(self, key: int, event: RequestEvent) -> None:
        if isinstance(event, FINAL):
            self._owed.pop(key, None)
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
    """``Name · host API``."""
    return f"{device.name} · {device.host_api}"
