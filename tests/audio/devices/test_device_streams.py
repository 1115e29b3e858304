"""What runs in a device process: formats that are tried, samples that are sent, errors that are explained."""

from __future__ import annotations

import queue
from types import SimpleNamespace
from typing import Any

import pytest

from genre_desktop.audio.devices import device_streams, input_devices, portaudio
from genre_desktop.audio.devices.device_streams import (
    InputOpened,
    SampleQueue,
    formats,
    open_or_default,
    stream_input,
)
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import AppError
from tests.fakes.sound_devices import BUILT_IN, USB, busy


class PortAudioError(Exception):
    """Shaped as sounddevice's."""


class FakeLibrary(SimpleNamespace):
    """A ``sounddevice`` whose streams accept only ``accepted`` (rate, channels), or fail with ``error``."""

    def __init__(
        self, accepted: set[tuple[int, int]], error: Exception | None = None, start: bool = True
    ) -> None:
        super().__init__(PortAudioError=PortAudioError, tried=[], streams=[])
        self.accepted, self.error, self.starts = accepted, error, start

    def RawInputStream(self, **options: Any) -> Any:
        kind = options["samplerate"], options["channels"]
        self.tried.append(kind)
        if self.error:
            raise self.error
        if kind not in self.accepted:
            raise PortAudioError("Invalid sample rate", -9997)
        stream = SimpleNamespace(
            **options, abort=lambda: None, start=self._start, close=self._close, closed=False
        )
        self.streams.append(stream)
        return stream

    def _start(self) -> None:
        if not self.starts:
            raise PortAudioError("Unanticipated host error", -9999, (2, -16, "Device or resource busy"))

    def _close(self) -> None:
        self.streams[-1].closed = True


class Channel:
    """A pipe whose other end asks to close as soon as something is open."""

    def __init__(self) -> None:
        self.inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.sent: list[Any] = []
        self.backlog = 0

    def send(self, message: object) -> None:
        self.sent.append(message)
        if isinstance(message, InputOpened):
            self.inbox.put(None)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch):
    def install(library: FakeLibrary, *found: Device) -> FakeLibrary:
        monkeypatch.setattr(portaudio, "library", lambda: library)
        monkeypatch.setattr(input_devices, "scan", lambda: found)
        return library

    return install


def opened(channel: Channel, wanted: str = "") -> InputOpened:
    stream_input(channel, wanted)
    assert isinstance(channel.sent[0], InputOpened)
    return channel.sent[0]


def test_own_rate_and_stereo_come_first() -> None:
    tried = list(formats(USB))
    assert tried[0] == (48_000, 1)
    assert list(formats(BUILT_IN))[:3] == [(44_100, 2), (44_100, 1), (48_000, 2)]
    assert len(tried) == len(set(tried))


def test_refused_formats_are_followed_by_others(use: Any) -> None:
    library = use(FakeLibrary({(16_000, 1)}), BUILT_IN)
    assert opened(Channel()) == InputOpened(BUILT_IN, 16_000, 1, None)
    assert library.tried[0] == (44_100, 2)
    assert library.streams[0].closed


def test_no_format_at_all_is_reported(use: Any) -> None:
    use(FakeLibrary(set()), USB)
    with pytest.raises(AppError) as caught:
        stream_input(Channel(), USB.id)
    assert caught.value.problem.code == "device-format"


def test_other_refusals_are_not_tried_again(use: Any) -> None:
    library = use(FakeLibrary(set(), PortAudioError("Device unavailable", -9985)), USB)
    with pytest.raises(AppError) as caught:
        stream_input(Channel(), "")
    assert caught.value.problem.code == "device-busy"
    assert len(library.tried) == 1


def test_a_stream_that_does_not_start_is_closed_again(use: Any) -> None:
    library = use(FakeLibrary({(48_000, 1)}, start=False), USB)
    with pytest.raises(AppError) as caught:
        stream_input(Channel(), USB.id)
    assert caught.value.problem.code == "device-busy"
    assert library.streams[0].closed


def test_blocks_are_copied_and_gaps_are_marked(use: Any) -> None:
    library = use(FakeLibrary({(48_000, 1)}), USB)
    channel = Channel()
    take = lambda *arguments: library.streams[0].callback(*arguments)  # noqa: E731
    block = bytearray(b"a" * 40)

    def send_blocks(message: object) -> None:
        channel.sent.append(message)
        if isinstance(message, frozenset):
            take(block, 10, None, None)
            block[:] = b"b" * 40
            take(block, 10, None, "overflow")
            channel.backlog = device_streams._MAX_BACKLOG
            take(block, 10, None, None)
            channel.backlog = 0
            take(block, 10, None, None)
            take(block, 10, None, None)
            channel.inbox.put(None)
        elif isinstance(message, InputOpened):
            take(block, 10, None, None)  # its format is not known yet
            channel.inbox.put("sources")

    channel.send = send_blocks  # type: ignore[method-assign]
    stream_input(channel, USB.id)
    assert channel.sent[2:] == [
        (b"a" * 40, False), (b"b" * 40, True), (b"b" * 40, True), (b"b" * 40, False),
    ]  # fmt: skip


def test_the_wanted_device_or_the_default_with_the_reason() -> None:
    refused: dict[str, AppError] = {}

    def open_device(device: Device) -> str:
        if device.id in refused:
            raise refused[device.id]
        return device.name

    found = (BUILT_IN, USB)
    assert open_or_default(found, USB.id, open_device) == ("usb", None)
    refused[USB.id] = busy(USB)
    assert open_or_default(found, USB.id, open_device) == ("mic", refused[USB.id])
    refused[BUILT_IN.id] = busy(BUILT_IN)
    with pytest.raises(AppError, match="usb"):
        open_or_default(found, USB.id, open_device)


def test_the_sample_queue_keeps_order_and_fills_up_with_silence() -> None:
    samples = SampleQueue()
    out = memoryview(bytearray(b"x" * 240))
    assert samples.read_into(out) == 0
    assert not any(out)
    written = read = 0
    for number in range(50):
        count = 20 + number % 30
        samples.write(b"".join(frame.to_bytes(8, "big") for frame in range(written, written + count)))
        written += count
        count = samples.read_into(out)
        for place in range(count):
            assert int.from_bytes(out[place * 8 : place * 8 + 8], "big") == read + place
        assert not any(out[count * 8 :])
        read += count
    assert (samples.read_out, samples.written) == (read, written)
    assert read > 1000
