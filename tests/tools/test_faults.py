"""A sample of the faults of ``make faults``: the next start finds everything as it must be."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.fixtures.shared_data import REPOSITORY

SAMPLED = (
    "settings change", "correction and undo", "tag write and undo", "list memory", "recording a take",
    "schedule change", "answered batch",
)  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("cc"), reason="needs Linux and a C compiler")
def test_nothing_is_lost_whatever_fails() -> None:
    chosen = [argument for name in SAMPLED for argument in ("--operation", name)]
    command = [sys.executable, "-m", "tools.faults", "--workers", "2", "--sample", "1", *chosen]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("'bad': 0") == 4 * len(SAMPLED)
