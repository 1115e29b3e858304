"""Whatever a command leaves in the home is for its user only, whatever the umask."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.core.paths import shipped

PATIENCE_S = 60


def start_and_end_the_window(home: Path, umask: int) -> None:
    window = subprocess.Popen(
        [sys.executable, "-m", "genre_desktop", "--home", str(home)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        umask=umask,
    )
    try:
        address, by = home / "locks" / "window.address", time.monotonic() + PATIENCE_S
        while not (address.is_file() and (home / "schedule.db").is_file()):
            assert window.poll() is None
            assert time.monotonic() < by
            time.sleep(0.05)
        window.terminate()
        window.wait(PATIENCE_S)
    finally:
        window.kill()
        window.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_other_users_can_read_nothing(tmp_path: Path, umask: int) -> None:
    home, music = tmp_path / "home", tmp_path / "music" / "pop"
    music.mkdir(parents=True)
    noise = np.random.default_rng(7).normal(0, 0.1, 22_050 * 4)
    soundfile.write(music / "a.wav", noise, 22_050)
    for command in (
        ["predict", str(shipped("resources", "demo.flac"))],
        ["import", str(music.parent)],
        ["models"],
        ["jobs", "run", "sweep"],
        ["jobs", "run", "maintenance"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "genre_desktop", *command, "--home", str(home)],
            capture_output=True,
            text=True,
            umask=umask,
        )
        assert done.returncode == 0, (command, done.stderr)
    start_and_end_the_window(home, umask)
    found = [home, *(Path(folder, name) for folder, names, files in os.walk(home) for name in names + files)]
    assert len(found) > 20
    names = {path.name for path in found}
    assert names >= {"genre_desktop.db", "schedule.db", "mlflow.db", "command-line.log", "genre-desktop.log"}
    assert [path for path in found if path.lstat().st_mode & 0o077] == []
