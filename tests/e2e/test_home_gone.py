"""The home is removed while the window works: that is said, answers go on, and no part of it is created again."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from genre_desktop.core.paths import Home, shipped
from tests.e2e.subprocess_runner import run_script

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be removed there"),
]


def test_everything_goes_on_without_the_home_and_leaves_it_removed(tmp_path: Path) -> None:
    home, out = Home(tmp_path / "home"), tmp_path / "seen.json"
    files = [tmp_path / "a.flac", tmp_path / "b.flac"]
    for file in files:
        shutil.copy(shipped("resources", "demo.flac"), file)
    done = run_script("home_gone_script", home.root, *files, out)
    assert done.returncode == 0, done
    assert not re.search("Traceback|ERROR", done.stderr), done.stderr
    seen = json.loads(out.read_text())
    reason = f"{home.root} was deleted, moved or replaced while Genre Desktop is using it."
    assert seen["warnings"] == [f"This answer could not be saved: {reason}"]
    assert seen["stored"] is None
    assert seen["job"] == "home-gone/removed"
    assert reason in seen["notice"]  # of the theme's setting
    assert seen["alerts"] == ["home-gone"]
    assert not home.root.exists()
