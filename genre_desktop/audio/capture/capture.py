"""Self-recovering capture: a thread opens the input device, detects its loss and reopens it."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from genre_desktop.audio.capture import connection
from genre_desktop.audio.capture.connection import (
    Connection,
    Event,
    Failed,
    Opened,
    Seen,
    Start,
    Status,
    Stop,
    Tick,
)
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.devices.input_stream import InputSource, SoundDeviceBackend, Stream
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.errors import AppError, Problem, problem_of

KEEP_S = 20.0
"""Default length of the ring in seconds: the pre-roll and a margin for slow readers."""

STALLED_S = 6.0
"""An open stream without data for this long is reopened; PulseAudio may take seconds to start."""

STOP_S = 1.0
"""How long stopping waits for the device; the capture thread ends one that hangs."""

_TICK_S = 0.25


@dataclass(frozen=True, slots=True)
class CaptureState:
    """Snapshot of a capture.

    ``problem`` while ``listening`` is the reason why a substitute for the wanted device is open.
    ``sample_rate`` and ``channels`` are 0 while nothing is open.
    """

    status: Status = "stopped"
    wanted: str = ""
    device: Device | None = None
    problem: Problem | None = None
    sample_rate: int = 0
    channels: int = 0


@dataclass(frozen=True, slots=True)
class _Ended:
    """The stream opened with this token has ended, by itself or because it was closed."""

    token: object


class Capture:
    """One microphone connection.

    Parameters
    ----------
    on_state:
        Called with every new :class:`CaptureState`, from the capture's own thread.
    keep_s:
        Seconds of sound kept for late readers and the pre-roll.
    """

    def __init__(
        self,
        on_state: Callable[[CaptureState], None] = lambda state: None,
        *,
        keep_s: float = KEEP_S,
        source: InputSource | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_state, self._keep_s, self._clock = on_state, keep_s, clock
        self._source: InputSource = source or SoundDeviceBackend()
        self._events: queue.SimpleQueue[Event | _Ended] = queue.SimpleQueue()
        self._link = Connection()
        self._state = CaptureState()
        self._stream: Stream | None = None
        self._past_xruns = 0
        self._progress = (0, 0.0)  # frames written, and since when
        self._token: object = None
        self._thread: threading.Thread | None = None
        self._lifecycle = threading.Lock()  # held while the thread is started or decides to end
        self._scan_thread: threading.Thread | None = None

    @property
    def state(self) -> CaptureState:
        """Current state."""
        return self._state

    @property
    def ring(self) -> RingBuffer | None:
        """Ring of the open device; a new one after each reopening, None while nothing is open."""
        stream = self._stream
        return stream.ring if stream else None

    @property
    def xruns(self) -> int:
        """Buffers dropped by the system since :meth:`start`."""
        stream = self._stream
        return self._past_xruns + (stream.xruns if stream else 0)

    def start(self, wanted: str = "") -> None:
        """Listen to a device (id or name; empty for the default) without blocking; switch to it if running."""
        with self._lifecycle:
            if self._thread is None:
                self._past_xruns = 0
                self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
                self._thread.start()
            self._events.put(Start(wanted))

    def stop(self) -> None:
        """Close the device and wait for it, at most :data:`STOP_S`; safe to call twice."""
        thread = self._thread
        if thread is not None:
            self._events.put(Stop())
            thread.join(STOP_S)

    def _run(self) -> None:
        while not self._may_end():
            self._apply(self._next_event())
        if self._scan_thread is not None:
            self._scan_thread.join()

    def _may_end(self) -> bool:
        with self._lifecycle:
            if self._link.status != "stopped" or not self._events.empty():
                return False
            self._thread = None
            return True

    def _next_event(self) -> Event:
        try:
            event = self._events.get(timeout=_TICK_S)
        except queue.Empty:
            return self._stalled() or Tick()
        while isinstance(event, Start) and not self._events.empty():  # only the latest choice is opened
            later = self._events.get()
            event = later if isinstance(later, (Start, Stop)) else event
        if not isinstance(event, _Ended):
            return event
        if self._stream is None or event.token is not self._token:
            return Tick()  # that stream was closed on purpose
        return Failed(Problem("device-lost", name=self._stream.device.name))

    def _apply(self, event: Event) -> None:
        self._link, action = connection.step(self._link, event, self._clock())
        if action in ("open", "close"):
            self._close()
        self._publish()
        if action == "open":
            self._apply(self._open())
        elif action == "scan":
            self._start_scan()

    def _open(self) -> Event:
        token = self._token = object()
        try:
            stream, reason = self._source.open(
                self._link.target, self._keep_s, lambda: self._events.put(_Ended(token))
            )
        except AppError as error:
            return Failed(error.problem)
        except Exception as error:  # an unexpected driver error must not end the thread
            return Failed(problem_of(error))
        self._stream = stream
        self._progress = (0, self._clock())
        return Opened(stream.device, reason.problem if reason else None)

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
            self._past_xruns += stream.xruns

    def _stalled(self) -> Event | None:
        """Return a failure if an open stream has sent nothing for long, as after the computer slept."""
        stream, now = self._stream, self._clock()
        if stream is None:
            return None
        written, since = self._progress
        if stream.ring.written != written:
            self._progress = (stream.ring.written, now)
        elif now - since > STALLED_S:
            return Failed(Problem("device-stalled", name=stream.device.name))
        return None

    def _start_scan(self) -> None:
        """Scan for devices in a thread, since it is slow; the result is put into the event queue."""
        if self._scan_thread is not None and self._scan_thread.is_alive():
            return
        device = self._link.device
        wanted = self._link.target if self._link.is_substitute or device is None else device.id
        self._scan_thread = threading.Thread(
            target=lambda: self._events.put(Seen(self._source.scan(wanted))), name="device scan", daemon=True
        )
        self._scan_thread.start()

    def _publish(self) -> None:
        now, ring = self._link, self.ring
        rate, channels = (ring.sample_rate, ring.channels) if ring else (0, 0)
        state = CaptureState(now.status, now.wanted, now.device, now.problem, rate, channels)
        if state != self._state:
            self._state = state
            self._on_state(state)
