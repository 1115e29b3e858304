"""Sound devices of the tests' own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

FakeSound = Callable[..., None]


@pytest.fixture
def fake_sound(monkeypatch: pytest.MonkeyPatch) -> FakeSound:
    """Let device processes use :mod:`tests.audio.fake_portaudio`; call it with settings to change them."""
    monkeypatch.syspath_prepend(str(Path(__file__).with_name("fake_portaudio")))

    def use(**settings: object) -> None:
        monkeypatch.setenv("FAKE_SOUND", json.dumps(settings))

    use()
    return use
