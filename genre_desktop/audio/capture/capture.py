"""Listening that looks after itself: a thread opens the device, notices its loss and brings it back."""

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
from genre_desktop.audio.devices import errors
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.devices.input_stream import InputSource, SoundDeviceBackend, Stream
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.errors import AppError, Problem, problem_of

KEEP_S = 20.0
"""Seconds the ring holds by default: the pre-roll and some patience."""

STALLED_S = 6.0
"""An open stream that sends nothing for so long is opened again; PulseAudio may take seconds to begin."""

STOP_S = 1.0
"""Stopping waits so long for the device; one that hangs is left to its thread, which ends it."""

_TICK_S = 0.25


@dataclass(frozen=True, slots=True)
class CaptureState:
    """What the window shows of a capture.

    ``problem`` while ``listening`` says why another device than the wanted one is open.
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
    """The stream opened with this token ended by itself, or because it was closed."""

    token: object


class Capture:
    """One microphone connection.

    Parameters
    ----------
    on_state:
        Called with every new :class:`CaptureState`, from the capture's own thread.
    keep_s:
        Seconds of sound to keep for late readers and the pre-roll.
    source, clock:
        The computer and its monotonic clock; tests bring their own.
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
        self._changed = threading.Condition()
        self._link = Connection()
        self._state = CaptureState()
        self._stream: Stream | None = None
        self._past_xruns = 0
        self._progress = (0, 0.0)  # frames written, and since when
        self._token: object = None
        self._thread: threading.Thread | None = None
        self._coming = threading.Lock()  # held while a thread is begun or decides to end
        self._looking: threading.Thread | None = None

    @property
    def state(self) -> CaptureState:
        """How things stand."""
        return self._state

    @property
    def ring(self) -> RingBuffer | None:
        """Where the open device's sound goes; another one after each reopening, None before the first."""
        stream = self._stream
        return stream.ring if stream else None

    @property
    def xruns(self) -> int:
        """Buffers dropped by the system since the start."""
        stream = self._stream
        return self._past_xruns + (stream.xruns if stream else 0)

    def start(self, wanted: str = "") -> None:
        """Listen to a device (id or name; the default by default). Returns at once, and switches while running."""
        with self._coming:
            if self._thread is None:
                self._past_xruns = 0
                self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
                self._thread.start()
            self._events.put(Start(wanted))

    def stop(self) -> None:
        """Close the device and wait until it is closed, or for :data:`STOP_S`; safe to call twice."""
        thread = self._thread
        if thread is not None:
            self._events.put(Stop())
            thread.join(STOP_S)

    def wait_for(self, condition: Callable[[CaptureState], bool], timeout_s: float) -> bool:
        """Block until the state meets ``condition``; False when time is up. For tests and the command line."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self._state), timeout_s)

    def _run(self) -> None:
        while not self._may_end():
            self._apply(self._next_event())
        if self._looking is not None:
            self._looking.join()

    def _may_end(self) -> bool:
        with self._coming:
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
            return Tick()  # the farewell of a stream that was closed on purpose
        return Failed(errors.lost(self._stream.device.name).problem)

    def _apply(self, event: Event) -> None:
        self._link, action = connection.step(self._link, event, self._clock())
        if action in ("open", "close"):
            self._close()
        self._publish()
        if action == "open":
            self._apply(self._open())
        elif action == "look":
            self._look()

    def _open(self) -> Event:
        token = self._token = object()
        try:
            stream, reason = self._source.open(
                self._link.wanted, self._keep_s, lambda: self._events.put(_Ended(token))
            )
        except AppError as error:
            return Failed(error.problem)
        except Exception as error:  # a driver's surprise must not end the thread
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
        """A failure when an open stream has not sent anything for long, as after the computer slept."""
        stream, now = self._stream, self._clock()
        if stream is None:
            return None
        written, since = self._progress
        if stream.ring.written != written:
            self._progress = (stream.ring.written, now)
        elif now - since > STALLED_S:
            return Failed(errors.stalled(stream.device.name).problem)
        return None

    def _look(self) -> None:
        """Scan for devices in a thread, since it takes a while; the answer comes as an event."""
        if self._looking is not None and self._looking.is_alive():
            return
        device = self._link.device
        wanted = self._link.wanted if self._link.standing_in or device is None else device.id
        self._looking = threading.Thread(
            target=lambda: self._events.put(Seen(self._source.look(wanted))), name="device scan", daemon=True
        )
        self._looking.start()

    def _publish(self) -> None:
        now, ring = self._link, self.ring
        rate, channels = (ring.sample_rate, ring.channels) if ring else (0, 0)
        state = CaptureState(now.status, now.wanted, now.device, now.problem, rate, channels)
        with self._changed:
            if state == self._state:
                return
            self._state = state
            self._changed.notify_all()
        self._on_state(state)
