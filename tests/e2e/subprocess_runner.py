"""Runs a story of :mod:`tests.e2e.monitoring_script` in a process of its own."""

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


def live_through(story: str, home: Home, clean: Path, calls: Path) -> Seen:
    settings = Settings.load(home.create().settings)
    settings["metrics.port"] = _free_port()
    settings["metrics.prometheus"] = True
    settings["drift.every_predictions"] = 0  # the story asks for its checks itself
    settings["analyse.workers"] = 2
    out = home.root.with_suffix(".json")
    words = [
        sys.executable,
        "-m",
        "tests.e2e.monitoring_script",
        story,
        *map(str, (home.root, out, clean, calls)),
    ]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        words, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False, timeout=560
    )
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
