from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.monitoring.champion import SNAPSHOT, champion_version
from genre_desktop.core.paths import Home
from genre_desktop.ml.registry import alias_snapshot


def test_the_snapshot_has_one_name() -> None:
    assert SNAPSHOT == alias_snapshot.FILE


def test_a_home_without_registry_has_none(tmp_path: Path) -> None:
    assert champion_version(Home(tmp_path)) == ""


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"aliases": []}', '{"aliases": {"fallback": "1"}}'])
def test_a_damaged_snapshot_names_none(tmp_path: Path, text: str) -> None:
    home = Home(tmp_path).create()
    home.registry.mkdir(parents=True, exist_ok=True)
    (home.registry / SNAPSHOT).write_text(text)
    assert champion_version(home) == ""


def test_the_version_is_that_of_the_alias(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    home.registry.mkdir(parents=True, exist_ok=True)
    (home.registry / SNAPSHOT).write_text('{"aliases": {"champion": "12", "fallback": "2"}}')
    assert champion_version(home) == "12"
