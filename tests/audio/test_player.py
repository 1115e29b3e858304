"""What is played is the file, from where it was asked for."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.devices import device_process
from genre_desktop.audio.player import Player, output_problem, stereo_blocks
from genre_desktop.core.errors import Problem
from tests.audio.conftest import FakeSound
from tests.fixtures.leak_check import children
from tools.synthetic_audio import music, write

RATE = 44_100


@pytest.fixture
def output(fake_sound: FakeSound, tmp_path: Path) -> Path:
    """Plays as fast as it can, into this file."""
    played = tmp_path / "played.raw"
    fake_sound(played=str(played))
    return played


def sound(output: Path) -> np.ndarray:
    return np.fromfile(output, np.float32).reshape(-1, 2)


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


def test_the_whole_file_is_played_in_stereo(tmp_path: Path, output: Path) -> None:
    signal = music(3.0)
    assert played_to_the_end(write(tmp_path / "x.wav", signal, subtype="FLOAT")) is None
    heard = sound(output)
    heard = heard[np.abs(heard).max(axis=1) > 0]
    assert len(heard) == pytest.approx(len(signal), abs=50)
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


def test_pausing_keeps_the_place(tmp_path: Path, fake_sound: FakeSound) -> None:
    path = write(tmp_path / "x.wav", music(60.0, 8_000, 1), 8_000)
    fake_sound(pace=5)
    player = Player()
    player.play(path, from_s=20.0)
    pause = threading.Event()
    while player.position_s < 21.0:
        pause.wait(0.001)
    player.pause()
    here = player.position_s
    assert 21.0 <= here < 60.0
    assert not player.playing
    fake_sound(hangs="start")
    player.play()
    assert player.playing
    assert player.position_s == here
    player.stop()
    assert player.position_s == 0.0


@pytest.mark.parametrize("from_s", [0.0, 4.0])
def test_the_position_follows_what_is_played(tmp_path: Path, fake_sound: FakeSound, from_s: float) -> None:
    done = threading.Event()
    fake_sound(pace=4)
    player = Player(lambda problem: done.set())
    player.play(write(tmp_path / "x.wav", music(6.0, 8_000, 1), 8_000), from_s)
    seen = {player.position_s}
    while not done.wait(0.02):
        seen.add(player.position_s)
    player.stop()
    places = sorted(seen - {0.0})
    assert places[0] >= from_s
    assert places[-1] == pytest.approx(6.0, abs=0.5)
    assert max(np.diff(places)) < 0.7


def test_the_gain_is_applied_to_what_sounds(tmp_path: Path, output: Path) -> None:
    signal = music(1.0)
    done = threading.Event()
    player = Player(lambda problem: done.set())
    player.gain = 0.25
    player.play(write(tmp_path / "x.wav", signal, subtype="FLOAT"))
    assert done.wait(60)
    player.stop()
    assert np.abs(sound(output)).max() == pytest.approx(0.25 * np.abs(signal).max(), rel=1e-3)


def test_the_gain_may_change_while_it_sounds(tmp_path: Path, fake_sound: FakeSound) -> None:
    played = tmp_path / "played.raw"
    fake_sound(played=str(played), pace=2)
    done = threading.Event()
    player = Player(lambda problem: done.set())
    tone = np.full((4 * RATE, 2), 0.5, np.float32)
    player.play(write(tmp_path / "x.wav", tone, subtype="FLOAT"))
    while player.position_s < 1.5:
        assert not done.wait(0.01)
    player.gain = 0.5
    assert done.wait(60)
    player.stop()
    heard = sound(played)
    assert set(np.unique(heard)) == {np.float32(0.0), np.float32(0.25), np.float32(0.5)}
    changed = int(np.argmax(heard == 0.25)) // 2 - int(np.argmax(heard == 0.5)) // 2
    assert 1.4 < changed / RATE < 3.0


def test_whether_there_is_anything_to_play_through(
    fake_sound: FakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert output_problem() is None
    fake_sound(missing=True)
    assert (output_problem().code, output_problem().title) == ("no-audio-library", "Audio cannot be played")
    fake_sound(no_output=True)
    assert output_problem().code == "no-output-device"
    monkeypatch.setattr(device_process, "RESPONSE_S", 1.0)
    fake_sound(hangs="list")
    assert output_problem().code == "no-output-device"


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, output: Path) -> None:
    assert played_to_the_end(tmp_path / "missing.wav").code == "missing-file"


@pytest.mark.parametrize("seconds", [1.0, 30.0])
def test_a_loudspeaker_that_goes_away_is_reported(
    tmp_path: Path, fake_sound: FakeSound, seconds: float
) -> None:
    fake_sound(dies_after=60)
    path = write(tmp_path / "x.wav", music(seconds, 8_000, 1), 8_000)
    assert played_to_the_end(path).code == "device-lost"


def test_a_loudspeaker_that_does_not_close_is_ended(tmp_path: Path, fake_sound: FakeSound) -> None:
    fake_sound(hangs="abort", pace=1)
    player = Player()
    player.play(write(tmp_path / "x.wav", music(30.0, 8_000, 1), 8_000))
    while player.position_s == 0.0:
        assert player.playing
    player.stop()
    assert children() == []


def test_no_loudspeaker_is_reported(tmp_path: Path, fake_sound: FakeSound) -> None:
    fake_sound(no_output=True)
    assert played_to_the_end(write(tmp_path / "x.wav", music(0.2))).code == "no-output-device"


def test_playing_nothing_does_nothing() -> None:
    player = Player()
    player.play()
    player.pause()
    player.stop()
    assert not player.playing
