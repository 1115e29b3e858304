from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.fixtures.dask_cluster import PATIENCE_S, until
from tools import synthetic_audio


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for n in range(40):
        synthetic_audio.write(folder / f"{n:02}.wav", synthetic_audio.music(4.0, seed=n))
    return folder


def test_ctrl_c_ends_workers_and_command_in_a_sentence(tmp_path: Path, music: Path) -> None:
    command = [sys.executable, "-m", "genre_desktop", "predict", str(music), "--json", "--cluster", "local:2"]
    process = subprocess.Popen(
        [*command, "--home", str(tmp_path / "home")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # a background job of a shell ignores Ctrl-C, and so would the command
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 2
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does, to all of them
    _, messages = process.communicate(timeout=PATIENCE_S)
    assert first["error"] is None
    assert process.returncode == 130
    assert messages.splitlines() == ["Run the same command with --resume to continue.", "Cancelled."]
    until(lambda: not any(member.is_running() for member in family))
