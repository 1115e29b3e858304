"""What an alias means while the registry is only half made."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from genre_desktop.core.paths import Home
from genre_desktop.ml import registry_starters, serving_file
from genre_desktop.ml.shelf import Shelf


def test_starters_serve_while_another_process_registers_them(
    template: Path, with_starters: Path, tmp_path: Path
) -> None:
    home = Home(tmp_path).create()
    expected = registry_starters.unregistered(home)
    shelf = Shelf(home)
    assert shelf.snapshot() == expected
    shutil.copy2(template / "empty.db", serving_file.database(home))  # the database is there, no alias yet
    assert_starters(shelf, expected)
    version = replace(expected.versions["1"], version="9")
    serving_file.write(home, serving_file.Snapshot({}, {"9": version}))  # registered, no alias set yet
    assert_starters(shelf, expected)


def assert_starters(shelf: Shelf, expected: serving_file.Snapshot) -> None:
    for alias in ("champion", "fallback"):
        version = shelf.find(alias)
        assert version == expected.resolve(alias)
        assert shelf.get(version).classes
    assert shelf.trouble == ""
