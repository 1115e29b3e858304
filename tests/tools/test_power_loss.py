"""A sample of the states of ``make power-loss``: what was reported as done is there after a loss of power."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.shared_data import REPOSITORY
from tools.power_loss import loss
from tools.power_loss.disk import PAGE, Disk
from tools.power_loss.recorder import Kind, Record

SAMPLED = {
    "answers, corrections, list and settings in turn": 60,
    "schedule change": 10,
    "tag write and undo": 8,
    "recording a take": 10,
}


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("cc"), reason="needs Linux and a C compiler")
@pytest.mark.parametrize("operation", SAMPLED)
def test_what_was_reported_as_done_is_there_after_a_loss_of_power(operation: str) -> None:
    command = [sys.executable, "-m", "tools.power_loss", "--operation", operation]
    command += ["--states", str(SAMPLED[operation])]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'bad': 0" in done.stdout


def replaced(disk: Disk, root: Path, *, synced: bool) -> None:
    """Write a file beside ``old`` and rename it to that name."""
    inode = 10**12
    disk.apply(Record(Kind.CREATE, (str(root / "new"),), inode, 0, 0, b""))
    disk.apply(Record(Kind.WRITE, (), inode, 0, 1, bytes(PAGE) + b"new"))
    if synced:
        disk.apply(Record(Kind.SYNC, (), inode, 0, 1, b""))
    disk.apply(Record(Kind.RENAME, (str(root / "new"), str(root / "old")), 0, 0, 0, b""))


def contents(disk: Disk) -> set[bytes]:
    found = set()
    for seed in range(200):
        rng = random.Random(seed)
        left = loss.survivors(disk, loss.draw(rng), rng).get("old")
        found.add(b"gone" if left is None else left[0])
    return found


def test_a_file_renamed_before_it_was_synced_may_be_empty_or_torn(tmp_path):
    (tmp_path / "old").write_bytes(b"old")
    disk = Disk(tmp_path)
    replaced(disk, tmp_path, synced=False)
    assert {b"old", b"", bytes(PAGE) + b"new", bytes(PAGE) + bytes(3)} <= contents(disk)


def test_a_synced_file_is_old_or_new_until_its_folder_is_synced_too(tmp_path):
    (tmp_path / "old").write_bytes(b"old")
    disk = Disk(tmp_path)
    replaced(disk, tmp_path, synced=True)
    assert contents(disk) == {b"old", bytes(PAGE) + b"new"}
    disk.apply(Record(Kind.SYNC, (), tmp_path.stat().st_ino, 0, 1, b""))
    assert contents(disk) == {bytes(PAGE) + b"new"}
