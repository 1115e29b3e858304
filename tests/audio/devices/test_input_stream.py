"""Opening through PortAudio: its own rate first, other formats where refused, words where nothing helps."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.devices import portaudio
from genre_desktop.audio.devices.input_stream import SoundDeviceBackend, Stream, first_that_opens, formats
from genre_desktop.core.errors import AppError
from tests.fakes.sound_devices import BUILT_IN, USB, FakeComputer, busy


class PortAudioError(Exception):
    """Shaped as sounddevice's."""


class FakeLibrary(SimpleNamespace):
    """A ``sounddevice`` whose streams accept only ``accepted`` (rate, channels), or fail with ``error``."""

    def __init__(
        self, accepted: set[tuple[int, int]], error: Exception | None = None, start: bool = True
    ) -> None:
        super().__init__(PortAudioError=PortAudioError, tried=[], streams=[])
        self.accepted, self.error, self.starts = accepted, error, start

    def InputStream(self, **options: Any) -> Any:
        kind = options["samplerate"], options["channels"]
        self.tried.append(kind)
        if self.error:
            raise self.error
        if kind not in self.accepted:
            raise PortAudioError("Invalid sample rate", -9997)
        stream = SimpleNamespace(
            options=options, abort=lambda: None, start=self._start, close=self._close, closed=False
        )
        self.streams.append(stream)
        return stream

    def _start(self) -> None:
        if not self.starts:
            raise PortAudioError("Unanticipated host error", -9999, (2, -16, "Device or resource busy"))

    def _close(self) -> None:
        self.streams[-1].closed = True


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch):
    def install(library: FakeLibrary) -> FakeLibrary:
        monkeypatch.setattr(portaudio, "library", lambda: library)
        return library

    return install


def test_own_rate_and_stereo_come_first() -> None:
    tried = list(formats(USB))
    assert tried[0] == (48_000, 1)
    assert list(formats(BUILT_IN))[:3] == [(44_100, 2), (44_100, 1), (48_000, 2)]
    assert len(tried) == len(set(tried))


def test_refused_formats_are_followed_by_others(use: Any) -> None:
    library = use(FakeLibrary({(16_000, 1)}))
    stream = SoundDeviceBackend().open(BUILT_IN, 1.0, lambda: None)
    assert (stream.ring.sample_rate, stream.ring.channels) == (16_000, 1)
    assert library.tried[0] == (44_100, 2)
    stream.close()
    stream.close()
    assert stream.ring.closed
    assert library.streams[0].closed


def test_no_format_at_all_is_told(use: Any) -> None:
    use(FakeLibrary(set()))
    with pytest.raises(AppError) as caught:
        SoundDeviceBackend().open(USB, 1.0, lambda: None)
    assert caught.value.problem.code == "device-format"


def test_other_refusals_are_not_tried_again(use: Any) -> None:
    library = use(FakeLibrary(set(), PortAudioError("Device unavailable", -9985)))
    with pytest.raises(AppError) as caught:
        SoundDeviceBackend().open(USB, 1.0, lambda: None)
    assert caught.value.problem.code == "device-busy"
    assert len(library.tried) == 1


def test_a_stream_that_does_not_start_is_closed_again(use: Any) -> None:
    library = use(FakeLibrary({(48_000, 1)}, start=False))
    with pytest.raises(AppError) as caught:
        SoundDeviceBackend().open(USB, 1.0, lambda: None)
    assert caught.value.problem.code == "device-busy"
    assert library.streams[0].closed
    assert portaudio._open_streams == 0


def test_the_callback_copies_and_counts() -> None:
    from genre_desktop.audio.ring_buffer import RingBuffer

    stream = Stream(USB, RingBuffer(1000, 2, 1.0))
    block = np.ones((10, 2), np.float32)
    stream.take(block, 10, None, None)
    block[:] = 7
    stream.take(block, 10, None, "overflow")
    assert stream.ring.read(0).frames[:, 0].tolist() == [1.0] * 10 + [7.0] * 10
    assert stream.xruns == 1


def test_the_wanted_device_or_the_default_with_the_reason() -> None:
    computer = FakeComputer(USB, BUILT_IN)
    stream, reason = first_that_opens(computer, USB.id, 1.0, lambda: None)
    assert (stream.device, reason) == (USB, None)
    computer.refuses[USB.id] = busy(USB)
    stream, reason = first_that_opens(computer, USB.id, 1.0, lambda: None)
    assert stream.device == BUILT_IN
    assert reason.problem.code == "device-busy"
    computer.refuses[BUILT_IN.id] = busy(BUILT_IN)
    with pytest.raises(AppError, match="usb"):
        first_that_opens(computer, USB.id, 1.0, lambda: None)
