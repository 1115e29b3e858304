"""Champion and fallback break while the real program runs; the user restores the starters in the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home, shipped
from tests.e2e.subprocess_runner import live_through, models

pytestmark = pytest.mark.timeout(600)


def test_with_both_broken_the_window_offers_the_starters_and_restores_them(
    tmp_path: Path,
) -> None:
    music = tmp_path / "music"
    music.mkdir()
    shutil.copy(shipped("resources", "demo.flac"), music)
    seen = live_through("broken", Home(tmp_path / "home"), music, music)
    assert models(seen["answers whole"]) == {("champion", "1")}
    assert seen["answers broken"] == [{"problem": "no-model"}]
    window = seen["window broken"]
    assert (window["serving"], window["banner"]) == ("none", "No model works")
    assert window["alerts"] == ["champion-fault", "fallback-fault", "no-model"]
    assert "is not the file that was registered" in window["reason"]
    assert seen["asked"] == ["Restore starter models?"]
    (answer,) = seen["answers restored"]
    assert (answer["alias"], answer["version"]) == ("champion", seen["restore"]["champion"])
    window = seen["window restored"]
    assert (window["serving"], window["banner"], window["alerts"]) == ("champion", "", [])
    assert (seen["children"], seen["threads"]) == ([], [])
