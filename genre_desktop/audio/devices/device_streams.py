"""Tasks of a device process: record from an input, or play through the default output.

Samples are exchanged as bytes of interleaved float32, so that the child needs no NumPy and starts in under a
tenth of a second.
"""

from __future__ import annotations

import contextlib
import os
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from genre_desktop.audio.devices import errors, input_devices, portaudio, pulseaudio
from genre_desktop.audio.devices.device_process import DeviceChannel
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import AppError

T = TypeVar("T")

_RATES = (48_000, 44_100, 96_000, 32_000, 16_000)
"""Sample rates tried in this order where a device rejects its own."""

_LATENCY_S = 0.1
"""Requested from the system: slack for when all cores are busy; a tenth of a second is imperceptible."""

_MAX_BACKLOG = 4096
"""Maximum number of blocks queued for the parent; the smallest common ones are 5 ms."""

OUTPUT_CHANNELS = 2
FRAME_BYTES = 4 * OUTPUT_CHANNELS
_PREFILL_S = 0.5
"""Buffered before playback starts."""

DONE = "done"
"""Sent to an output after the last samples."""

FINISHED = "finished"
"""Sent by an output that has stopped, whether it has played everything or was lost."""


@dataclass(frozen=True, slots=True)
class InputOpened:
    """An input is open; ``reason`` is set if it is a substitute for the wanted one."""

    device: Device
    sample_rate: int
    channels: int
    reason: AppError | None


@dataclass(frozen=True, slots=True)
class OutputOpened:
    """The output is open."""

    name: str
    sample_rate: int
    latency_s: float


def stream_input(channel: DeviceChannel, wanted: str) -> None:
    """Record from a device (id or name), or else from the default one.

    Sends :class:`InputOpened`, then every block as ``(bytes, overflow)``, where ``overflow`` means that samples
    before it were lost. The reply to any message is the set of ids of the sound server's sources.

    Raises
    ------
    AppError
        No device could be opened; the error of the wanted one.
    """
    recorder = _InputCallback(channel)
    device, reason = open_or_default(input_devices.scan(), wanted, recorder.open)
    channel.send(InputOpened(device, *recorder.format, reason))
    recorder.announced = True
    while channel.inbox.get() is not None:
        channel.send(frozenset(f"{input_devices.PULSE}{source.name}" for source in pulseaudio.sources()))
    recorder.close()


def stream_output(channel: DeviceChannel) -> None:
    """Play through the default output.

    Sends :class:`OutputOpened`, then the number of frames played so far after each block, finally :data:`FINISHED`.
    Receives samples as bytes, the gain as a float, and :data:`DONE`.

    Raises
    ------
    AppError
        ``no-output-device``, or one of the codes of opening.
    """
    sounddevice = portaudio.library()
    device = output_device()
    rate = round(device["default_samplerate"])
    player = _OutputCallback(channel, round(_PREFILL_S * rate), sounddevice.CallbackStop)
    try:
        stream = sounddevice.RawOutputStream(
            samplerate=rate,
            channels=OUTPUT_CHANNELS,
            device=device["index"],
            dtype="float32",
            latency="high",
            callback=player.fill,
            finished_callback=lambda: channel.send(FINISHED),
        )
        channel.send(OutputOpened(device["name"], rate, float(stream.latency)))
        stream.start()
    except sounddevice.PortAudioError as error:
        raise errors.opening_failed(error, device["name"]) from error
    while (message := channel.inbox.get()) is not None:
        player.receive(message)
    _close(stream)


def output_device() -> Any:
    """Return PortAudio's description of the default output.

    Raises
    ------
    AppError
        ``no-output-device`` or ``no-audio-library``.
    """
    sounddevice = portaudio.library()
    try:
        return sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AppError("no-output-device") from error


def open_or_default(
    found: tuple[Device, ...], wanted: str, open_device: Callable[[Device], T]
) -> tuple[T, AppError | None]:
    """Open the wanted device, or else the default one; then the error of the wanted one is returned too.

    Raises
    ------
    AppError
        No device could be opened; the error of the wanted one.
    """
    reason: AppError | None = None
    for name in dict.fromkeys((wanted, "")):
        try:
            return open_device(input_devices.find(found, name)), reason
        except AppError as error:
            reason = reason or error
    assert reason is not None  # noqa: S101  # the loop ran at least once
    raise reason


def formats(device: Device) -> Iterator[tuple[int, int]]:
    """Yield ``(sample_rate, channels)`` to try: the device's own rate first, stereo before all channels."""
    counts = dict.fromkeys((min(device.channels, 2), min(device.channels, 32), 1))
    for rate in dict.fromkeys((device.sample_rate, *_RATES)):
        for channels in counts:
            yield rate, channels


class _InputCallback:
    """Sends captured blocks to the parent, from the audio callback."""

    def __init__(self, channel: DeviceChannel) -> None:
        self._channel = channel
        self._stream: Any = None
        self._dropped = False
        self.announced = False
        self.format = (0, 0)

    def open(self, device: Device) -> Device:
        """Open a device with the first of :func:`formats` that it accepts.

        Raises
        ------
        AppError
            One of the codes of :mod:`genre_desktop.audio.devices.errors`.
        """
        sounddevice = portaudio.library()
        rejection: Exception | None = None
        for rate, channels in formats(device):
            self.format = rate, channels
            try:
                self._start(sounddevice, device)
            except sounddevice.PortAudioError as error:
                self.close()
                rejection = error
                if errors.portaudio_code(error) not in (errors.BAD_RATE, errors.BAD_CHANNELS):
                    break  # another format would not help
            else:
                return device
        raise errors.opening_failed(rejection or ValueError("no format"), device.name) from rejection

    def close(self) -> None:
        """Close the stream, if one is open."""
        stream, self._stream = self._stream, None
        if stream is not None:
            _close(stream)

    def send_block(self, data: Any, _count: int, _time: Any, status: Any) -> None:
        """Copy and queue a block, unless the parent has not received the format yet."""
        if not self.announced:
            return
        if self._channel.backlog >= _MAX_BACKLOG:
            self._dropped = True
            return
        self._channel.send((bytes(data), bool(status) or self._dropped))
        self._dropped = False

    def _start(self, sounddevice: Any, device: Device) -> None:
        with _pulse_source(device.source):
            stream: Any = sounddevice.RawInputStream(
                samplerate=self.format[0],
                channels=self.format[1],
                device=device.index,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self.send_block,
                finished_callback=lambda: self._finished(stream),
            )
        self._stream = stream
        stream.start()

    def _finished(self, stream: Any) -> None:
        if stream is self._stream:  # else it was closed on purpose
            self._stream = None  # closing it now might hang
            self._channel.inbox.put(None)


class _OutputCallback:
    """Fills the output's blocks with the samples received from the parent."""

    def __init__(self, channel: DeviceChannel, prefill: int, stop: type[Exception]) -> None:
        self._channel, self._prefill, self._stop = channel, prefill, stop
        self._queue = SampleQueue()
        self._gain, self._done = 1.0, False

    def receive(self, message: bytes | float | str) -> None:
        """Take samples, a gain, or the end."""
        if isinstance(message, bytes):
            self._queue.write(message)
        elif isinstance(message, float):
            self._gain = message
        else:
            self._done = True

    def fill(self, out: Any, _count: int, _time: Any, _status: Any) -> None:
        """Fill a block, with silence where no samples have been received yet."""
        done = self._done  # read before the queue: the last block may arrive in between
        block = memoryview(out).cast("B")
        if not (done or self._queue.read_out or self._queue.written >= self._prefill):
            block[:] = bytes(len(block))  # otherwise playback would stutter while decoding starts
            return
        if self._queue.read_into(block) == 0 and done:
            raise self._stop
        if self._gain != 1.0:
            samples = block.cast("f")
            samples[:] = array("f", [self._gain * sample for sample in samples])
        self._channel.send(self._queue.read_out)


class SampleQueue:
    """Lock-free queue of stereo frames: one thread writes, the audio callback reads."""

    def __init__(self) -> None:
        self._blocks: deque[memoryview] = deque()
        self.written = self.read_out = 0

    def write(self, data: bytes) -> None:
        """Append whole frames."""
        self._blocks.append(memoryview(data))
        self.written += len(data) // FRAME_BYTES

    def read_into(self, out: memoryview) -> int:
        """Fill ``out``, zero the rest, and return the number of frames filled."""
        at = 0
        while at < len(out) and self._blocks:
            block = self._blocks[0]
            part = block[: len(out) - at]
            out[at : at + len(part)] = part
            at += len(part)
            if len(part) == len(block):
                self._blocks.popleft()
            else:
                self._blocks[0] = block[len(part) :]
        out[at:] = bytes(len(out) - at)
        self.read_out += at // FRAME_BYTES
        return at // FRAME_BYTES


@contextlib.contextmanager
def _pulse_source(source: str) -> Iterator[None]:
    """Make ALSA's ``pulse`` device open this PulseAudio source within the block; no effect without a name.

    The variable is libpulse's; PortAudio's ALSA back end has no other way to select a source.
    """
    before = os.environ.get("PULSE_SOURCE")
    if source:
        os.environ["PULSE_SOURCE"] = source
    try:
        yield
    finally:
        os.environ.pop("PULSE_SOURCE", None)
        if before is not None:
            os.environ["PULSE_SOURCE"] = before


def _close(stream: Any) -> None:
    for step in (stream.abort, stream.close):
        with contextlib.suppress(Exception):  # the device may have been lost
            step()
