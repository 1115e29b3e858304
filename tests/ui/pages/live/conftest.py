from __future__ import annotations

from collections.abc import Iterator

import pytest

from genre_desktop.audio.capture import capture
from genre_desktop.audio.devices import input_devices
from genre_desktop.ui.pages.live.page import LivePage
from tests.fakes.sound_devices import BUILT_IN, USB, FakeComputer
from tests.ui.conftest import Desk


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> FakeComputer:
    computer = FakeComputer(BUILT_IN, USB)
    monkeypatch.setattr(capture, "SoundDeviceBackend", lambda: computer)
    monkeypatch.setattr(input_devices, "input_devices", computer.devices)
    return computer


@pytest.fixture
def page(desk: Desk, computer: FakeComputer) -> Iterator[LivePage]:
    desk.load_plots()
    desk.window.show_page("live")
    page = desk.window.live
    desk.until(lambda: page.devices.count() == 3)
    yield page
    page.close_down()
