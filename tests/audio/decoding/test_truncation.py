"""Header arithmetic on small hand-made headers."""

from __future__ import annotations

import io
import struct

import pytest

from genre_desktop.audio.decoding.truncation import (
    declared_size,
    ogg_is_cut,
    states_duration,
    truncation_message,
)


def test_riff_and_form_name_their_size() -> None:
    assert declared_size(io.BytesIO(b"RIFF" + struct.pack("<I", 1000) + b"WAVE")) == 1008
    assert declared_size(io.BytesIO(b"FORM" + struct.pack(">I", 1000) + b"AIFF")) == 1008


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_placeholder_sizes_promise_nothing(size: int) -> None:
    assert declared_size(io.BytesIO(b"RIFF" + struct.pack("<I", size) + b"WAVE")) is None


def test_matroska_segment_size_known_and_unknown() -> None:
    head = bytes.fromhex("1a45dfa380") + bytes.fromhex("18538067")
    known = head + bytes.fromhex("0100000000001000") + b"\0" * 16
    assert declared_size(io.BytesIO(known)) == len(head) + 8 + 0x1000
    assert declared_size(io.BytesIO(head + b"\x01" + b"\xff" * 7 + b"\0" * 16)) is None
    assert declared_size(io.BytesIO(head + b"\x00" * 20)) is None


def test_formats_that_say_nothing() -> None:
    for head in (b"", b"RIFF", b"fLaC" + b"\0" * 100, bytes.fromhex("3026b275") + b"\0" * 60):
        assert declared_size(io.BytesIO(head)) is None


def test_ogg_without_its_last_page() -> None:
    def page(flags: int) -> bytes:
        return b"OggS\0" + bytes([flags]) + b"\0" * 30

    assert ogg_is_cut(io.BytesIO(page(2) + page(0)))
    assert not ogg_is_cut(io.BytesIO(page(2) + page(4)))
    assert ogg_is_cut(io.BytesIO(page(2) + b"OggS\0"))
    assert not ogg_is_cut(io.BytesIO(b"something else"))


def test_only_an_index_makes_the_duration_of_an_mp3_certain() -> None:
    tag = b"ID3\x04\0\0" + bytes([0, 0, 2, 0]) + b"\0" * 256
    assert states_duration(io.BytesIO(tag + b"\xff\xfb\x90\x64" + b"\0" * 32 + b"Xing"), "mp3", False)
    assert not states_duration(io.BytesIO(tag + b"\xff\xfb\x90\x64" + b"\0" * 400), "mp3", False)
    assert not states_duration(io.BytesIO(b""), "aac", False)


def test_small_differences_are_no_loss() -> None:
    whole = io.BytesIO(b"fLaC")
    assert truncation_message(whole, "flac", 10.0, False, 9.9) == ""
    assert (
        truncation_message(whole, "flac", 10.0, False, 4.0)
        == "The file breaks off: 4.0 s of 10.0 s could be read."
    )
    assert truncation_message(whole, "flac", None, False, 4.0) == ""
