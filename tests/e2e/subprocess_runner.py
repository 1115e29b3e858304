"""Runs the scripts of these tests in processes of their own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from tests.fixtures.shared_data import REPOSITORY

Seen = dict[str, Any]


def run_script(name: str, *words: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run ``tests.e2e.NAME`` without a screen; ``options`` as of ``subprocess.run``."""
    return subprocess.run(
        [sys.executable, "-m", f"tests.e2e.{name}", *map(str, words)],
        cwd=REPOSITORY,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def live_through(story: str, home: Home, clean: Path, calls: Path) -> Seen:
    """Run a story of :mod:`tests.e2e.monitoring_script`, and return what was seen."""
    settings = Settings.load(home.create().settings)
    settings["metrics.port"] = _free_port()
    settings["metrics.prometheus"] = True
    settings["drift.every_predictions"] = 0  # the story asks for its checks itself
    settings["analyse.workers"] = 2
    out = home.root.with_suffix(".json")
    done = run_script("monitoring_script", story, home.root, out, clean, calls, timeout=560)
    assert done.returncode == 0, done.stderr
    seen: Seen = json.loads(out.read_text("utf-8"))
    assert "problem" not in seen, (seen["problem"], done.stderr[-2000:])
    return seen


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def models(answers: list[dict[str, str]]) -> set[tuple[str, str]]:
    music = (answer for answer in answers if answer.get("kind") not in ("speech", "noise"))
    return {(answer["alias"], answer["version"]) for answer in music}
