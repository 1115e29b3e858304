"""Playback reaches the output device while the cursor moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.sound.playback import Playback
from genre_desktop.audio.player import output_problem
from tests.audio.test_pulse_server import likeness, listen
from tests.fakes.sound_devices import ObservedCapture
from tests.fixtures.pulse_server import running_server
from tools.pulse_server import MONITOR
from tools.synthetic_audio import music, write

pytestmark = pytest.mark.audio_server
PATIENCE_MS = 60_000
SECONDS = 3.0


@pytest.fixture
def capture():
    with running_server():
        capture = ObservedCapture(keep_s=40.0)
        yield capture
        capture.stop()


def test_sound_comes_out_and_the_cursor_moves(capture: ObservedCapture, tmp_path: Path, qtbot: QtBot) -> None:
    assert output_problem() is None
    listen(capture, MONITOR)
    signal = music(SECONDS)
    playback = Playback(100)
    places: list[float] = []
    problems: list[object] = []
    playback.moved.connect(places.append)
    playback.failed.connect(problems.append)
    playback.choose(write(tmp_path / "song.flac", signal), SECONDS)
    played = signal[22_050:110_000].mean(axis=1)

    def heard() -> bool:
        return likeness(capture.ring.read(0).frames.mean(axis=1), played) > 0.99

    try:
        for _ in range(3):  # a busy computer may tear one play, not three
            places.clear()
            playback.toggle()
            qtbot.waitUntil(lambda: not playback.playing, timeout=PATIENCE_MS)
            if heard():
                break
        else:
            raise AssertionError("it was not heard whole in three plays")
        moving = np.array(places[:-1])
        assert (np.diff(moving) >= 0).all()
        assert len(set(moving.tolist())) > 10
        assert moving.max() > SECONDS / 2
        assert places[-1] == 0.0  # back at the beginning
        playback.seek(2.5)
        playback.toggle()
        qtbot.waitUntil(lambda: playback.position_s > 2.6, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not playback.playing, timeout=PATIENCE_MS)
        assert problems == []
    finally:
        playback.close()
