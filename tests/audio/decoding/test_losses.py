"""Whatever is lost of a file is said, and of whole files nothing: see ``benchmarks/damaged_files.py`` for more of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fuzz.seeds import audio
from genre_desktop.audio.decoding.decoder import Decoder, read
from genre_desktop.core.errors import AppError
from tools import damage
from tools.synthetic_audio import CODECS, music, write

LOST_S = 0.6
EACH = 2
KINDS = [name for name in damage.KINDS if name != "moved_pages"]
"""Without the first pages a file is as a recording of the radio, if they are gone without a trace."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


def damaged(folder: Path, suffix: str) -> Iterator[tuple[str, Path]]:
    """A few copies of a song of eight seconds, with every kind of damage."""
    song = write(folder / f"song{suffix}", music(8.0, 48_000), 48_000).read_bytes()
    for kind in KINDS:
        for number in range(EACH):
            path = folder / f"{kind}-{number}{suffix}"
            path.write_bytes(damage.KINDS[kind](song, random.Random(f"{suffix}{kind}{number}")))
            yield path.stem, path


@pytest.mark.parametrize(
    "suffix", [".ogg", ".opus", ".flac", ".wma", ".avi", ".mp3", ".m4a", ".mkv", ".webm"]
)
def test_more_than_half_a_second_is_never_lost_in_silence(folder: Path, suffix: str) -> None:
    answered, silent = 0, []
    for name, path in damaged(folder, suffix):
        with suppress(AppError):
            found = read(path)
            answered += 1
            if 8.0 - found.duration_s > LOST_S and not found.warnings:
                silent.append((name, round(found.duration_s, 1)))
    assert answered >= EACH
    assert silent == []


def test_whole_files_of_every_format_have_no_warning(folder: Path) -> None:
    for name, data in {**audio.sounds(), **audio.songs()}.items():
        if name != "ape-header.ape":
            path = folder / name
            path.write_bytes(data)
            assert (name, read(path).warnings) == (name, ())
    for suffix in (*CODECS, ".ogg", ".flac"):
        assert read(write(folder / f"whole{suffix}", music(8.0, 48_000), 48_000)).warnings == ()


def test_a_recording_of_an_mp3_stream_is_whole(folder: Path) -> None:
    """It begins and ends in the middle of a frame, and has no index."""
    data = write(
        folder / "radio.mp3", music(8.0), options={"write_xing": "0", "id3v2_version": "0"}
    ).read_bytes()
    path = folder / "recorded.mp3"
    path.write_bytes(data[10_150:-5_077])
    assert not any("damaged:" in text or "truncated" in text for text in read(path).warnings)


@pytest.mark.parametrize("suffix", [".flac", ".ogg", ".wav", ".mp3"])
def test_damage_that_leaves_less_than_a_second_is_the_reason(folder: Path, suffix: str) -> None:
    """It was "too short", with the advice to choose a longer piece."""
    data = write(folder / f"x{suffix}", music(8.0, 48_000), 48_000).read_bytes()
    head = 5_000 if suffix == ".ogg" else 0  # the code books
    kept = head + (len(data) - head) // 12
    for name, rest in (("cut", b""), ("zeroed", bytes(len(data) - kept))):
        if suffix == ".wav" and rest:
            continue  # zeros are silence
        path = folder / f"{name}{suffix}"
        path.write_bytes(data[:kept] + rest)
        with pytest.raises(AppError) as caught:
            read(path)
        assert caught.value.problem.key == "undecodable/damaged"
        assert "of " + path.name in caught.value.problem.reason


def test_an_excerpt_of_a_damaged_file_is_read(folder: Path) -> None:
    path = folder / "excerpt.flac"
    data = write(path, music(8.0)).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with Decoder(path, start_s=0.5, length_s=0.25) as decoder:
        assert sum(block.size for block in decoder.blocks()) == 5_512
    assert len(decoder.warnings) <= 1


def test_a_hole_in_a_flac_is_not_called_its_end(folder: Path) -> None:
    path = folder / "hole.flac"
    data = write(path, music(8.0)).read_bytes()
    third = len(data) // 3
    path.write_bytes(data[:third] + bytes(third) + data[2 * third :])
    (text,) = read(path).warnings
    assert text.startswith("The file is damaged: ")
    assert text.endswith(" of 8.0 s could be read.")


def test_a_recorded_broadcast_has_no_size_and_no_length_of_its_own(folder: Path) -> None:
    """FFmpeg estimates its length from the bit rate."""
    data = bytearray(write(folder / "live.wma", music(8.0)).read_bytes())
    start = data.index(bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365"))
    data[start + 40 : start + 48] = bytes(8)  # the size of the file
    data[start + 64 : start + 72] = bytes(8)  # its duration
    data[start + 88] |= 1  # a broadcast
    (folder / "live.wma").write_bytes(data)
    assert read(folder / "live.wma").warnings == ()
