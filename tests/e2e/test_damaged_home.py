"""Window and commands on homes whose own files are damaged, with limits that a failure cannot pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.core.own_files.set_aside import found, original
from genre_desktop.core.paths import Home, shipped
from tests.fixtures.shared_data import REPOSITORY

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files"),
]

MEMORY = 12 * 2**30
"""Bytes of address space; reading a device takes all there is within seconds."""

Damage = Callable[[Path], object]


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 2**30)


def _deep(path: Path) -> None:
    path.write_text("[" * 100_000)


def _zeros(path: Path) -> None:
    path.write_bytes(b"\0" * 20_000)


HOMES: dict[str, dict[str, Damage]] = {
    "devices": {
        "settings.json": _device,
        "genre_desktop.db": _device,
        "schedule.db": _device,
        "window.ini": _device,
    },
    "pipes": {
        "settings.json": os.mkfifo,
        "genre_desktop.db": os.mkfifo,
        "schedule.db": os.mkfifo,
        "window.ini": os.mkfifo,
    },
    "folders": {"settings.json": Path.mkdir, "genre_desktop.db": Path.mkdir, "schedule.db": Path.mkdir},
    "contents": {"settings.json": _deep, "genre_desktop.db": _zeros, "schedule.db": _sparse},
}


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    import resource

    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    home = Home(tmp_path / "home").create()
    for name, damage in HOMES[request.param].items():
        damage(home.root / name)
    _deep(home.registry / "serving.json")
    return home


def test_predict_answers_and_reports_what_was_set_aside(home: Home) -> None:
    demo = str(shipped("resources", "demo.flac"))
    done = _run(["genre_desktop", "predict", "--json", "--home", str(home.root), demo])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["genre"]
    assert "Traceback" not in done.stderr
    for name in ("settings.json", "genre_desktop.db"):
        assert f"{name} could not be read; it was moved aside to" in done.stderr


def test_the_window_starts_and_has_an_alert_for_each_file(home: Home, tmp_path: Path) -> None:
    out = tmp_path / "seen.json"
    names = {path.name for path in home.root.iterdir()} & {name for kind in HOMES.values() for name in kind}
    codes = [f"set-aside:{name}" for name in names]
    done = _run(["tests.e2e.damaged_home_script", str(home.root), str(out), *codes])
    assert done.returncode == 0, done.stderr
    assert {original(path) for path in found(home.root)} == names
    assert len(json.loads(out.read_text())) >= len(names) >= 3
    assert "Traceback" not in done.stderr
