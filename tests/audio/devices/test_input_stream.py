"""Inputs in a process of their own: samples arrive, gaps are counted, and a driver that hangs is ended."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from genre_desktop.audio.devices import device_process
from genre_desktop.audio.devices.input_devices import PULSE
from genre_desktop.audio.devices.input_stream import SoundDeviceBackend, Stream
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.errors import AppError
from tests.audio.conftest import FakeSound
from tests.fakes.sound_devices import USB
from tests.fixtures.leak_check import children

PATIENCE_S = 30.0


def wait_until(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it did not happen")


def test_samples_arrive_whole_and_gaps_are_counted(fake_sound: FakeSound) -> None:
    fake_sound(overflow_at=20)
    stream, reason = SoundDeviceBackend().open("", 10.0, lambda: None)
    assert (stream.device.id, stream.ring.sample_rate, stream.ring.channels, reason) == (
        "ALSA/mic",
        44_100,
        1,
        None,
    )
    wait_until(lambda: stream.ring.written > 44_100)
    stream.close()
    stream.close()
    assert stream.ring.closed
    assert stream.xruns == 1
    heard = stream.ring.read(0).frames[:, 0]
    assert np.array_equal(heard, np.arange(heard[0], heard[0] + len(heard)))


def test_another_device_is_opened_with_the_reason(fake_sound: FakeSound) -> None:
    stream, reason = SoundDeviceBackend().open("ALSA/usb", 1.0, lambda: None)
    stream.close()
    assert stream.device.id == "ALSA/mic"
    assert reason is not None
    assert reason.problem.code == "device-missing"


def test_a_stream_that_ends_by_itself_says_so(fake_sound: FakeSound) -> None:
    fake_sound(dies_after=30)
    ended = threading.Event()
    stream, _ = SoundDeviceBackend().open("", 1.0, ended.set)
    assert ended.wait(PATIENCE_S)
    stream.close()


def test_a_driver_that_does_not_open_is_ended(fake_sound: FakeSound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_process, "RESPONSE_S", 1.0)
    fake_sound(hangs="start")
    with pytest.raises(AppError) as caught:
        SoundDeviceBackend().open("", 1.0, lambda: None)
    assert caught.value.problem.code == "no-input-device"
    assert children() == []


def test_a_driver_that_does_not_close_is_ended(fake_sound: FakeSound) -> None:
    fake_sound(hangs="abort")
    stream, _ = SoundDeviceBackend().open("", 1.0, lambda: None)
    wait_until(lambda: stream.ring.written > 0)
    stream.close()
    assert children() == []


def test_looking_does_not_disturb_the_stream(fake_sound: FakeSound) -> None:
    hardware = SoundDeviceBackend()
    stream, _ = hardware.open("", 1.0, lambda: None)
    before = stream.ring.written
    assert hardware.scan("ALSA/mic") == {"ALSA/mic", "mic"}
    wait_until(lambda: stream.ring.written > before)
    stream.close()
    fake_sound(dies="list")
    assert hardware.scan("ALSA/mic") == frozenset()


def test_a_server_without_an_answer_has_no_sources(
    fake_sound: FakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/native")
    hardware = SoundDeviceBackend()
    stream, _ = hardware.open("", 1.0, lambda: None)
    assert hardware.scan(f"{PULSE}mic") == frozenset()
    stream.close()
    assert Stream(USB, RingBuffer(48_000, 1, 1.0)).source_ids() == frozenset()
