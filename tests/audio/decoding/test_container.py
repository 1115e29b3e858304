"""Every kind of file that cannot be read gets its own plain words."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decoding import container
from genre_desktop.audio.decoding.decoder import probe, read
from genre_desktop.core.errors import AppError
from tools.synthetic_audio import music, truncate, write, write_pictures


def problem_code(path: Path) -> str:
    with pytest.raises(AppError) as caught:
        read(path)
    problem = caught.value.problem
    assert problem.title
    assert problem.reason.endswith(".")
    assert problem.hint.endswith(".")
    assert "Traceback" not in str(problem)
    assert "Errno" not in str(problem)
    return problem.code


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert problem_code(tmp_path / "nothing.mp3") == "missing-file"
    assert problem_code(tmp_path / "nothing" / "below.mp3") == "missing-file"
    assert problem_code(Path("null\0character.mp3")) == "missing-file"
    assert problem_code(tmp_path) == "is-a-directory"


def test_dangling_link(tmp_path: Path) -> None:
    link = tmp_path / "link.mp3"
    link.symlink_to(tmp_path / "gone.mp3")
    assert problem_code(link) == "missing-file"


def test_zero_bytes_and_header_only(tmp_path: Path) -> None:
    (tmp_path / "zero.mp3").touch()
    assert problem_code(tmp_path / "zero.mp3") == "empty-file"
    for name in ("x.wav", "x.flac", "x.aiff"):
        path = write(tmp_path / name, np.zeros((0, 2), np.float32))
        assert problem_code(path) == "empty-file"


@pytest.mark.parametrize(
    "content",
    [
        b"This is a text, not a song.\n" * 200,
        b"x",
        b"\0" * 50_000,
        random.Random(3).randbytes(200_000),
        b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
        b"1\n00:00:01,000 --> 00:00:02,000\nSubtitle\n\n" * 20,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
    ],
    ids=["text", "one-byte", "zeros", "noise", "playlist", "subtitles", "picture"],
)
def test_what_is_no_sound_is_not_audio_whatever_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(content)
    assert problem_code(path) == "not-audio"


def test_a_playlist_never_opens_what_it_names(tmp_path: Path) -> None:
    song = write(tmp_path / "song.wav", music(1.0))
    playlist = tmp_path / "list.mp3"
    playlist.write_text(f"ffconcat version 1.0\nfile '{song}'\n")
    assert problem_code(playlist) == "not-audio"


def test_video_without_sound(tmp_path: Path) -> None:
    assert problem_code(write_pictures(tmp_path / "film.mp4")) == "no-audio-stream"


def test_mp4_whose_index_is_missing_says_so(tmp_path: Path) -> None:
    path = truncate(write(tmp_path / "x.m4a"), 0.5)
    assert problem_code(path) == "undecodable"
    with pytest.raises(AppError, match="index is missing"):
        read(path)


def test_sound_that_no_packet_of_can_be_decoded(tmp_path: Path) -> None:
    path = write(tmp_path / "x.m4a", options={"movflags": "faststart"})
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    data[start:] = b"\xff" * (len(data) - start)
    path.write_bytes(bytes(data))
    assert problem_code(path) == "undecodable"


@pytest.mark.parametrize("rate", [3, 1_459_661_892])
def test_an_impossible_sample_rate_is_refused(tmp_path: Path, rate: int) -> None:
    path = write(tmp_path / "x.wav", music(0.5))
    data = bytearray(path.read_bytes())
    data[24:28] = struct.pack("<I", rate)
    path.write_bytes(bytes(data))
    assert problem_code(path) == "undecodable"


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".flac", ".ogg", ".m4a", ".caf", ".webm", ".wma", ".avi"])
def test_damage_anywhere_ends_in_sound_or_in_words(tmp_path: Path, suffix: str) -> None:
    whole = write(tmp_path / f"x{suffix}", music(1.0)).read_bytes()
    damage = random.Random(suffix)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(damage.choice([1, 10, 100])):
            data[damage.randrange(damage.choice([200, len(data)]))] = damage.randrange(256)
        path = tmp_path / "damaged"
        path.write_bytes(bytes(data[: damage.choice([len(data), damage.randrange(len(data))])]))
        try:
            samples = read(path).samples
        except AppError:
            continue
        assert np.isfinite(samples).all()


def test_denied_access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.wav", music(0.5))
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        path.chmod(0)
    else:  # root may read everything, so the refusal is acted

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    assert problem_code(path) == "unreadable-file"


def test_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.wav", music(0.5))

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert problem_code(path) == "unreadable-file"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    assert problem_code(tmp_path / "pipe.mp3") == "not-audio"


@pytest.mark.parametrize(
    "name",
    [
        "SHOUT.WAV",
        "with space.wav",
        'quo\'te "s".wav',
        "🎵 emoji.wav",
        "שלום عليكم.wav",
        "100%d.wav",
        "a:b.wav",
        "no suffix",
        "-dash.wav",
        "new\nline.wav",
    ],
)
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(write(tmp_path / "plain.wav", music(0.5)).read_bytes())
    assert read(path).duration_s == 0.5


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names there are always Unicode")
def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.wav"))
    path.write_bytes(write(tmp_path / "plain.wav", music(0.5)).read_bytes())
    assert read(path).duration_s == 0.5


def test_content_decides_not_the_extension(tmp_path: Path) -> None:
    flac = write(tmp_path / "x.flac", music(0.5)).rename(tmp_path / "x.mp3")
    assert probe(flac).container == "flac"


ZEROS = 1_000_000_000

READ_AND_MEASURE = """
import sys
from genre_desktop.audio.decoding.content_hash import clip_hash
from genre_desktop.audio.decoding.decoder import read
for path in sys.argv[1:]:
    sound = read(path)
    print(round(sound.duration_s, 1), clip_hash(path) == sound.clip_hash, *sound.warnings)
lines = open("/proc/self/status").read().splitlines()
print(next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")))
"""
"""``ru_maxrss`` would count the memory of the process that starts this one."""


@pytest.mark.skipif(sys.platform != "linux", reason="measures kB as Linux counts them")
def test_the_zeros_of_an_unfinished_download_are_not_kept_in_memory(tmp_path: Path) -> None:
    names = [f"{share}.{suffix}" for suffix in ("flac", "mp3", "wav") for share in ("whole", "half")]
    for name in names:
        path = write(tmp_path / name, music(4.0))
        size = path.stat().st_size
        os.truncate(path, size if name.startswith("whole") else size // 2)
        os.truncate(path, size + ZEROS)
    command = [sys.executable, "-c", READ_AND_MEASURE, *names]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    *found, megabytes = done.stdout.splitlines()
    stopped = "because the rest is damaged or changes its format."
    assert found[0] == f"4.0 True Reading stopped after 4.0 s, {stopped}"
    assert re.fullmatch(
        r"[12]\.\d True The file is truncated: [12]\.\d s of 4\.0 s could be read\.", found[1]
    )
    assert found[2] == f"4.0 True Reading stopped after 4.0 s, {stopped}"
    assert re.fullmatch(rf"2\.\d True Reading stopped after 2\.\d s, {stopped}", found[3])
    assert found[4] == found[5] == f"4.0 True Reading stopped after 4.0 s, {stopped}"
    assert int(megabytes) < 450


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}


def test_giant_tags_are_skipped_and_change_no_hash(tmp_path: Path) -> None:
    path = write(tmp_path / "x.mp3", music(2.0))
    plain, sound = read(path), path.read_bytes()
    tag = b"ID3\x04\0\0\x7f\x7f\x7f\x7fAPIC\x7f\x7f\x7f\x75\0\0"
    with path.open("wb") as file:
        for _ in range(2):
            file.write(tag)
            file.seek((1 << 28) - 1 - 10, os.SEEK_CUR)
        file.write(sound)
    found = read(path)
    assert (found.clip_hash, found.warnings) == (plain.clip_hash, ())
    np.testing.assert_array_equal(found.samples, plain.samples)


def test_a_file_filled_with_pictures_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "x.flac", music(1.0))
    whole, picture = path.read_bytes(), b"\x06\xff\xff\xff" + struct.pack(">II", 3, 9) + b"image/png"
    size = (1 << 24) - 1
    picture += struct.pack(">IIIIII", 0, 0, 0, 24, 0, size - 41)
    with path.open("wb") as file:
        file.write(whole[:4] + bytes([0]) + whole[5:42])
        for _ in range(12):
            file.write(picture)
            file.seek(size - len(picture) + 4, os.SEEK_CUR)
        file.write(whole[42:])
    with pytest.raises(AppError) as caught:
        read(path)
    assert caught.value.problem.key == "undecodable/filled"
    assert "100 MB" in caught.value.problem.reason


def test_a_reader_that_found_no_sound_ends_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_BYTES", 1000)
    reader = container.Reader(io.BytesIO(bytes(5000)))
    assert [len(reader.read(400)) for _ in range(4)] == [400, 400, 400, 0]
    assert reader.filled
    assert reader.seek(0, os.SEEK_END) == 1200
    assert reader.seek(-1100, os.SEEK_END) == 100
    reader.found_sound()
    assert len(reader.read()) == 1100
    assert reader.read(1) == b""  # it is said once more, and nothing is read any more
    reader.seek(0)
    assert reader.read(1) == b""
