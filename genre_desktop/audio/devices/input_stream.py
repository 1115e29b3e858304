"""Opens input devices for the capture thread."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Protocol

import numpy as np

from genre_desktop.audio.devices import input_devices
from genre_desktop.audio.devices.device_process import DeviceProcess
from genre_desktop.audio.devices.device_streams import InputOpened, stream_input
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.ring_buffer import Frames, RingBuffer
from genre_desktop.core.errors import AppError

_SOURCES_S = 2.0


class Stream:
    """An open input that fills its ring until it is closed; ``xruns`` counts buffers dropped by the system."""

    def __init__(self, device: Device, ring: RingBuffer, process: DeviceProcess | None = None) -> None:
        self.device, self.ring, self.xruns = device, ring, 0
        self._process = process
        self._source_ids: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()

    def write(self, frames: Frames, overflow: bool = False) -> None:
        """Append ``(n, channels)``; ``overflow`` if samples before them were lost."""
        self.ring.write(frames)
        self.xruns += overflow

    def receive(self, message: tuple[bytes, bool] | frozenset[str]) -> None:
        """Handle a message of :func:`~genre_desktop.audio.devices.device_streams.stream_input`."""
        if isinstance(message, frozenset):
            self._source_ids.put(message)
        else:
            data, overflow = message
            self.write(np.frombuffer(data, np.float32).reshape(-1, self.ring.channels), overflow)

    def source_ids(self) -> frozenset[str]:
        """Return the ids of the sound server's sources; none where it does not respond."""
        if self._process is None:
            return frozenset()
        self._process.send("sources")
        try:
            return self._source_ids.get(timeout=_SOURCES_S)
        except queue.Empty:
            return frozenset()

    def close(self) -> None:
        """Stop filling the ring; safe to call twice."""
        if self._process is not None:
            self._process.end()
        self.ring.closed = True


class InputSource(Protocol):
    """The system's input devices, as used by a capture."""

    def scan(self, wanted: str) -> frozenset[str]:
        """Return ids and names of present devices, at least those of ``wanted``'s kind; open streams go on."""

    def open(self, wanted: str, keep_s: float, on_end: Callable[[], None]) -> tuple[Stream, AppError | None]:
        """Open a device, or the default one with the error; ``on_end`` is called when the stream ends by itself."""


class SoundDeviceBackend:
    """The :class:`InputSource` of the system: every stream has its own process."""

    def __init__(self) -> None:
        self._stream: Stream | None = None

    def scan(self, wanted: str) -> frozenset[str]:
        """Query the sound server, or list devices in another process, as PortAudio cannot while capturing."""
        if self._stream is not None and wanted.startswith(input_devices.PULSE):
            return self._stream.source_ids()
        try:
            found = input_devices.input_devices()
        except (AppError, RuntimeError):  # of a driver; the next scan may succeed
            return frozenset()
        return frozenset(text for device in found for text in (device.id, device.name, device.source) if text)

    def open(self, wanted: str, keep_s: float, on_end: Callable[[], None]) -> tuple[Stream, AppError | None]:
        """Open a device in its own process; see :class:`InputSource`.

        Raises
        ------
        AppError
            One of the codes of :mod:`genre_desktop.audio.devices.errors`.
        """
        process = DeviceProcess(stream_input, wanted)
        opened: InputOpened = process.open(AppError("no-input-device"))
        ring = RingBuffer(opened.sample_rate, opened.channels, keep_s)
        stream = self._stream = Stream(opened.device, ring, process)
        process.follow(stream.receive, on_end)
        return stream, opened.reason
