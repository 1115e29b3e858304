"""Diagnoses of the microphone check, from states and levels, and with a fake sound card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.sound.microphone_check import LISTEN_S, MicrophoneCheck, MicrophoneDiagnosis, judge
from genre_desktop.audio.capture import capture
from genre_desktop.audio.capture.capture import CaptureState
from genre_desktop.audio.capture.level_meter import Level
from genre_desktop.audio.devices import errors
from genre_desktop.core.errors import Problem
from tests.fakes.sound_devices import BUILT_IN, FakeComputer, busy
from tests.fixtures.qt import PATIENCE_MS

LISTENING = CaptureState("listening", device=BUILT_IN, sample_rate=44_100, channels=2)


@pytest.mark.parametrize(
    ("state", "level", "loudest", "seconds", "kind", "final"),
    [
        (CaptureState("waiting"), Level(), -120, 0.0, "opening", False),
        (LISTENING, Level(), -120, 0.0, "opening", False),
        (LISTENING, Level(rms_db=-70), -60, 1.0, "listening", False),
        (LISTENING, Level(rms_db=-30), -20, 1.0, "works", False),
        (LISTENING, Level(rms_db=-30), -20, LISTEN_S, "works", True),
        (LISTENING, Level(rms_db=-70), -60, LISTEN_S, "faint", True),
        (LISTENING, Level(clipped=True), 0, 2.0, "clipped", False),
        (LISTENING, Level(no_signal=True), -120, 3.5, "problem", True),
        (CaptureState("waiting", problem=Problem("no-input-device")), Level(), -120, 0.0, "problem", True),
    ],
)
def test_the_diagnosis(
    state: CaptureState, level: Level, loudest: float, seconds: float, kind: str, final: bool
) -> None:
    diagnosis = judge(state, level, loudest, seconds)
    assert (diagnosis.kind, diagnosis.final) == (kind, final)
    assert diagnosis.title


def test_silence_has_a_cause_and_a_fix() -> None:
    diagnosis = judge(LISTENING, Level(no_signal=True), -120, 4.0)
    problem = errors.silent(BUILT_IN.name)
    assert problem.reason in diagnosis.words
    assert problem.hint in diagnosis.words


def test_a_loudspeaker_that_plays_nothing_is_no_fault_of_a_microphone() -> None:
    state = replace(LISTENING, device=replace(BUILT_IN, monitor=True))
    assert "nothing is playing" in judge(state, Level(no_signal=True), -120, 4.0).words


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> FakeComputer:
    computer = FakeComputer(BUILT_IN)
    monkeypatch.setattr(capture, "SoundDeviceBackend", lambda: computer)
    return computer


@pytest.fixture
def check(computer: FakeComputer, qtbot: QtBot) -> Iterator[MicrophoneCheck]:
    check = MicrophoneCheck("")
    yield check
    check.close()


def tone(seconds: float, level: float) -> np.ndarray:
    t = np.arange(int(seconds * BUILT_IN.sample_rate)) / BUILT_IN.sample_rate
    return np.repeat((level * np.sin(2 * np.pi * 440 * t))[:, None], BUILT_IN.channels, axis=1)


def heard(check: MicrophoneCheck, qtbot: QtBot, kind: str) -> MicrophoneDiagnosis:
    with qtbot.waitSignal(
        check.judged, timeout=PATIENCE_MS, check_params_cb=lambda v: v.kind == kind
    ) as came:
        pass
    found: MicrophoneDiagnosis = came.args[0]
    return found


def test_a_voice_ends_the_doubt_and_the_device_is_closed_when_time_is_up(
    check: MicrophoneCheck, computer: FakeComputer, qtbot: QtBot
) -> None:
    check.start()
    qtbot.waitUntil(lambda: check.capture.state.status == "listening", timeout=PATIENCE_MS)
    computer.hear(tone(1.0, 0.3))
    assert not heard(check, qtbot, "works").final
    computer.hear(tone(LISTEN_S, 0.3))
    qtbot.waitUntil(lambda: check.capture.state.status == "stopped", timeout=PATIENCE_MS)
    assert computer.opened[0].ring.closed


def test_a_busy_device_is_explained_and_a_restart_starts_over(
    check: MicrophoneCheck, computer: FakeComputer, qtbot: QtBot
) -> None:
    computer.refuses = {BUILT_IN.id: busy(BUILT_IN)}
    check.start()
    assert heard(check, qtbot, "problem").title == "The device is in use"
    computer.refuses = {}
    check.start()
    qtbot.waitUntil(lambda: check.capture.state.status == "listening", timeout=PATIENCE_MS)
    computer.hear(tone(1.0, 0.3))
    heard(check, qtbot, "works")
