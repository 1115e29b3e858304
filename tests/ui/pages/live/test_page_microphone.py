"""The Live page while a real microphone is unplugged and comes back, and while its sound server dies."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtWidgets import QApplication

from genre_desktop.audio.capture.level_meter import FLOOR_DB, Level
from genre_desktop.ui.pages.live.page import LivePage
from tests.fixtures.pulse_server import running_server
from tests.ui.conftest import Desk
from tools.pulse_server import MICROPHONE, MONITOR, PulseServer
from tools.synthetic_audio import music

pytestmark = [pytest.mark.audio_server, pytest.mark.timeout(240)]
PATIENCE_MS = 60_000
RATE = 44_100


@pytest.fixture(scope="module")
def loud(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two minutes of music, overdriven."""
    path = tmp_path_factory.mktemp("loud") / "loud.wav"
    soundfile.write(path, np.clip(20 * np.tile(music(6.0), (20, 1)), -1, 1), RATE)
    return path


@pytest.fixture
def server(loud: Path) -> Iterator[PulseServer]:
    with running_server() as server:
        playing = server.play(loud)
        yield server
        playing.kill()
        playing.wait()


@pytest.fixture
def page(desk: Desk, server: PulseServer) -> Iterator[LivePage]:
    """The page while it listens to the system's default, clipping, and records."""
    desk.load_plots()
    desk.window.show_page("live")
    page = desk.window.live
    page.toggle()
    until(desk, lambda: source(page) == MICROPHONE and shown(page).clipped)
    page.toggle_recording()
    until(desk, lambda: bool(page.listener.recording))
    yield page
    page.close_down()


def until(desk: Desk, condition: object) -> None:
    desk.bot.waitUntil(condition, timeout=PATIENCE_MS)


def source(page: LivePage) -> str:
    device = page.listener.state.device
    return "" if device is None else device.source


def shown(page: LivePage) -> Level:
    return page.meter._level


def outside(desk: Desk) -> tuple[str, str]:
    """Status bar and title, which every page has."""
    return desk.window.status_bar.microphone.text(), desk.window.windowTitle()


def test_the_microphone_in_use_is_shown_on_every_page(desk: Desk, page: LivePage) -> None:
    device = page.listener.state.device
    assert device is not None
    desk.window.show_page("library")
    assert desk.window.status_bar.microphone.isVisible()
    assert outside(desk) == (f"Recording from {device.name}", f"Genre Desktop – Recording from {device.name}")
    page.toggle_recording()
    until(desk, lambda: outside(desk)[0] == f"Listening to {device.name}")
    page.toggle()
    assert outside(desk) == ("", "Genre Desktop")
    assert not desk.window.status_bar.microphone.isVisible()


def test_an_unplugged_microphone_is_reported_and_used_again_when_it_is_back(
    desk: Desk, page: LivePage, server: PulseServer
) -> None:
    seen: list[tuple[str, Level]] = []
    page.listener.state_changed.connect(
        lambda state: state.device or seen.append((page.card.accessibleDescription(), shown(page)))
    )
    server.unplug()
    until(desk, lambda: source(page) == MONITOR)
    assert "The input device was disconnected" in seen[0][0]
    assert (seen[0][1].rms_db, seen[0][1].clipped) == (FLOOR_DB, False)
    assert not any("Listening" in text for text, _ in seen)
    until(desk, page.take_notice.isVisible)
    until(desk, page.notice.isVisible)  # for the loudspeaker is heard in place of the microphone
    assert page.take_notice.accessibleName() == "The recording has ended"
    assert not page.listener.recording
    name = page.listener.state.device.name  # type: ignore[union-attr]
    assert outside(desk) == (f"Listening to {name}", f"Genre Desktop – Listening to {name}")
    server.plug_in()
    until(desk, lambda: source(page) == MICROPHONE and not page.notice.isVisible())
    until(desk, lambda: len(page.listener.gaps) >= 2 and shown(page).rms_db > FLOOR_DB)
    assert page.take_notice.isVisible()


def test_the_now_view_says_that_the_microphone_is_gone(
    desk: Desk, page: LivePage, server: PulseServer
) -> None:
    device = page.listener.state.device
    assert device is not None
    page.toggle_now()
    view = page.now
    assert view is not None
    until(desk, lambda: view.microphone.text() == f"Recording from {device.name}")
    until(desk, lambda: view.meter._level.clipped)
    seen: list[tuple[str, str, Level]] = []
    page.listener.state_changed.connect(
        lambda state: state.device or seen.append((view.genre.text(), view.genre.tone, view.meter._level))
    )
    server.unplug()
    until(desk, lambda: bool(seen))
    assert (seen[0][0], seen[0][1]) == ("The input device was disconnected", "warning")
    assert (seen[0][2].rms_db, seen[0][2].clipped) == (FLOOR_DB, False)
    until(desk, lambda: source(page) == MONITOR and view.microphone.tone == "warning")
    server.plug_in()
    until(desk, lambda: source(page) == MICROPHONE)
    until(desk, lambda: view.microphone.text() == f"Listening to {device.name}")
    assert view.microphone.tone == "muted"


def test_the_time_axis_leaves_out_what_was_not_heard(desk: Desk, page: LivePage, server: PulseServer) -> None:
    began = page.listener.position_s
    server.kill()
    until(desk, lambda: "Listening" not in page.card.accessibleDescription())
    assert (shown(page).rms_db, shown(page).clipped) == (FLOOR_DB, False)
    assert outside(desk)[0] == page.card._genre.text()
    until(desk, lambda: page.listener._windows.interrupted)
    assert page.view is not None
    until(desk, lambda: bool((_latest_columns(page) == FLOOR_DB).all()))
    server.start()
    playing = subprocess.Popen(["paplay", str(_sound(desk))])
    until(desk, lambda: len(page.listener.gaps) == 1)
    playing.kill()
    playing.wait()
    ((start_s, end_s),) = page.listener.gaps
    assert began <= start_s
    assert end_s - start_s > 2.0
    assert page.listener.position_s >= end_s


def _sound(desk: Desk) -> Path:
    path = desk.window.context.home.root / "sound.wav"
    soundfile.write(path, music(20.0), RATE)
    return path


def _latest_columns(page: LivePage) -> np.ndarray:
    QApplication.processEvents()
    assert page.view is not None
    return page.view._raw[:, (page.view._next - 1 - np.arange(5)) % page.view._raw.shape[1]]
