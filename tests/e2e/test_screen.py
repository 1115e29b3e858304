"""The real program on a real (virtual) screen, driven by real keys."""

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
from PySide6.QtGui import QImage

from genre_desktop.core.paths import Home
from tests.qt_support import is_linux
from tests.shared import REPOSITORY

PATIENCE_S = 60
TOOLS = ("Xvfb", "xdotool", "import")

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(not is_linux(), reason="there is an X server on Linux only"),
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"),
]


def until(condition: Callable[[], object]) -> None:
    by = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < by, "it never happened"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def program(display: str, home: Home) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "GENRE_DESKTOP_HOME": str(home.root),
    }  # fmt: skip
    started = subprocess.Popen([sys.executable, "-m", "genre_desktop"], cwd=REPOSITORY, env=environment)
    yield started
    if started.poll() is None:
        started.kill()
    started.wait()


def tool(display: str, *words: str) -> str:
    done = subprocess.run(
        words, env=os.environ | {"DISPLAY": display}, capture_output=True, text=True, check=False
    )
    return done.stdout


def window(display: str) -> str:
    """The number of the program's window, once it is there."""
    found = ""

    def look() -> str:
        nonlocal found
        found = tool(display, "xdotool", "search", "--onlyvisible", "--name", "Genre Desktop").strip()
        return found

    until(look)
    return found.splitlines()[0]


def keys(display: str, number: str, *pressed: str) -> None:
    tool(display, "xdotool", "windowfocus", "--sync", number)
    tool(display, "xdotool", "key", "--clearmodifiers", *pressed)


def answers(home: Home) -> list[str]:
    """Genres of the files that were answered so far."""
    try:
        with sqlite3.connect(f"file:{home.store}?mode=ro", uri=True) as database:
            rows = database.execute("SELECT genre FROM predictions").fetchall()
    except sqlite3.Error:  # not there yet
        return []
    return [row[0] for row in rows]


def colours(display: str, folder: Path) -> int:
    """How many different colours the screen shows; a black screen has one."""
    picture = folder / "screen.png"
    tool(display, "import", "-window", "root", str(picture))
    image = QImage(str(picture))
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})


def test_a_first_sitting_with_the_keyboard_alone(
    program: subprocess.Popen[bytes], display: str, home: Home, tmp_path: Path
) -> None:
    number = window(display)
    keys(display, number, "ctrl+d")
    until(lambda: answers(home))
    until(lambda: colours(display, tmp_path) > 500)  # a spectrogram is on the screen
    children = psutil.Process(program.pid).children(recursive=True)
    assert children  # the worker
    keys(display, number, "ctrl+q")
    assert program.wait(PATIENCE_S) == 0
    assert answers(home)[0]
    until(lambda: not any(child.is_running() for child in children))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_end_leaves_nothing_behind(
    program: subprocess.Popen[bytes], display: str, number: signal.Signals
) -> None:
    window(display)
    until(lambda: psutil.Process(program.pid).children(recursive=True))
    children = psutil.Process(program.pid).children(recursive=True)
    program.send_signal(number)
    assert program.wait(PATIENCE_S) == 128 + number
    until(lambda: not any(child.is_running() for child in children))
