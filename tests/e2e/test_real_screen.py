"""The real program on a real (virtual) screen, driven by real keys."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QImage

from genre_desktop.core.logs.reader import FileFollower, log_files, parse
from genre_desktop.core.paths import Home, shipped
from tests.fixtures.qt import is_linux
from tests.fixtures.shared_data import REPOSITORY
from tools.screenshots import x_server

PATIENCE_S = 120
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
    with x_server("1400x900") as display:
        yield display


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


def windows(display: str, title: str) -> list[str]:
    """Numbers of the windows on the screen that are called so."""
    return tool(display, "xdotool", "search", "--onlyvisible", "--name", f"^{title}$").split()


def window(display: str, title: str = "Genre Desktop") -> str:
    """The number of a window, once it is there."""
    until(lambda: windows(display, title))
    return windows(display, title)[0]


def keys(display: str, number: str, *pressed: str) -> None:
    tool(display, "xdotool", "windowfocus", "--sync", number)
    tool(display, "xdotool", "key", "--clearmodifiers", *pressed)


def asked(home: Home, question: str) -> list[str]:
    """The first column of what the store answers; nothing while there is no store."""
    try:
        with closing(sqlite3.connect(f"file:{home.store}?mode=ro", uri=True)) as database:
            return [row[0] for row in database.execute(question)]
    except sqlite3.Error:
        return []


def answers(home: Home) -> list[str]:
    """Genres of the files that were answered so far."""
    return asked(home, "SELECT genre FROM predictions")


def labels(home: Home) -> list[str]:
    """Active corrections by the user."""
    return asked(home, "SELECT label FROM corrections WHERE undone IS NULL")


def colours(display: str, folder: Path) -> int:
    """How many different colours the screen shows; a black screen has one."""
    picture = folder / "screen.png"
    tool(display, "import", "-window", "root", str(picture))
    image = QImage(str(picture))
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})


def look(display: str, folder: Path) -> bytes:
    """The screen as it is now."""
    picture = folder / "page.png"
    tool(display, "import", "-window", "root", str(picture))
    image = QImage(str(picture)).scaled(140, 90)
    return bytes(image.constBits())


def test_a_whole_sitting_with_the_keyboard_alone(
    program: subprocess.Popen[bytes], display: str, home: Home, tmp_path: Path
) -> None:
    """The demo, a file, a correction and its undoing, every page, the preferences, and goodbye."""
    main = window(display)
    keys(display, main, "ctrl+d")
    until(lambda: answers(home))
    until(lambda: colours(display, tmp_path) > 500)  # a spectrogram is on the screen
    _open_with_the_dialog(
        display, main, shutil.copy(shipped("resources", "demo.flac"), tmp_path / "own.flac")
    )
    until(lambda: len(answers(home)) == 2)
    keys(display, main, "ctrl+f", "Tab", "Tab", "Tab", "Home", "6")  # in the list, the first row: jazz
    until(lambda: labels(home) == ["jazz"])
    keys(display, main, "ctrl+z")
    until(lambda: labels(home) == [])
    _visit_every_page(display, main, tmp_path)
    keys(display, main, "ctrl+comma")
    preferences = window(display, "Preferences")
    keys(display, preferences, "Escape")
    until(lambda: not windows(display, "Preferences"))
    children = psutil.Process(program.pid).children(recursive=True)
    assert children  # the worker
    keys(display, main, "ctrl+q")
    assert program.wait(PATIENCE_S) == 0
    until(lambda: not any(child.is_running() for child in children))
    complaints = [
        r for f in log_files(home) for r in parse(FileFollower(f.path).read()) if r.at_least("WARNING")
    ]
    assert [str(record) for record in complaints] == []


def _open_with_the_dialog(display: str, main: str, path: str) -> None:
    keys(display, main, "ctrl+o")
    dialog = window(display, "Open files")
    tool(display, "xdotool", "windowfocus", "--sync", dialog)
    tool(display, "xdotool", "type", "--clearmodifiers", str(path))
    keys(display, dialog, "Return")
    until(lambda: not windows(display, "Open files"))


def _visit_every_page(display: str, main: str, folder: Path) -> None:
    """Each shows something else than those before it, and the first one something else than the last."""
    seen = [look(display, folder)]
    for number in (2, 3, 4, 5):
        keys(display, main, f"ctrl+{number}")
        until(lambda: look(display, folder) not in seen)
        seen.append(look(display, folder))
    keys(display, main, "ctrl+1")
    until(lambda: look(display, folder) != seen[-1])


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


def test_an_alert_stands_in_the_tray_until_somebody_looks(display: str, home: Home, tmp_path: Path) -> None:
    out = tmp_path / "seen.json"
    environment = os.environ | {
        "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(REPOSITORY),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",  # not the tray of the desktop in use
    }  # fmt: skip
    words = [sys.executable, "-m", "tests.e2e.tray_script", str(home.root), str(out)]
    subprocess.run(words, cwd=REPOSITORY, env=environment, timeout=3 * PATIENCE_S, check=True)
    seen = json.loads(out.read_text("utf-8"))
    assert seen.pop("words") == seen.pop("notice")
    assert seen == {"tray": True, "page": True, "after the click": 0, "to whom looks at the window": 0}
