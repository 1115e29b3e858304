"""FFmpeg reserves no gigabytes because a header of a few bytes asks for them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from genre_desktop.audio.decoding import allocation
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.errors import AppError
from tools.synthetic_audio import music, write


def test_the_limit_is_active() -> None:
    assert allocation.limit()


def test_a_cover_of_two_gigabytes_is_a_problem_of_its_file(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        read(with_giant_cover(tmp_path / "x.m4a"))
    assert caught.value.problem.key == "decoder-stopped/memory"


def with_giant_cover(path: Path) -> Path:
    """Write a song with a cover of two gigabytes, all of which is a hole."""
    write(path, music(1.0))
    size = 2_000_000_000
    data = atom(b"data", struct.pack(">II", 13, 0), size)
    items = atom(b"ilst", atom(b"covr", data, size), size)
    tags = atom(b"udta", atom(b"meta", bytes(4) + HANDLER + items, size), size)
    whole = path.read_bytes()
    at = whole.index(b"moov") - 4
    index = atom(b"moov", whole[at + 8 :] + tags, size)
    with path.open("wb") as file:
        file.write(whole[:at] + index)
        file.truncate(at + len(index) + size)
    return path


def atom(kind: bytes, content: bytes, more: int = 0) -> bytes:
    """Return an atom of which ``more`` bytes follow behind ``content``."""
    return struct.pack(">I", 8 + len(content) + more) + kind + content


HANDLER = atom(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
