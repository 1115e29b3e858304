"""Folders are synced as well as files, so that names outlast a loss of power; traced through the system's calls."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from genre_desktop.core.disk import sync
from tests.fixtures.synced_paths import record_syncs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    return record_syncs(monkeypatch)


def test_a_tree_is_synced_with_the_names_of_the_folders_above_it(tmp_path, synced):
    inner = tmp_path / "artifacts" / "run"
    (inner / "model").mkdir(parents=True)
    (inner / "model" / "part").write_bytes(b"1")
    sync.sync_tree(inner, tmp_path)
    assert set(synced) == {
        inner / "model" / "part", inner / "model", inner, tmp_path / "artifacts", tmp_path
    }  # fmt: skip
    assert synced.index(inner / "model" / "part") < synced.index(tmp_path)


def test_only_new_folders_are_synced(tmp_path, synced):
    sync.create_folder(tmp_path / "a" / "b")
    assert set(synced) == {tmp_path / "a", tmp_path}
    synced.clear()
    sync.create_folder(tmp_path / "a" / "b")
    assert not synced


@pytest.mark.parametrize(("code", "fails"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_file_system_without_it_is_no_failure_but_a_broken_disk_is(tmp_path, monkeypatch, code, fails):
    def fsync(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    if fails:
        with pytest.raises(OSError, match=os.strerror(code)):
            sync.sync_folder(tmp_path)
    else:
        sync.sync_folder(tmp_path)
