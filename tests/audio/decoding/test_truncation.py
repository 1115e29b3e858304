"""Truncated files are distinguished from whole ones, however their container says how long it is."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest

from genre_desktop.audio.decoding.decoder import probe, read
from genre_desktop.audio.decoding.truncation import (
    declared_size,
    mp3_has_index,
    ogg_is_cut,
    truncation_message,
)
from tools.synthetic_audio import music, truncate, write

CONTAINERS = {
    "x.wav": {}, "x.w64": {}, "x.aiff": {}, "x.au": {}, "x.flac": {}, "x.mp3": {}, "x.ogg": {}, "x.opus": {},
    "x.wma": {}, "x.avi": {}, "x.mkv": {}, "x.webm": {}, "video.mkv": {"video": True}, "video.avi": {"video": True},
    "x.m4a": {"options": {"movflags": "faststart"}}, "video.mp4": {"options": {"movflags": "faststart"}, "video": True},
}  # fmt: skip


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_cut_file_is_reported_and_a_whole_one_is_not(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, music(8.0), **CONTAINERS[name])
    whole = read(path)
    assert whole.warnings == ()
    for share in (0.9, 0.5):
        cut = read(truncate(path, share))
        assert cut.duration_s < whole.duration_s
        assert len(cut.warnings) == 1
        assert cut.warnings[0].startswith(f"The file is truncated: {cut.duration_s:.1f} s")


@pytest.mark.parametrize("size", [0, 0x7FFFF024, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_wav_from_a_pipe_is_whole(tmp_path: Path, size: int) -> None:
    path = write(tmp_path / "x.wav", music(2.0))
    data = bytearray(path.read_bytes())
    data[4:8] = struct.pack("<I", size)
    place = data.index(b"data") + 4
    data[place : place + 4] = struct.pack("<I", max(0, size - 36))
    path.write_bytes(data)
    assert read(path).warnings == ()


def test_a_w64_from_a_pipe_is_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "x.w64", music(2.0))
    data = bytearray(path.read_bytes())
    data[16:24] = b"\xff" * 8
    path.write_bytes(data)
    assert read(path).warnings == ()


def test_an_mp3_of_changing_bit_rate_without_an_index_is_whole(tmp_path: Path) -> None:
    """FFmpeg estimates six seconds from the first frames, where there are four."""
    parts = [
        write(tmp_path / f"{channels}.mp3", music(2.0, channels=channels), options={"write_xing": "0"})
        for channels in (1, 2)
    ]
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    assert probe(joined).duration_s == pytest.approx(6.0, abs=0.2)
    sound = read(joined)
    assert sound.duration_s == pytest.approx(4.0, abs=0.2)
    assert not any("truncated" in warning for warning in sound.warnings)  # the seam may be damaged


def test_a_video_that_is_longer_than_its_sound_is_whole(tmp_path: Path) -> None:
    assert read(write(tmp_path / "x.mkv", music(0.5), video=True)).warnings == ()


def test_a_riff_file_names_its_size() -> None:
    assert declared_size(io.BytesIO(b"RIFF" + struct.pack("<I", 1000) + b"WAVE"), "wav") == 1008
    assert declared_size(io.BytesIO(b"RF64" + struct.pack("<I", 1000) + b"WAVE"), "wav") is None


def test_matroska_segment_size_known_and_unknown() -> None:
    head = bytes.fromhex("1a45dfa380") + bytes.fromhex("18538067")
    known = head + bytes.fromhex("0100000000001000") + b"\0" * 16
    assert declared_size(io.BytesIO(known), "matroska") == len(head) + 8 + 0x1000
    assert declared_size(io.BytesIO(head + b"\x01" + b"\xff" * 7 + b"\0" * 16), "matroska") is None
    assert declared_size(io.BytesIO(head + b"\x00" * 20), "matroska") is None


@pytest.mark.parametrize("kind", ["wav", "w64", "asf", "matroska", "flac", "aac"])
def test_headers_that_say_nothing(kind: str) -> None:
    for head in (b"", b"RIFF", bytes.fromhex("3026b275") + b"\0" * 60):
        assert not declared_size(io.BytesIO(head), kind)


def test_ogg_without_its_last_page(tmp_path: Path) -> None:
    data = write(tmp_path / "x.ogg", music(2.0)).read_bytes()
    last = data.rindex(b"OggS")
    assert not ogg_is_cut(io.BytesIO(data))
    assert not ogg_is_cut(io.BytesIO(data + b"TAG" + bytes(125))), "tags behind the sound"
    assert ogg_is_cut(io.BytesIO(data[:last]))
    assert ogg_is_cut(io.BytesIO(data[: last + 5]))
    assert ogg_is_cut(io.BytesIO(data[:-1]))
    assert ogg_is_cut(io.BytesIO(data[: last + 100] + b"\0" + data[last + 101 :])), "the last page is damaged"


def test_only_an_index_makes_the_duration_of_an_mp3_certain() -> None:
    tag = b"ID3\x04\0\0" + bytes([0, 0, 2, 0]) + b"\0" * 256
    assert mp3_has_index(io.BytesIO(tag + b"\xff\xfb\x90\x64" + b"\0" * 32 + b"Xing"))
    assert not mp3_has_index(io.BytesIO(tag + b"\xff\xfb\x90\x64" + b"\0" * 400))


def test_an_index_is_not_that_of_a_file_which_is_much_longer() -> None:
    """FFmpeg estimates the duration from the bytes then, as if zeros were sound."""
    index = b"\xff\xfb\x90\x64" + b"\0" * 32 + b"Info" + struct.pack(">III", 3, 10, 5_000)
    assert mp3_has_index(io.BytesIO(index.ljust(5_200, b"\0")))
    assert not mp3_has_index(io.BytesIO(index.ljust(6_000, b"\0")))


def test_small_differences_are_no_loss() -> None:
    whole = io.BytesIO(b"fLaC")
    assert truncation_message(whole, "flac", 10.0, False, 9.9) == ""
    assert (
        truncation_message(whole, "flac", 10.0, False, 4.0)
        == "The file is truncated: 4.0 s of 10.0 s could be read."
    )
    assert truncation_message(whole, "flac", None, False, 4.0) == ""
