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

from genre_desktop.app.instance import lock
from genre_desktop.core.paths import Home, shipped
from tests.fixtures.shared_data import REPOSITORY

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
        self.environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "GENRE_DESKTOP_HOME": str(home.root),
            "PYTHONPATH": str(REPOSITORY),
        }
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str, script: bool = False) -> subprocess.Popen[bytes]:
        program = [str(SCRIPT)] if script else [sys.executable, "-m", "genre_desktop"]
        process = subprocess.Popen([*program, *words], cwd=self.folder, env=self.environment)
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
    until(lambda: lock.known_address(starter.home))
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
    until(
        lambda: lock.send_to_running_instance(starter.home, [])
    )  # the stale socket is replaced, and it listens
    third.terminate()
    third.wait(PATIENCE_S)
    assert lock.known_address(starter.home) == ""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops a process")
def test_beside_a_window_that_hangs_nothing_is_opened_silently(starter: Starter) -> None:
    for name in ("given up.flac", "song.flac"):
        shutil.copy(shipped("resources", "demo.flac"), starter.folder / name)
    first = starter.start()
    until(lambda: lock.known_address(starter.home))
    first.send_signal(signal.SIGSTOP)
    try:
        code = (
            "import sys; from genre_desktop import cli; from genre_desktop.app.instance import lock; "
            "lock.PATIENCE_S, lock.ANSWER_MS = 0.0, 100; sys.exit(cli.main())"
        )
        words = [sys.executable, "-c", code, "given up.flac"]
        done = subprocess.run(
            words,
            cwd=starter.folder,
            env=starter.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    finally:
        first.send_signal(signal.SIGCONT)
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("Genre Desktop is already running but does not respond: ")
    assert starter.start("song.flac").wait(PATIENCE_S) == 0
    until(starter.answered)
    assert starter.answered() == [str(starter.folder / "song.flac")]  # not what was given up
    first.terminate()
    first.wait(PATIENCE_S)
