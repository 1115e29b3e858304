"""Opens input devices through PortAudio; what the capture thread uses and tests replace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from genre_desktop.audio.devices import errors, input_devices, portaudio, pulseaudio
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.errors import AppError

_RATES = (48_000, 44_100, 96_000, 32_000, 16_000)
"""Tried in this order where a device refuses its own."""

_LATENCY_S = 0.1
"""Asked of the system: patience of the buffer when all cores are busy; nobody sees a tenth of a second."""


class Stream:
    """An open input: its ring fills until it is closed; ``xruns`` counts buffers the system dropped."""

    def __init__(self, device: Device, ring: RingBuffer) -> None:
        self.device, self.ring = device, ring
        self.xruns = 0
        self.held: portaudio.OpenStream | None = None
        self._thread_id = 0

    def take(self, frames: Any, _count: int, _time: Any, status: Any) -> None:
        """The sound card's thread comes here: copy, count, nothing else."""
        self.ring.write(frames)
        if status:
            self.xruns += 1
        if not self._thread_id:  # once: who to halt when PortAudio goes mad
            self._thread_id = threading.get_native_id()

    def close(self) -> None:
        """Stop filling the ring."""
        if self.held is not None:
            self.held.close(self._thread_id)
        self.ring.closed = True


class InputSource(Protocol):
    """What a capture needs from the computer."""

    def devices(self, *, rescan: bool) -> tuple[Device, ...]:
        """All inputs, the default first."""

    def look(self, wanted: str) -> frozenset[str]:
        """Ids and names of what is there now, without disturbing an open stream; at least of ``wanted``'s kind."""

    def open(self, device: Device, keep_s: float, on_end: Callable[[], None]) -> Stream:
        """Start listening; ``on_end`` is called when the stream ends by itself."""


class SoundDeviceBackend:
    """The real :class:`InputSource`."""

    def devices(self, *, rescan: bool) -> tuple[Device, ...]:
        """All inputs, the default first."""
        return input_devices.input_devices(rescan=rescan)

    def look(self, wanted: str) -> frozenset[str]:
        """Asks the sound server, or scans in another process: PortAudio cannot look again while it listens."""
        if wanted.startswith(input_devices.PULSE):
            return frozenset(f"{input_devices.PULSE}{source.name}" for source in pulseaudio.sources())
        found = input_devices.input_devices_elsewhere()
        return frozenset(text for device in found for text in (device.id, device.name, device.source) if text)

    def open(self, device: Device, keep_s: float, on_end: Callable[[], None]) -> Stream:
        """Open at the device's own rate, with as many channels as make sense.

        Raises
        ------
        AppError
            One of the codes of :mod:`genre_desktop.audio.devices.errors`.
        """
        sounddevice = portaudio.library()
        refused: Exception | None = None
        for rate, channels in formats(device):
            stream = Stream(device, RingBuffer(rate, channels, keep_s))
            try:
                stream.held = self._started(sounddevice, stream, on_end)
            except sounddevice.PortAudioError as error:
                refused = error
                if _code(error) not in (-9997, -9998):  # only rate and channel count are worth another try
                    break
            else:
                return stream
        raise errors.opening_failed(refused or ValueError("no format"), device.name) from refused

    def _started(self, sounddevice: Any, stream: Stream, on_end: Callable[[], None]) -> portaudio.OpenStream:
        with portaudio.pulse_source(stream.device.source):
            held = portaudio.OpenStream(
                sounddevice.InputStream(
                    samplerate=stream.ring.sample_rate,
                    channels=stream.ring.channels,
                    device=stream.device.index,
                    dtype="float32",
                    latency=_LATENCY_S,
                    callback=stream.take,
                    finished_callback=on_end,
                )
            )
        try:
            held.stream.start()
        except BaseException:
            held.close()
            raise
        return held


def formats(device: Device) -> Iterator[tuple[int, int]]:
    """``(sample_rate, channels)`` worth trying: its own rate first, stereo before everything it has."""
    counts = dict.fromkeys((min(device.channels, 2), min(device.channels, 32), 1))
    for rate in dict.fromkeys((device.sample_rate, *_RATES)):
        for channels in counts:
            yield rate, channels


def first_that_opens(
    source: InputSource, wanted: str, keep_s: float, on_end: Callable[[], None]
) -> tuple[Stream, AppError | None]:
    """The wanted device, or else the default one together with why it is not the wanted.

    Raises
    ------
    AppError
        Nothing could be opened; the wanted device's own reason.
    """
    with portaudio.lock:
        found = source.devices(rescan=True)
        reason: AppError | None = None
        for name in dict.fromkeys((wanted, "")):
            try:
                return source.open(input_devices.find(found, name), keep_s, on_end), reason
            except AppError as error:
                reason = reason or error
    assert reason is not None  # noqa: S101  # the loop ran at least once
    raise reason


def _code(error: Exception) -> int:
    return int(error.args[1]) if len(error.args) > 1 else 0
