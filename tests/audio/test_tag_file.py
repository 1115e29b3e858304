"""Tags that declare gigabytes, or hold them, are refused in words, and whatever mutagen raises for damage."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest

from genre_desktop.audio import tag_file, tag_reading
from genre_desktop.audio.tag_file import MOST_BYTES, TagFile, TooLargeError, WritableTagFile
from genre_desktop.audio.tags import write_tags
from genre_desktop.core.errors import AppError
from tools.synthetic_audio import music, write


def syncsafe(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def tag(name: bytes, size: int, flags: bytes = b"\0\0") -> bytes:
    return b"ID3\4\0\0" + syncsafe(size + 10) + name + syncsafe(size) + flags


def test_no_more_is_read_than_is_there() -> None:
    file = TagFile(io.BytesIO(b"abc"))
    assert file.read(1 << 60) == b"abc"
    file.seek(1)
    assert file.read() == b"bc"


def test_a_limit_holds_for_all_reads_together_and_for_empty_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_file, "MOST_BYTES", 200_000)
    monkeypatch.setattr(tag_file._Limited, "_left", 200_000)
    file = TagFile(io.BytesIO(bytes(500_000)))
    assert len(file.read(100_000)) == 100_000
    with pytest.raises(TooLargeError):
        file.read(100_000)
    with pytest.raises(TooLargeError):
        file.read(8)
    file = TagFile(io.BytesIO(bytes(500_000)))
    with pytest.raises(TooLargeError):
        list(iter(lambda: file.read(8), b""))


def test_while_saving_all_of_the_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_file, "MOST_BYTES", 200_000)
    monkeypatch.setattr(tag_file._Limited, "_left", 200_000)
    path = tmp_path / "x"
    path.write_bytes(bytes(500_000))
    with WritableTagFile(path) as file:
        file.saving()
        assert sum(len(file.read(100_000)) for _ in range(5)) == 500_000
        file.seek(0)
        with pytest.raises(TooLargeError):
            file.read(300_000)
        file.seek(0)
        file.write(b"abc")
    assert path.read_bytes()[:4] == b"abc\0"


@pytest.mark.parametrize("kind", ["declared", "real", "compressed"])
def test_giant_tags_are_refused_and_not_written(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "x.mp3", music(0.5))
    sound = path.read_bytes()
    with path.open("wb") as file:
        if kind == "compressed":
            frame = syncsafe(100) + zlib.compress(bytes(2 * MOST_BYTES), 9)
            file.write(tag(b"TXXX", len(frame), b"\0\x09") + frame)
        else:
            file.write(tag(b"APIC", (1 << 28) - 11) + b"\0image/png\0\3\0")
            file.seek((1 << 28) if kind == "real" else 0, os.SEEK_CUR)
        file.write(sound)
    before = path.stat()
    for act in (tag_reading.read, lambda path: write_tags(path, ["Rock"])):
        with pytest.raises(AppError) as caught:
            act(path)
        expected = "tags-damaged/structure" if kind == "declared" else "tags-damaged/too-large"
        assert caught.value.problem.key == expected
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert list(tmp_path.iterdir()) == [path]


def test_a_compressed_frame_of_ordinary_size_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "x.mp3", music(0.5))
    frame = syncsafe(6) + zlib.compress(b"\3Polka")
    path.write_bytes(tag(b"TCON", len(frame), b"\0\x09") + frame + path.read_bytes())
    assert tag_reading.read(path).names == ("Polka",)
    write_tags(path, ["Rock"])
    assert tag_reading.read(path).names == ("Rock",)


def test_damage_that_mutagen_does_not_expect_has_a_sentence(tmp_path: Path) -> None:
    """It raises struct.error while it writes, with parts of a chunk that are not there."""
    path = tmp_path / "x.wav"
    content = (
        b"RIFF"
        + struct.pack("<I", 0xFFFFFFF0)
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    )
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        write_tags(path, ["Rock"])
    assert caught.value.problem.key == "tags-damaged/structure"
    assert "inconsistent" in caught.value.problem.reason
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]
