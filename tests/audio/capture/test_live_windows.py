"""Live windows hold the same samples as a file of the same sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.capture.capture import Capture
from genre_desktop.audio.capture.live_windows import LiveWindowSource
from genre_desktop.audio.decoding.decoder import read
from tests.fakes.sound_devices import BUILT_IN, USB, FakeComputer, ObservedCapture
from tools.synthetic_audio import music, write

PATIENCE_S = 30.0


@pytest.fixture
def computer() -> FakeComputer:
    return FakeComputer(BUILT_IN, USB)


@pytest.fixture
def capture(computer: FakeComputer):
    capture = ObservedCapture(keep_s=8.0, source=computer)
    capture.start()
    assert capture.wait_for(lambda state: state.status == "listening", PATIENCE_S)
    yield capture
    capture.stop()


def hear(computer: FakeComputer, signal: np.ndarray, tap: LiveWindowSource) -> None:
    for start in range(0, len(signal), 4410):
        computer.hear(signal[start : start + 4410])
        tap.pull()


def test_a_window_equals_the_file(capture: ObservedCapture, computer: FakeComputer, tmp_path: Path) -> None:
    signal = music(6.0)
    tap = LiveWindowSource(capture)
    hear(computer, signal, tap)
    expected = read(write(tmp_path / "x.wav", signal, subtype="FLOAT")).samples
    heard = tap.latest(30.0).samples
    assert tap.position_s == pytest.approx(6.0, abs=0.05)
    assert np.abs(heard - expected[: heard.size]).max() < 1e-5
    window = tap.latest(2.0)
    assert window.samples.dtype == np.float32
    assert window.first is not None
    assert np.array_equal(window.samples, heard[window.first : window.first + 44_100])


def test_windows_lie_on_one_grid_and_say_where(capture: ObservedCapture, computer: FakeComputer) -> None:
    signal, tap = music(7.0), LiveWindowSource(capture, keep_s=3.0)
    whole = np.zeros(0, np.float32)
    for start in range(0, len(signal), 5000):
        computer.hear(signal[start : start + 5000])
        tap.pull()
        window = tap.latest(3.0)
        assert window.first is not None
        end = window.first + len(window.samples)
        assert window.ended_s == end / 22_050
        assert 0 <= tap.position_s - window.ended_s < 512 / 22_050
        if window.first == 0:
            whole = window.samples
        else:
            assert len(window.samples) == 3 * 22_050
        whole = np.append(whole, window.samples[len(whole) - window.first :])
        assert np.array_equal(whole[window.first :], window.samples)
        assert window.first % 512 == 0
    assert window.first > 3 * 22_050


def test_more_than_is_kept_is_what_is_kept(capture: ObservedCapture, computer: FakeComputer) -> None:
    tap = LiveWindowSource(capture, keep_s=2.0)
    hear(computer, music(6.0), tap)
    assert len(tap.latest(30.0).samples) == 44_100


def test_what_was_pulled_comes_back_for_the_meter(capture: ObservedCapture, computer: FakeComputer) -> None:
    tap = LiveWindowSource(capture)
    signal = music(0.5)
    computer.hear(signal)
    assert np.array_equal(tap.pull(), signal)
    assert tap.pull().shape == (0, 2)


def test_after_another_device_opened_windows_start_afresh(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    now = [0.0]
    tap = LiveWindowSource(capture, clock=lambda: now[0])
    hear(computer, music(3.0), tap)
    capture.start(USB.id)
    assert capture.wait_for(lambda state: state.device == USB, PATIENCE_S)
    tap.pull()
    assert tap.latest(10.0).samples.size == 0
    begun = tap.latest(10.0).first
    now[0] = 4.1
    hear(computer, music(2.0, 48_000, 1), tap)
    window = tap.latest(10.0)
    assert window.first == begun
    assert window.samples.size / 22_050 == pytest.approx(2.0, abs=0.05)
    ((start_s, end_s),) = tap.gaps
    assert (start_s, end_s - start_s) == pytest.approx((3.0, 4.0), abs=0.1)
    assert tap.position_s == pytest.approx(9.0, abs=0.1)
    assert window.ended_s == pytest.approx(tap.position_s, abs=0.05)
    later = tap.latest(1.0)
    assert (later.first - begun) % 512 == 0
    assert later.samples.size == 22_050


def test_sound_after_a_gap_is_not_joined_to_the_sound_before(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    now = [0.0]
    tap = LiveWindowSource(capture, clock=lambda: now[0])
    hear(computer, music(3.0), tap)
    now[0] = 5.0
    tap.pull()
    assert tap.interrupted
    assert tap.position_s == pytest.approx(8.0, abs=0.1)
    computer.hear(music(1.0))
    tap.pull()
    assert not tap.interrupted
    assert tap.latest(10.0).samples.size / 22_050 == pytest.approx(1.0, abs=0.05)
    assert tap.missing_s == pytest.approx(4.0)


def test_nothing_open_is_nothing_heard(computer: FakeComputer) -> None:
    tap = LiveWindowSource(Capture(source=computer))
    assert tap.pull().shape == (0, 1)
    assert tap.latest(10.0).samples.size == 0
