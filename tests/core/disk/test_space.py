"""A full disk is recognised: on a small file system of its own where one may be mounted."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import FileIO
from pathlib import Path

import pytest

from genre_desktop.core.disk import space
from genre_desktop.core.errors import AppError, problem_of
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux":
        pytest.skip("only Linux mounts a small file system in memory")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system may not be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    assert str(folder) not in Path("/proc/mounts").read_text()


def write_without_end(file: FileIO) -> None:
    while True:
        file.write(bytes(4096))


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="space") as full:
        write_without_end(file)
    assert problem_of(full.value).code == "no-space"
    return filler


def test_the_errors_of_a_full_disk_are_told_from_others() -> None:
    assert space.is_full(OSError(errno.ENOSPC, "full"))
    assert not space.is_full(OSError(errno.EIO, "broken"))
    assert not space.is_full(ValueError())
    wrapped = RuntimeError()
    wrapped.__cause__ = OSError(errno.ENOSPC, "full")
    assert problem_of(wrapped).code == "no-space"


def test_a_store_on_a_full_disk_says_so_and_works_again_with_space(small_disk: Path) -> None:
    with closing(Database(small_disk / "store.db")) as database:
        state = KeyValueStore(database)
        state.set("before", 1)
        filler = fill(small_disk)
        with pytest.raises(AppError) as refused:
            state.set("large", "x" * 200_000)
        assert refused.value.problem.code == "no-space"
        assert str(small_disk) in str(refused.value.problem.reason)
        assert state.get("before", 0) == 1
        filler.unlink()
        state.set("large", "x")
        assert state.get("large", "") == "x"


def test_a_new_store_on_a_full_disk_is_not_called_damaged(small_disk: Path) -> None:
    fill(small_disk)
    with pytest.raises(AppError) as refused:
        Database(small_disk / "store.db")
    assert refused.value.problem.code == "no-space"
