from __future__ import annotations

import os
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.jobs.cluster.files import CHUNK, FileStamp, chunks, copied


def test_the_stamp_changes_with_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "song"
    path.write_bytes(b"la")
    first = FileStamp.of(str(path))
    assert first is not None
    assert first == FileStamp.of(str(path))
    os.utime(path, ns=(0, first.modified + 1))
    assert FileStamp.of(str(path)) != first
    assert FileStamp.of(str(tmp_path / "absent")) is None


def test_a_file_arrives_in_parts_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "Lied.mp3"
    path.write_bytes(os.urandom(2 * CHUNK + 1))
    parts = list(chunks(str(path), 100))
    assert [len(part) for part in parts] == [CHUNK, CHUNK, 1]
    with copied(parts, path.name) as there:
        assert Path(there).name == "Lied.mp3"
        assert Path(there).read_bytes() == path.read_bytes()
    assert not Path(there).parent.exists()


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with path.open("wb") as file:
        file.truncate(3 * 2**20)
    with pytest.raises(AppError) as caught:
        list(chunks(str(path), 2))
    assert caught.value.problem.code == "cluster-file-too-large"
