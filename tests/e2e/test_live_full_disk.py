"""Live mode on a full disk: answers go on, takes are refused or end whole, and both work again with space."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import Home, shipped
from tests.e2e.subprocess_runner import run_script
from tests.fixtures.pulse_server import running_server
from tests.fixtures.small_disk import fill

pytestmark = [pytest.mark.audio_server, pytest.mark.timeout(400)]
RATE = 22_050


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Music for as long as the test may take."""
    path = tmp_path / "song.wav"
    soundfile.write(path, np.resize(read(str(shipped("resources", "demo.flac"))).samples, 400 * RATE), RATE)
    return path


def test_listening_and_recording_while_the_disk_fills_up(
    takes_disk: Path, song: Path, tmp_path: Path
) -> None:
    home, out = Home(takes_disk / "home").create(), tmp_path / "seen.json"
    filler = fill(takes_disk)
    with running_server() as server:
        playing = server.play(song)
        try:
            done = run_script("live_full_disk_script", home.root, filler, out)
        finally:
            playing.kill()
            playing.wait()
    assert done.returncode == 0, done
    assert not re.search("Traceback|ERROR", done.stderr), done.stderr
    seen = json.loads(out.read_text())
    full = f"There is not enough space to record in {home.takes}: 0.0 MB are free, 64 MB are needed."
    assert seen["said"] == ["disk-full"]
    assert not seen["window"]  # that one alert says it all
    assert full in seen["refused"]
    assert seen["begun"] == [False, 0]
    assert not seen["still refused"]
    assert f"{full} The recording up to now is saved." in seen["ended"]
    assert seen["saved"] == "Recording saved"
    # Not by name alone: "… (2).flac", begun in the same second as "….flac", would come first.
    files = sorted(home.takes.iterdir(), key=lambda file: file.stem)
    assert [file.name for file in files[:2]] == [name for name, _ in seen["takes"]]
    for file, (_, seconds) in zip(files, [*seen["takes"], ("ended with the window", None)], strict=True):
        kept = read(str(file))
        assert kept.warnings == ()
        assert kept.duration_s == pytest.approx(soundfile.info(file).duration, abs=0.01)
        assert kept.duration_s == pytest.approx(seconds or kept.duration_s, abs=0.01)
        assert kept.duration_s > 2
