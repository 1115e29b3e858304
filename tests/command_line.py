"""Runs the command line inside a test, and outside where processes matter."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from genre_desktop import cli

REPOSITORY = Path(__file__).resolve().parents[1]


class Outcome(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """What a command sets up for its process must not stay with the tests."""
    before, root = dict(os.environ), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setenv("GENRE_DESKTOP_HOME", str(tmp_path / "home"))
    yield
    for handler in [h for h in root.handlers if h not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(False)
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def run(own_environment: None, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*arguments: str) -> Outcome:
        try:
            code = cli.main(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
        return Outcome(code, *capsys.readouterr())

    return run_


def start(*arguments: str, home: Path, **variables: str) -> subprocess.Popen[str]:
    """The real program in a process of its own, as on a machine without a display."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"PYTHONPATH": str(REPOSITORY), "GENRE_DESKTOP_HOME": str(home), **variables}
    return subprocess.Popen(
        [sys.executable, "-m", "genre_desktop", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> Outcome:
    """Wait for it."""
    out, err = process.communicate()
    return Outcome(process.returncode, out, err)
