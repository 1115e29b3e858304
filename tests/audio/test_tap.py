"""Live windows hold the same samples as a file of the same sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.capture import Capture
from genre_desktop.audio.decode import read
from genre_desktop.audio.tap import Tap
from tests.audio.fakes import BUILT_IN, USB, FakeComputer
from tests.make_audio import music, write

PATIENCE_S = 30.0


@pytest.fixture
def computer() -> FakeComputer:
    return FakeComputer(BUILT_IN, USB)


@pytest.fixture
def capture(computer: FakeComputer):
    capture = Capture(keep_s=8.0, source=computer)
    capture.start()
    assert capture.wait_for(lambda state: state.status == "listening", PATIENCE_S)
    yield capture
    capture.stop()


def hear(computer: FakeComputer, signal: np.ndarray, tap: Tap) -> None:
    for start in range(0, len(signal), 4410):
        computer.hear(signal[start : start + 4410])
        tap.pull()


def test_a_window_equals_the_file(capture: Capture, computer: FakeComputer, tmp_path: Path) -> None:
    signal = music(6.0)
    tap = Tap(capture)
    hear(computer, signal, tap)
    expected = read(write(tmp_path / "x.wav", signal, subtype="FLOAT")).samples
    heard = tap.latest(30.0)
    assert tap.position_s == pytest.approx(6.0, abs=0.05)
    assert np.abs(heard - expected[: heard.size]).max() < 1e-5
    window = tap.latest(2.0)
    assert window.dtype == np.float32
    assert np.array_equal(window, heard[-44_100:])


def test_what_was_pulled_comes_back_for_the_meter(capture: Capture, computer: FakeComputer) -> None:
    tap = Tap(capture)
    signal = music(0.5)
    computer.hear(signal)
    assert np.array_equal(tap.pull(), signal)
    assert tap.pull().shape == (0, 2)


def test_after_another_device_opened_windows_begin_anew(capture: Capture, computer: FakeComputer) -> None:
    tap = Tap(capture)
    hear(computer, music(3.0), tap)
    capture.start(USB.id)
    assert capture.wait_for(lambda state: state.device == USB, PATIENCE_S)
    tap.pull()
    assert tap.latest(10.0).size == 0
    hear(computer, music(2.0, 48_000, 1), tap)
    assert tap.latest(10.0).size / 22_050 == pytest.approx(2.0, abs=0.05)
    assert tap.position_s == pytest.approx(5.0, abs=0.1)


def test_nothing_open_is_nothing_heard(computer: FakeComputer) -> None:
    tap = Tap(Capture(source=computer))
    assert tap.pull().shape == (0, 1)
    assert tap.latest(10.0).size == 0
