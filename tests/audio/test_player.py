"""What is played is the file, from where it was asked for."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.devices import errors, portaudio
from genre_desktop.audio.player import Player, SampleQueue, stereo_blocks, trouble
from genre_desktop.core.errors import Problem
from tests.fixtures.synthetic_audio import music, write

RATE = 44_100


class CallbackStop(Exception):  # noqa: N818  # sounddevice's name
    """Asks PortAudio to end the stream."""


class FakeOutput:
    """A loudspeaker that plays as fast as its thread can, and keeps what it played."""

    def __init__(self, paused: bool = False) -> None:
        self.played: list[np.ndarray] = []
        self.latency = 0.0
        self.dies_after = float("inf")  # blocks of 10 ms
        self.paused = threading.Event()
        if not paused:
            self.paused.set()

    def library(self) -> Any:
        return SimpleNamespace(
            PortAudioError=OSError,
            CallbackStop=CallbackStop,
            query_devices=lambda kind: {"name": "speaker", "index": 0, "default_samplerate": float(RATE)},
            OutputStream=self._stream,
        )

    def _stream(self, callback: Any, finished_callback: Any, **_options: Any) -> Any:
        closing = threading.Event()

        def run() -> None:
            out = np.zeros((441, 2), np.float32)
            while not closing.is_set():
                if not self.paused.wait(0.01):
                    continue
                if len(self.played) >= self.dies_after:
                    break
                try:
                    callback(out, len(out), None, None)
                except CallbackStop:
                    break
                self.played.append(out.copy())
            finished_callback()

        thread = threading.Thread(target=run)
        return SimpleNamespace(start=thread.start, abort=closing.set, close=thread.join, latency=self.latency)

    def sound(self) -> np.ndarray:
        return np.concatenate(self.played)


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch) -> FakeOutput:
    output = FakeOutput()
    monkeypatch.setattr(portaudio, "library", output.library)
    return output


def played_to_the_end(path: Path, from_s: float | None = None) -> Problem | None:
    ended: list[Problem | None] = []
    done = threading.Event()
    player = Player(lambda problem: (ended.append(problem), done.set()))
    player.play(path, from_s)
    assert done.wait(60)
    player.stop()
    assert not player.playing
    assert player.position_s == 0.0
    return ended[0]


def test_the_whole_file_is_played_in_stereo(tmp_path: Path, output: FakeOutput) -> None:
    signal = music(3.0)
    assert played_to_the_end(write(tmp_path / "x.wav", signal, subtype="FLOAT")) is None
    sound = output.sound()
    begin = np.flatnonzero(np.abs(sound).max(axis=1) > 0)[0]
    heard = sound[np.abs(sound).max(axis=1) > 0]
    assert len(heard) == pytest.approx(len(signal), abs=50)
    assert begin >= 0
    assert np.abs(heard[:1000] - signal[np.abs(signal).max(axis=1) > 0][:1000]).max() < 1e-4


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".m4a", ".ogg"])
def test_blocks_begin_where_asked(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"x{suffix}", music(6.0, 48_000), 48_000)
    whole = np.concatenate(list(stereo_blocks(path, RATE)))
    part = np.concatenate(list(stereo_blocks(path, RATE, 4.0)))
    assert whole.shape[1] == 2
    assert len(part) / RATE == pytest.approx(2.0, abs=0.1)
    tail = whole[-len(part) :]
    assert np.corrcoef(part[:-2000, 0], tail[:-2000, 0])[0, 1] > 0.9


def test_mono_and_other_rates_become_stereo_at_the_devices_rate(tmp_path: Path) -> None:
    path = write(tmp_path / "x.wav", music(1.0, 22_050, 1), 22_050)
    sound = np.concatenate(list(stereo_blocks(path, RATE)))
    assert len(sound) == pytest.approx(RATE, abs=50)
    assert np.array_equal(sound[:, 0], sound[:, 1])


def test_pausing_keeps_the_place(tmp_path: Path, output: FakeOutput) -> None:
    path = write(tmp_path / "x.wav", music(60.0, 8_000, 1), 8_000)
    player = Player()
    player.play(path, from_s=20.0)
    pause = threading.Event()
    while player.position_s < 21.0:
        pause.wait(0.001)
    player.pause()
    here = player.position_s
    assert 21.0 <= here < 60.0
    assert not player.playing
    output.paused.clear()
    player.play()
    assert player.playing
    assert player.position_s == pytest.approx(here, abs=0.05)
    player.stop()
    assert player.position_s == 0.0


def test_the_gain_is_applied_to_what_sounds(tmp_path: Path, output: FakeOutput) -> None:
    signal = music(1.0)
    done = threading.Event()
    player = Player(lambda problem: done.set())
    player.gain = 0.25
    player.play(write(tmp_path / "x.wav", signal, subtype="FLOAT"))
    assert done.wait(60)
    player.stop()
    assert np.abs(output.sound()).max() == pytest.approx(0.25 * np.abs(signal).max(), rel=1e-3)


def test_whether_there_is_anything_to_play_through(
    output: FakeOutput, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portaudio, "refresh", lambda: True)
    assert trouble() is None

    def missing() -> None:
        raise errors.no_library()

    monkeypatch.setattr(portaudio, "library", missing)
    assert (trouble().code, trouble().title) == ("no-audio-library", "Sound cannot be played")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, output: FakeOutput) -> None:
    assert played_to_the_end(tmp_path / "missing.wav").code == "missing-file"


@pytest.mark.parametrize("seconds", [1.0, 30.0])
def test_a_loudspeaker_that_goes_away_is_told(tmp_path: Path, output: FakeOutput, seconds: float) -> None:
    output.dies_after = 60
    path = write(tmp_path / "x.wav", music(seconds, 8_000, 1), 8_000)
    assert played_to_the_end(path).code == "device-lost"


def test_no_loudspeaker_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def query(kind: str) -> None:
        raise ValueError("no device")

    monkeypatch.setattr(
        portaudio, "library", lambda: SimpleNamespace(PortAudioError=OSError, query_devices=query)
    )
    assert played_to_the_end(write(tmp_path / "x.wav", music(0.2))).code == "no-output-device"


def test_playing_nothing_does_nothing() -> None:
    player = Player()
    player.play()
    player.pause()
    player.stop()
    assert not player.playing


def test_the_fifo_keeps_order_and_fills_up_with_silence() -> None:
    fifo = SampleQueue(100)
    out = np.ones((30, 2), np.float32)
    assert fifo.read_into(out) == 0
    assert not out.any()
    written = read = 0
    for _ in range(50):
        block = np.arange(written, written + min(37, fifo.free()), dtype=np.float32)[:, None] * [1, 1]
        fifo.write(block.astype(np.float32))
        written += len(block)
        count = fifo.read_into(out)
        assert out[:count, 0].tolist() == list(range(read, read + count))
        read += count
    assert read > 1000
