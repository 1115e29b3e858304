"""The real path from a null sink to samples: PulseAudio, ALSA, PortAudio, ring."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture import connection
from genre_desktop.audio.capture.level_meter import LevelMeter
from genre_desktop.audio.capture.live_windows import LiveWindowSource
from genre_desktop.audio.capture.recorder import Recorder
from genre_desktop.audio.devices import pulseaudio
from genre_desktop.audio.devices.input_devices import input_devices
from genre_desktop.audio.player import Player
from tests.fakes.sound_devices import ObservedCapture
from tests.fixtures.pulse_server import running_server
from tools.pulse_server import MICROPHONE, MONITOR, SPEAKER, PulseServer
from tools.synthetic_audio import music, write

pytestmark = pytest.mark.audio_server
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[PulseServer]:
    with running_server() as server:
        yield server


@pytest.fixture
def capture(server: PulseServer) -> Iterator[ObservedCapture]:
    capture = ObservedCapture(keep_s=30.0)
    yield capture
    capture.stop()


def listen(capture: ObservedCapture, wanted: str) -> None:
    """Start, and wait for the first sound: a server's null sink takes two seconds to wake up."""
    capture.start(wanted)
    assert capture.wait_for(lambda state: state.status == "listening", PATIENCE_S)
    wait_until(lambda: capture.ring is not None and capture.ring.written > 0)


def happens(condition, patience_s: float = PATIENCE_S) -> bool:
    pause = threading.Event()
    for _ in range(int(patience_s / 0.1)):
        if condition():
            return True
        pause.wait(0.1)
    return False


def wait_until(condition) -> None:
    assert happens(condition), "it did not happen"


def heard_once(play, heard) -> None:
    """Play until it was heard whole: a busy computer may tear one play, not three."""
    for _ in range(3):
        play()
        if happens(heard, 10.0):
            return
    raise AssertionError("it was not heard whole in three plays")


def likeness(heard: np.ndarray, played: np.ndarray) -> float:
    """Highest normalised correlation of ``played`` with any stretch of ``heard``; 0 while that is too short."""
    places = len(heard) - len(played)
    if places <= 0 or not heard.any():
        return 0.0
    size = 1 << (len(heard) + len(played)).bit_length()
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size)), size)[:places]
    energy = np.concatenate([[0.0], np.cumsum(heard.astype(float) ** 2)])
    stretch = energy[len(played) :][:places] - energy[:places]
    return float(np.max(match / np.sqrt(np.maximum(stretch, 1e-3) * np.sum(played**2))))


def test_sources_and_devices_are_listed(server: PulseServer) -> None:
    by_name = {source.name: source for source in pulseaudio.sources()}
    assert by_name[MONITOR].monitor
    assert not by_name[MICROPHONE].monitor
    assert by_name[MICROPHONE].default
    assert (by_name[MICROPHONE].sample_rate, by_name[MICROPHONE].channels) == (44_100, 2)
    here = input_devices()
    assert (here[0].id, here[0].default) == (f"PulseAudio/{MICROPHONE}", True)
    assert f"PulseAudio/{MONITOR}" in [device.id for device in here if device.monitor]


@pytest.mark.parametrize("wanted", ["", MONITOR])
def test_what_is_played_is_what_is_captured(
    server: PulseServer, capture: ObservedCapture, tmp_path: Path, wanted: str
) -> None:
    signal = music(3.0)
    song = write(tmp_path / "song.wav", signal)
    listen(capture, wanted)
    assert capture.state.device.source == (wanted or MICROPHONE)
    played = signal[22_050:].mean(axis=1)  # a monitor may miss the first moments, which its server rewinds

    def play() -> None:
        assert server.play(song).wait(PATIENCE_S) == 0

    heard_once(play, lambda: likeness(heard_so_far(capture), played) > 0.999)
    meter = LevelMeter(capture.state.sample_rate)
    meter.add(capture.ring.read(0).frames)
    assert meter.reading().peak_db > -20


def heard_so_far(capture: ObservedCapture) -> np.ndarray:
    """Mono at the device's own rate: a tap's 22050 Hz may lie half a sample beside the file's."""
    return capture.ring.read(0).frames.mean(axis=1)


def test_our_own_player_is_heard_and_recorded(
    server: PulseServer, capture: ObservedCapture, tmp_path: Path
) -> None:
    signal = music(2.0)
    listen(capture, "")
    recorder = Recorder(capture.ring, tmp_path / "takes", preroll_s=0.5)
    done: list[object] = []
    player = Player(done.append)
    song = write(tmp_path / "song.flac", signal)
    played = signal[:80_000].mean(axis=1)

    def play() -> None:
        done.clear()
        player.play(song)
        wait_until(lambda: bool(done))
        player.stop()
        assert done == [None]

    heard_once(play, lambda: likeness(heard_so_far(capture), played) > 0.99)
    take = recorder.stop()
    assert take.problem is None
    kept, _ = soundfile.read(take.path)
    assert likeness(kept.mean(axis=1), played) > 0.99


def test_a_muted_microphone_is_no_signal(server: PulseServer, capture: ObservedCapture) -> None:
    subprocess.run(["pactl", "set-source-mute", MICROPHONE, "1"], check=True)
    try:
        listen(capture, "")
        meter, tap = LevelMeter(44_100), LiveWindowSource(capture)
        wait_until(lambda: (meter.add(tap.pull()), meter.reading().no_signal)[1])
    finally:
        subprocess.run(["pactl", "set-source-mute", MICROPHONE, "0"], check=True)


def test_a_device_that_vanishes_is_replaced_and_taken_back(
    server: PulseServer, capture: ObservedCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "SCAN_EVERY_S", 0.3)

    def load() -> str:
        command = ["pactl", "load-module", "module-remap-source", f"master={MONITOR}", "source_name=usb"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    module = load()
    listen(capture, "PulseAudio/usb")
    subprocess.run(["pactl", "unload-module", module], check=True)
    assert capture.wait_for(
        lambda state: state.status == "listening" and state.device.source == MICROPHONE, PATIENCE_S
    )
    assert capture.state.problem.code == "device-missing"
    module = load()
    assert capture.wait_for(
        lambda state: state.status == "listening" and state.device.source == "usb", PATIENCE_S
    )
    assert capture.state.problem is None
    subprocess.run(["pactl", "unload-module", module], check=True)


def test_a_server_that_dies_is_waited_for(server: PulseServer, capture: ObservedCapture) -> None:
    listen(capture, "")
    server.kill()
    assert capture.wait_for(lambda state: state.status == "waiting", PATIENCE_S)
    assert capture.state.problem.code in ("device-lost", "no-input-device")
    assert input_devices() == () or all(device.host_api != "PulseAudio" for device in input_devices())
    server.start()
    assert capture.wait_for(lambda state: state.status == "listening", PATIENCE_S)
    wait_until(lambda: capture.ring is not None and capture.ring.written > 0)


def test_no_server_no_sources(server: PulseServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/native")
    assert pulseaudio.sources() == ()


def test_speaker_name_is_the_monitors() -> None:
    assert MONITOR.startswith(SPEAKER)
