"""A computer with devices that come and go at a test's word."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from genre_desktop.audio.devices import errors
from genre_desktop.audio.devices.device_streams import open_or_default
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.devices.input_stream import Stream
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.errors import AppError

USB = Device("ALSA/usb", "usb", "ALSA", 1, 48_000, False, 3)
BUILT_IN = Device("ALSA/mic", "mic", "ALSA", 2, 44_100, True, 0)


class FakeComputer:
    """A :class:`genre_desktop.audio.devices.input_stream.InputSource` whose ``plugged`` devices a test changes.

    ``refuses`` maps a device id to the error its opening raises; ``opened`` lists the streams. Whoever holds
    ``opening`` lets an opening wait.
    """

    def __init__(self, *plugged: Device) -> None:
        self.plugged = list(plugged)
        self.refuses: dict[str, Exception] = {}
        self.opened: list[Stream] = []
        self.opening = threading.Lock()
        self._ends: list[Callable[[], None]] = []

    def devices(self) -> tuple[Device, ...]:
        return tuple(sorted(self.plugged, key=lambda device: not device.default))

    def scan(self, wanted: str) -> frozenset[str]:
        return frozenset(text for device in self.plugged for text in (device.id, device.name))

    def open(self, wanted: str, keep_s: float, on_end: Callable[[], None]) -> tuple[Stream, AppError | None]:
        def open_device(device: Device) -> Stream:
            if device.id in self.refuses:
                raise self.refuses[device.id]
            stream = Stream(device, RingBuffer(device.sample_rate, device.channels, keep_s))
            self.opened.append(stream)
            self._ends.append(on_end)
            return stream

        with self.opening:
            return open_or_default(self.devices(), wanted, open_device)

    def unplug(self, device: Device) -> None:
        """The device vanishes and its stream ends by itself."""
        self.plugged.remove(device)
        for stream, end in zip(self.opened, self._ends, strict=True):
            if stream.device == device and not stream.ring.closed:
                end()

    def hear(self, frames: np.ndarray) -> None:
        """The sound card delivers ``(n, channels)`` to the stream that is open."""
        self.opened[-1].write(frames.astype(np.float32))


def busy(device: Device) -> AppError:
    return errors.opening_failed(OSError("Device unavailable", -9985), device.name)
