"""Files and folders dragged with a real mouse from another program onto the real window, on a virtual screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home, shipped
from genre_desktop.ui.actions.page_specs import PAGES
from tests.e2e import drag_source_script
from tests.e2e.test_real_screen import (
    asked,
    keys,
    program,  # noqa: F401  # a fixture
    pytestmark,  # noqa: F401
    tool,
    until,
    window,
)
from tests.fixtures.shared_data import REPOSITORY
from tools.screenshots import x_server
from tools.synthetic_audio import music, write

SOUND = music(6.0)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server("1700x900") as display:
        yield display


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


Drag = Callable[..., str]


@pytest.fixture
def drag(display: str) -> Iterator[Drag]:
    """Drags paths from the other program to the middle of a window; returns the action that was done.

    The program lives until the end of the test: the window fetches the paths from it after the drop.
    """
    sources: list[subprocess.Popen[str]] = []

    def drag(number: str, *paths: Path) -> str:
        command = [sys.executable, drag_source_script.__file__, *map(str, paths)]
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        source = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True)
        sources.append(source)
        assert source.stdout is not None
        assert source.stdout.readline() == "shown\n"
        x, y = drag_source_script.X + 100, drag_source_script.Y + 100
        tool(display, "xdotool", "mousemove", str(x), str(y), "mousedown", "1")
        for step in range(8):
            tool(display, "xdotool", "mousemove", str(x + 3 * step), str(y + 2 * step))
        assert source.stdout.readline() == "dragging\n"
        for x, y in ((1000, 300), (609, 400), (600, 400)):
            tool(display, "xdotool", "mousemove", "--window", number, "--sync", str(x), str(y))
        while source.stdout.readline() != "over CopyAction\n":  # the window accepts the drop
            pass
        tool(display, "xdotool", "mouseup", "1")
        return source.stdout.readline().strip()

    yield drag
    tool(display, "xdotool", "mouseup", "1")
    for source in sources:
        source.kill()
        source.communicate()


def listed(home: Home) -> set[str]:
    """Names of the files in the list that are answered."""
    return {Path(os.fsdecode(path)).name for path in asked(home, "SELECT path FROM predictions")}


def test_files_are_dropped_on_every_page(
    display: str,
    drag: Drag,
    program: subprocess.Popen[bytes],  # noqa: F811
    home: Home,
    tmp_path: Path,
) -> None:
    number = window(display)
    for place, page in enumerate(PAGES, 1):
        songs = [write(tmp_path / f"{page.id} {name}.flac", SOUND) for name in ("ü", "b")]
        keys(display, number, f"ctrl+{place}")
        assert drag(number, *songs) == "CopyAction"
        until(lambda songs=songs: {song.name for song in songs} <= listed(home))
        assert all(song.exists() for song in songs)
    assert program.poll() is None


def test_a_folder_is_dropped_on_a_window_that_is_busy(
    display: str,
    drag: Drag,
    program: subprocess.Popen[bytes],  # noqa: F811
    home: Home,
    tmp_path: Path,
) -> None:
    number = window(display)
    many, few = tmp_path / "many", tmp_path / "few"
    many.mkdir()
    few.mkdir()
    for place in range(40):
        shutil.copy(shipped("resources", "demo.flac"), many / f"{place:02}.flac")
    write(few / "late.flac", SOUND)
    assert drag(number, many) == "CopyAction"
    until(lambda: listed(home))
    assert len(listed(home)) < 40
    assert drag(number, few / "late.flac") == "CopyAction"
    until(lambda: "late.flac" in listed(home))
    assert len(listed(home)) < 41  # it did not wait for all others
    assert drag(number, few) == "CopyAction"
    until(lambda: len(listed(home)) == 41)
    assert program.poll() is None
