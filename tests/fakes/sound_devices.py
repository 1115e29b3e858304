"""Fake input devices that tests plug in and unplug."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from genre_desktop.audio.capture.capture import Capture, CaptureState
from genre_desktop.audio.devices import errors
from genre_desktop.audio.devices.device_streams import open_or_default
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.devices.input_stream import Stream
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.errors import AppError

USB = Device("ALSA/usb", "usb", "ALSA", 1, 48_000, False, 3)
BUILT_IN = Device("ALSA/mic", "mic", "ALSA", 2, 44_100, True, 0)


class ObservedCapture(Capture):
    """A :class:`Capture` whose state changes can be waited for."""

    def __init__(self, on_state: Callable[[CaptureState], None] = lambda state: None, **options: Any) -> None:
        self._changed = threading.Condition()
        self._observer = on_state
        super().__init__(self._on_change, **options)

    def _on_change(self, state: CaptureState) -> None:
        with self._changed:
            self._changed.notify_all()
        self._observer(state)

    def wait_for(self, condition: Callable[[CaptureState], bool], timeout_s: float) -> bool:
        """Block until the state meets ``condition``; False after ``timeout_s``."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self.state), timeout_s)


class FakeComputer:
    """A :class:`genre_desktop.audio.devices.input_stream.InputSource` whose ``plugged`` devices a test changes.

    ``refuses`` maps a device id to the error raised on opening it; ``opened`` lists the streams. Holding the lock
    ``opening`` blocks opening.
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
        """Remove the device and end its stream."""
        self.plugged.remove(device)
        for stream, end in zip(self.opened, self._ends, strict=True):
            if stream.device == device and not stream.ring.closed:
                end()

    def hear(self, frames: np.ndarray) -> None:
        """Deliver ``(n, channels)`` to the open stream."""
        self.opened[-1].write(frames.astype(np.float32))


def busy(device: Device) -> AppError:
    return errors.opening_failed(OSError("Device unavailable", -9985), device.name)
