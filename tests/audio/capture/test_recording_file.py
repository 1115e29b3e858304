"""The file of a recording on a real disk that is full for a moment."""

from __future__ import annotations

import errno
from pathlib import Path

from genre_desktop.audio.capture.recording_file import RecordingFile
from tests.fixtures.small_disk import fill


def test_nothing_follows_a_block_that_did_not_fit(small_disk: Path) -> None:
    path = small_disk / "take.flac"
    file = RecordingFile(path.open("x+b", buffering=0))
    assert file.write(b"whole" * 100) == 500
    filler = fill(small_disk)
    assert file.write(bytes(10_000)) == 0
    filler.unlink()
    assert file.write(b"later") == 0
    file.close()
    assert file.failure is not None
    assert file.failure.errno == errno.ENOSPC
    assert path.read_bytes() == b"whole" * 100
