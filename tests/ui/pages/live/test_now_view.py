"""The Now view: large type on the whole screen, from fake sound devices and made-up answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from genre_desktop.ui.pages.live.now_view import CAPITALS, NowView
from genre_desktop.ui.pages.live.page import LivePage
from tests.app.sound.test_section_tracker import answers
from tests.fakes.sound_devices import BUILT_IN, USB, FakeComputer
from tests.fixtures.shared_data import REPOSITORY
from tests.ui import accessibility_checks
from tests.ui.conftest import Desk
from tests.ui.pages.live.test_fitted_label import lines, painted
from tests.ui.pages.live.test_log_panel import hear
from tests.ui.pages.live.test_page import listen, tone

SCREENS = [(1920, 1080), (1280, 720), (1080, 1920), (3440, 1440)]


@pytest.fixture
def view(desk: Desk, page: LivePage) -> NowView:
    """The open view."""
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    assert page.now is not None
    desk.until(page.now.isVisible)
    return page.now


def shown(view: NowView) -> list[str]:
    return [part.text() for part in (view.genre, view.text, view.since, view.previous)]


def test_it_covers_the_screen_and_escape_or_its_key_leaves_it(
    desk: Desk, page: LivePage, view: NowView
) -> None:
    assert view.isWindow()
    assert view.isFullScreen()
    assert view.geometry() == desk.window.screen().geometry()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    desk.until(view.isActiveWindow)
    QTest.keyClick(view, Qt.Key.Key_F11)
    assert not view.isVisible()
    page.toggle_now()
    desk.bot.mouseClick(view._leave, Qt.MouseButton.LeftButton)
    assert not view.isVisible()


def test_it_opens_from_any_page(desk: Desk, page: LivePage) -> None:
    desk.window.show_page("library")
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    assert page.now is not None
    assert page.now.isVisible()
    assert desk.window.stack.current == "library"


def test_genre_confidence_since_when_and_what_was_before(
    desk: Desk, page: LivePage, view: NowView, computer: FakeComputer
) -> None:
    listen(desk, page, computer)
    desk.until(lambda: page.microphone == f"Listening to {BUILT_IN.name}")
    hear(page, ("jazz", 20), ("hiphop", 12))
    genre, text, since, previous = shown(view)
    assert genre == "Hip-Hop"
    assert text == "80 % · changing"  # as on the page's card
    assert re.fullmatch(r"since \d\d:\d\d:\d\d", since)
    assert re.fullmatch(r"Before: Jazz, from \d\d:\d\d:\d\d", previous)
    assert view.accessibleDescription() == f"{genre}. {text}. {since}"
    for answer in answers(("rock", 2), start_s=35.0):  # not yet a line of the log
        page._answered(answer)
    assert shown(view)[:1] == ["Rock"]
    assert shown(view)[2] == ""


def test_a_corrected_line_is_shown_as_corrected(
    desk: Desk, page: LivePage, view: NowView, computer: FakeComputer
) -> None:
    listen(desk, page, computer)
    desk.until(lambda: page.microphone == f"Listening to {BUILT_IN.name}")
    hear(page, ("jazz", 20))
    page.log_panel.table.selectRow(0)
    page.log_panel.set_genre("Bebop")
    desk.until(lambda: shown(view)[:2] == ["Bebop", "Corrected"])


def test_it_says_that_nothing_is_heard_and_why(
    desk: Desk, page: LivePage, view: NowView, computer: FakeComputer
) -> None:
    assert shown(view) == ["Not listening", "Press Ctrl+L to start listening.", "", ""]
    assert not view.meter.isVisible()
    QTest.keyClick(view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: page.listener.state.status == "listening")
    desk.until(lambda: view.genre.text() == "Listening…" and view.meter.isVisible())
    desk.until(lambda: view.microphone.text() == f"Listening to {BUILT_IN.name}")
    computer.hear(tone(4.0, level=0.0))
    desk.until(lambda: view.microphone.text() == "No signal" and view.microphone.tone == "warning")
    computer.hear(tone(1.0))
    desk.until(lambda: view.microphone.text() == f"Listening to {BUILT_IN.name}")
    computer.plugged.remove(USB)
    computer.unplug(BUILT_IN)
    desk.until(lambda: view.genre.text() == "The input device was disconnected")
    assert view.genre.tone == "warning"


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize(
    "name", ["HHH", "HIP-HOP", "DRUM AND BASS", "PROGRESSIVE METAL OF THE NORTHERN FJORDS"]
)
def test_the_genre_is_readable_from_five_metres(
    desk: Desk, page: LivePage, view: NowView, size: tuple[int, int], name: str
) -> None:
    """Its capitals, as painted, are about a fifteenth of the screen's height or more."""
    hear(page, ("jazz", 12))
    view.showNormal()
    view.resize(*size)
    view.genre.setText(name)
    QApplication.processEvents()
    assert (view.width(), view.height()) == size
    room = (view.genre.width(), view.genre.height())
    ink = painted(page._context.theme, desk.bot, name, room, view.genre.least_capital)
    least = 0.98 * size[1] * CAPITALS
    assert min(lines(ink)) >= least
    font, _wrap = view.genre.fitted()
    assert QFontMetricsF(font).capHeight() >= least
    inside = view.rect()
    for part in (view.microphone, view.genre, view.text, view.since, view.previous, view.meter):
        assert inside.contains(part.geometry())


def test_it_follows_the_theme(page: LivePage, view: NowView) -> None:
    theme = page._context.theme
    for mode in ("light", "dark"):
        theme.choose(mode)
        QApplication.processEvents()
        picture = view.grab().toImage()
        assert picture.pixelColor(3, view.height() - 3).name() == theme.palette.window.lower()
        assert theme.palette.muted.lower() in {  # “Not listening”
            picture.pixelColor(x, y).name()
            for x in range(0, picture.width(), 3)
            for y in range(0, picture.height() // 2, 3)
        }


def test_controls_are_named_and_reached_by_tab(view: NowView) -> None:
    for check in (
        accessibility_checks.nameless, accessibility_checks.unexplained, accessibility_checks.unreachable,
        accessibility_checks.cut_off,
    ):  # fmt: skip
        assert check(view) == []


def test_it_ends_with_the_window(page: LivePage, view: NowView) -> None:
    page.close_down()
    assert not view.isVisible()


def test_it_opens_on_the_screen_of_the_window(tmp_path: Path) -> None:
    geometries = {"left": (0, 0, 1280, 800), "right": (1280, 0, 1920, 1080)}
    screens = [
        dict(zip(("x", "y", "width", "height"), geometry, strict=True))
        | {"name": name, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, geometry in geometries.items()
    ]
    configuration = tmp_path / "screens.json"
    configuration.write_text(json.dumps({"screens": screens}))
    script = Path(__file__).with_name("second_screen_script.py")
    module = ".".join(script.relative_to(REPOSITORY).with_suffix("").parts)
    done = subprocess.run(
        [sys.executable, "-m", module, str(tmp_path)],
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={configuration}"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    expected = [" ".join(map(str, (name, True, *place))) for name, place in geometries.items()]
    assert done.stdout.splitlines() == expected, done.stderr
