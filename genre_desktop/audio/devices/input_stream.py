"""Opens input devices; what the capture thread uses and tests replace."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Protocol

import numpy as np

from genre_desktop.audio.devices import errors, input_devices
from genre_desktop.audio.devices.device_process import DeviceProcess
from genre_desktop.audio.devices.device_streams import InputOpened, stream_input
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.ring_buffer import Frames, RingBuffer
from genre_desktop.core.errors import AppError

_LOOK_S = 2.0


class Stream:
    """An open input: its ring fills until it is closed; ``xruns`` counts gaps: buffers the system dropped."""

    def __init__(self, device: Device, ring: RingBuffer, process: DeviceProcess | None = None) -> None:
        self.device, self.ring, self.xruns = device, ring, 0
        self._process = process
        self._source_ids: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()

    def take(self, frames: Frames, overflow: bool = False) -> None:
        """Append ``(n, channels)``; ``overflow`` where samples before them were lost."""
        self.ring.write(frames)
        self.xruns += overflow

    def receive(self, message: tuple[bytes, bool] | frozenset[str]) -> None:
        """Handle a message of :func:`~genre_desktop.audio.devices.device_streams.stream_input`."""
        if isinstance(message, frozenset):
            self._source_ids.put(message)
        else:
            data, overflow = message
            self.take(np.frombuffer(data, np.float32).reshape(-1, self.ring.channels), overflow)

    def source_ids(self) -> frozenset[str]:
        """Ids of the sound server's sources; none where it does not answer."""
        if self._process is None:
            return frozenset()
        self._process.send("sources")
        try:
            return self._source_ids.get(timeout=_LOOK_S)
        except queue.Empty:
            return frozenset()

    def close(self) -> None:
        """Stop filling the ring; safe to call twice."""
        if self._process is not None:
            self._process.end()
        self.ring.closed = True


class InputSource(Protocol):
    """What a capture needs from the computer."""

    def look(self, wanted: str) -> frozenset[str]:
        """Ids and names of what is there now, without disturbing an open stream; at least of ``wanted``'s kind."""

    def open(self, wanted: str, keep_s: float, on_end: Callable[[], None]) -> tuple[Stream, AppError | None]:
        """Listen to a device, or to the default one with the reason; ``on_end`` is called when it ends by itself."""


class SoundDeviceBackend:
    """The real :class:`InputSource`: every stream has a process of its own."""

    def __init__(self) -> None:
        self._stream: Stream | None = None

    def look(self, wanted: str) -> frozenset[str]:
        """Ask the sound server, or list all devices in another process: PortAudio cannot while it listens."""
        if self._stream is not None and wanted.startswith(input_devices.PULSE):
            return self._stream.source_ids()
        try:
            found = input_devices.input_devices()
        except (AppError, RuntimeError):  # of a driver; the next look may succeed
            return frozenset()
        return frozenset(text for device in found for text in (device.id, device.name, device.source) if text)

    def open(self, wanted: str, keep_s: float, on_end: Callable[[], None]) -> tuple[Stream, AppError | None]:
        """Open at the device's own rate, with as many channels as make sense.

        Raises
        ------
        AppError
            One of the codes of :mod:`genre_desktop.audio.devices.errors`.
        """
        process = DeviceProcess(stream_input, wanted)
        try:
            opened: InputOpened | None = process.receive()
            if opened is None:
                raise errors.no_device()
        except BaseException:
            process.end()
            raise
        ring = RingBuffer(opened.sample_rate, opened.channels, keep_s)
        stream = self._stream = Stream(opened.device, ring, process)
        process.follow(stream.receive, on_end)
        return stream, opened.reason
