"""A program's life with real processes: killed, gone on with, and quit in the middle of work."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from genre_desktop.core.paths import Home, shipped
from tests.fixtures.shared_data import REPOSITORY

FILES = 8
PATIENCE_S = 60


def run_script(mode: str, home: Path, folder: Path, more: Path) -> dict[str, Any]:
    out = home.with_suffix(f".{mode}.json")
    words = [sys.executable, "-m", "tests.e2e.startup_script", mode, *map(str, (home, out, folder, more))]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        words, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False, timeout=150
    )
    assert out.exists(), done.stderr
    seen: dict[str, Any] = json.loads(out.read_text("utf-8")) | {"left": done.returncode}
    return seen


def gone(pids: list[int]) -> bool:
    """None of these processes runs; a zombie does not count."""
    alive = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
    return not [found for found in alive if found.status() != psutil.STATUS_ZOMBIE]


def until_gone(pids: list[int]) -> None:
    by = time.monotonic() + PATIENCE_S
    while not gone(pids):
        assert time.monotonic() < by, "processes were left behind"
        time.sleep(0.05)


def music(folder: Path, files: int) -> Path:
    folder.mkdir()
    for number in range(files):
        shutil.copy(shipped("resources", "demo.flac"), folder / f"{number:02}.flac")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="ends itself by SIGKILL")
def test_killed_gone_on_with_and_quit_in_the_middle_of_work(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder, more = music(tmp_path / "music", FILES), music(tmp_path / "more", 60)
    killed = run_script("die", home, folder, more)
    assert killed["left"] == -9
    assert killed["kept"] >= 3
    until_gone(killed["children"])

    seen = run_script("go-on", home, folder, more)
    assert seen["answered"] == FILES
    assert seen["question"].endswith("files are still being analysed. A retraining is still running.")
    assert (seen["code"], seen["children"], seen["threads"]) == (0, [], [])
    assert seen["job"] in ("died", "cancelled")
    until_gone(seen["family"])

    with sqlite3.connect(Home(home).store) as database:
        rows = database.execute(
            "SELECT path, count(*) FROM predictions WHERE path LIKE ? GROUP BY path", (f"{folder}%",)
        ).fetchall()
    database.close()
    once = [path for path, times in rows if times == 1]
    assert len(rows) == FILES
    assert len(once) >= killed["kept"]  # what was kept was not read again
