"""A capture survives everything its devices do; no device and no waiting needed."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from genre_desktop.audio.capture import capture as capture_module
from genre_desktop.audio.capture.capture import STALLED_S, CaptureState
from tests.fakes.sound_devices import BUILT_IN, USB, FakeComputer, ObservedCapture, busy

PATIENCE_S = 30.0


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_module, "_TICK_S", 0.002)
    monkeypatch.setattr(capture_module, "STALLED_S", float("inf"))


@pytest.fixture
def computer() -> FakeComputer:
    return FakeComputer(USB, BUILT_IN)


@pytest.fixture
def capture(computer: FakeComputer) -> Iterator[ObservedCapture]:
    """A capture whose clock gains half a second at every look."""
    seconds = itertools.count(0, 0.5)
    capture = ObservedCapture(keep_s=2.0, source=computer, clock=lambda: next(seconds))
    yield capture
    capture.stop()
    assert not any(thread.name in ("capture", "device scan") for thread in threading.enumerate())


def is_listening_to(device_id: str):
    return lambda state: state.status == "listening" and state.device.id == device_id


def has_problem(code: str):
    return lambda state: state.problem is not None and state.problem.code == code


def test_listens_to_the_wanted_device_at_its_own_rate(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    assert capture.state == CaptureState()
    capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    assert (capture.state.sample_rate, capture.state.channels, capture.state.problem) == (48_000, 1, None)
    computer.hear(np.ones((100, 1)))
    chunk = capture.ring.read(0)
    assert chunk.frames.shape == (100, 1)
    computer.hear(np.zeros((50, 1)))
    assert len(capture.ring.read(chunk.cursor).frames) == 50


def test_without_a_choice_the_default_is_opened(capture: ObservedCapture) -> None:
    capture.start()
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)


def test_a_device_is_remembered_by_name_too(capture: ObservedCapture) -> None:
    capture.start("usb")
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)


def test_an_unplugged_device_is_replaced_and_comes_back(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    ring = capture.ring
    computer.unplug(USB)
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)
    assert ring.closed
    assert capture.state.problem.code == "device-missing"
    computer.plugged.append(USB)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    assert capture.state.problem is None


def test_a_busy_device_is_reported_and_another_stands_in(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    computer.refuses[USB.id] = busy(USB)
    capture.start(USB.id)
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)
    assert capture.state.problem.code == "device-busy"


def test_without_any_device_it_waits_until_there_is_one(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    computer.plugged.clear()
    capture.start()
    assert capture.wait_for(has_problem("no-input-device"), PATIENCE_S)
    assert capture.ring is None
    computer.plugged.append(BUILT_IN)
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)
    assert capture.state.problem is None


def test_a_drivers_surprise_is_a_problem_and_not_the_end(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    computer.refuses = {device.id: RuntimeError("driver bug") for device in (USB, BUILT_IN)}
    capture.start()
    assert capture.wait_for(has_problem("unexpected"), PATIENCE_S)
    computer.refuses.clear()
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)


def test_a_stream_that_sends_nothing_is_opened_again(
    capture: ObservedCapture, computer: FakeComputer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture_module, "STALLED_S", STALLED_S)
    capture.start()
    assert capture.wait_for(has_problem("device-stalled"), PATIENCE_S)
    assert capture.wait_for(lambda _: len(computer.opened) >= 2, PATIENCE_S)
    assert computer.opened[0].ring.closed


def test_another_device_can_be_chosen_while_listening(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    capture.start(BUILT_IN.id)
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)
    assert computer.opened[0].ring.closed


def test_the_farewell_of_an_old_stream_does_not_end_the_new_one(computer: FakeComputer) -> None:
    states: list[CaptureState] = []
    capture = ObservedCapture(states.append, source=computer, clock=lambda: 0.0)
    capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    capture.start(BUILT_IN.id)
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)
    computer._ends[0]()
    capture.start(BUILT_IN.id)  # answered after the farewell
    assert capture.wait_for(lambda _: len(computer.opened) == 3, PATIENCE_S)
    capture.stop()
    assert [state.status for state in states] == [
        "opening", "listening", "opening", "listening", "opening", "listening", "stopped",
    ]  # fmt: skip


def test_dropped_buffers_are_counted_over_reopenings(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    computer.opened[-1].write(np.zeros((8, 1), np.float32), overflow=True)
    assert capture.xruns == 1
    capture.start(BUILT_IN.id)
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)
    computer.opened[-1].write(np.zeros((8, 2), np.float32), overflow=True)
    assert capture.xruns == 2


def test_stopping_closes_and_may_be_repeated(capture: ObservedCapture, computer: FakeComputer) -> None:
    capture.stop()
    capture.start()
    assert capture.wait_for(is_listening_to(BUILT_IN.id), PATIENCE_S)
    capture.stop()
    capture.stop()
    assert capture.state.status == "stopped"
    assert capture.ring is None
    assert all(stream.ring.closed for stream in computer.opened)
    capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)


def test_of_many_choices_in_a_row_the_last_is_opened(
    capture: ObservedCapture, computer: FakeComputer
) -> None:
    with computer.opening:  # the first one cannot be opened yet
        capture.start(BUILT_IN.id)
        capture.wait_for(lambda state: state.status == "opening", PATIENCE_S)
        for _ in range(50):
            capture.start(BUILT_IN.id)
            capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    assert len(computer.opened) <= 2


def test_a_device_that_hangs_does_not_hold_up_who_stops(
    capture: ObservedCapture, computer: FakeComputer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture_module, "STOP_S", 0.01)
    with computer.opening:  # held by an opening that does not come back
        capture.start(USB.id)
        capture.wait_for(lambda state: state.status == "opening", PATIENCE_S)
        capture.stop()
        capture.start(BUILT_IN.id)
        capture.stop()
        capture.start(USB.id)
    assert capture.wait_for(is_listening_to(USB.id), PATIENCE_S)
    monkeypatch.undo()
