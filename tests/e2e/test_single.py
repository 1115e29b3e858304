"""Two real processes: the second start hands its files to the first window and leaves."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from genre_desktop.app import single
from genre_desktop.core.paths import Home, shipped
from tests.shared import REPOSITORY

PATIENCE_S = 90
SCRIPT = Path(sys.executable).with_name("genre-desktop")


def until(condition: Callable[[], object]) -> None:
    by = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < by, "it never happened"
        time.sleep(0.05)


class Starter:
    """Starts the program, and sees to it that nothing is left of it."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home, self.folder = home, folder
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str, script: bool = False) -> subprocess.Popen[bytes]:
        program = [str(SCRIPT)] if script else [sys.executable, "-m", "genre_desktop"]
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "GENRE_DESKTOP_HOME": str(self.home.root),
            "PYTHONPATH": str(REPOSITORY),
        }
        process = subprocess.Popen([*program, *words], cwd=self.folder, env=environment)
        self.started.append(process)
        return process

    def answered(self) -> list[str]:
        try:
            with sqlite3.connect(f"file:{self.home.store}?mode=ro", uri=True) as database:
                return [row[0] for row in database.execute("SELECT path FROM predictions")]
        except sqlite3.Error:
            return []

    def close(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starter]:
    folder = tmp_path / "music"
    folder.mkdir()
    starter = Starter(Home(tmp_path / "home").create(), folder)
    yield starter
    starter.close()


def test_the_second_start_hands_over_and_a_killed_first_one_does_not_stand_in_the_way(
    starter: Starter,
) -> None:
    shutil.copy(shipped("resources", "demo.flac"), starter.folder / "song.flac")
    first = starter.start()
    until(lambda: single.known_address(starter.home))
    second = starter.start("song.flac", script=SCRIPT.exists())  # a name as seen from the second's folder
    assert second.wait(PATIENCE_S) == 0
    until(starter.answered)
    assert starter.answered() == [str(starter.folder / "song.flac")]
    assert first.poll() is None
    children = psutil.Process(first.pid).children(recursive=True)
    first.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    first.wait(PATIENCE_S)
    until(lambda: not any(child.is_running() for child in children))
    third = starter.start()
    until(lambda: single.hand_over(starter.home, []))  # the stale socket is replaced, and it listens
    third.terminate()
    third.wait(PATIENCE_S)
    assert single.known_address(starter.home) == ""
