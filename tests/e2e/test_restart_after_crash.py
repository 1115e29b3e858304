"""The real program, killed with a list in its window: the next one shows it, and the one after that too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_process_lifetime import music, until_gone
from tests.fixtures.shared_data import REPOSITORY

FILES = 16


def run_script(mode: str, home: Path, files: list[Path]) -> dict[str, Any]:
    out = home.with_suffix(f".{mode}.json")
    words = [sys.executable, "-m", "tests.e2e.restart_script", mode, *map(str, (home, out, *files))]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        words, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False, timeout=150
    )
    assert out.exists(), done.stderr
    seen: dict[str, Any] = json.loads(out.read_text("utf-8")) | {"returned": done.returncode}
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="ends itself by SIGKILL")
def test_a_killed_programs_list_is_there_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = sorted(music(tmp_path / "music", FILES).iterdir())
    names = [path.name for path in files]
    killed = run_script("die", home, files)
    assert killed["returned"] == -9
    assert [name for name, _ in killed["known"]] == names
    until_gone(killed["children"])

    known = {name: genre for name, genre in killed["known"] if genre}
    seen = run_script("go-on", home, [])
    assert seen["code"] == 0
    assert [name for name, _, _ in seen["rows"]] == names
    states = {state for _, state, _ in seen["rows"]}
    assert states == {"done", "interrupted"}
    genres = {name: genre for name, state, genre in seen["rows"] if state == "done"}
    assert known.items() <= genres.items()
    assert [name for name, _, _ in seen["left"]] == names[1:]

    again = run_script("look", home, [])
    assert again["rows"] == seen["left"]
    assert again["card"]
    assert again["segments"] > 0
