"""Files read in the decoder process: equal to the bit, and errors as without it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import mutagen
import numpy as np
import psutil
import pytest

from genre_desktop.audio import tag_reading
from genre_desktop.audio.decoding import content_hash, decoder
from genre_desktop.audio.sandbox import client, pool, process, protocol
from genre_desktop.core.errors import AppError, Cancelled
from tests.audio.decoding.test_allocation import with_giant_cover
from tools.synthetic_audio import CODECS, music, truncate, write, write_pictures

SUFFIXES = (".wav", ".flac", ".aiff", ".ogg", ".mp3", ".opus", *CODECS)
FIRST = dict.fromkeys(SUFFIXES)


def song(folder: Path, suffix: str, seconds: float = 4.0) -> Path:
    return write(folder / f"song{suffix}", music(seconds, 44_100), 44_100)


def same(path: Path, start_s: float = 0.0, length_s: float | None = None) -> None:
    plain = decoder.read(path, start_s=start_s, length_s=length_s)
    sealed = client.read(path, start_s=start_s, length_s=length_s)
    assert np.array_equal(plain.samples, sealed.samples)
    assert plain.samples.dtype == sealed.samples.dtype
    assert (plain.duration_s, plain.clip_hash) == (sealed.duration_s, sealed.clip_hash)
    assert plain.warnings == sealed.warnings
    assert [w.params for w in plain.warnings] == [w.params for w in sealed.warnings]


def decoders() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if protocol.ARGUMENT in child.cmdline()]


def problem(act: object, *arguments: object) -> AppError:
    with pytest.raises(AppError) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value


def outcome(act: Callable[[Path], Any], path: Path) -> object:
    try:
        found = act(path)
    except AppError as error:
        return error.problem
    if isinstance(found, decoder.DecodedAudio):
        return found.samples.tobytes(), found.duration_s, found.warnings, found.clip_hash
    return found


@pytest.mark.parametrize("suffix", FIRST)
def test_every_format_is_read_as_without_the_process(tmp_path: Path, suffix: str) -> None:
    path = song(tmp_path, suffix)
    same(path)
    same(path, 1.3, 1.1)
    same(path, 3.5, 9.0)
    assert client.probe(path) == decoder.probe(path)
    assert client.clip_hash(path) == content_hash.clip_hash(path)
    assert pool.protection().seccomp, "it was not ended for what it needs"


def test_a_broadcast_whose_programme_has_a_name_is_read(tmp_path: Path) -> None:
    """The C library would load a converter for its characters from a file."""
    path = tmp_path / "x.ts"
    with av.open(str(path), "w", format="mpegts") as container:
        stream = container.add_stream("mp2", rate=48_000, layout="stereo")
        silence = np.zeros((2, 1152), np.int16)
        for number in range(100):
            frame = av.AudioFrame.from_ndarray(silence.T.reshape(1, -1), "s16", "stereo")
            frame.sample_rate, frame.pts = 48_000, number * 1152
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    same(path)


@pytest.mark.parametrize("suffix", FIRST)
def test_every_format_is_played_as_without_the_process(tmp_path: Path, suffix: str) -> None:
    path = song(tmp_path, suffix)
    sealed = [np.concatenate(list(client.stereo_blocks(path, 48_000, at))) for at in (0.0, 2.0)]
    pool.use("off")
    plain = [np.concatenate(list(client.stereo_blocks(path, 48_000, at))) for at in (0.0, 2.0)]
    assert [block.shape[1] for block in sealed] == [2, 2]
    assert all(np.array_equal(a, b) for a, b in zip(plain, sealed, strict=True))


@pytest.mark.parametrize("suffix", FIRST)
def test_tags_of_every_format_are_read_as_without_the_process(tmp_path: Path, suffix: str) -> None:
    path = song(tmp_path, suffix, 1.0)
    with contextlib.suppress(KeyError, TypeError, AttributeError, mutagen.MutagenError):  # has none
        file = mutagen.File(path, easy=True)
        if file.tags is None:
            file.add_tags()
        file["genre"] = ["Rock", "Füße"]
        file.save()
    assert outcome(client.read_tags, path) == outcome(tag_reading.read, path)


@pytest.mark.parametrize("name", ["x.wav", "x.flac", "x.mp3", "x.ogg"])
def test_damaged_files_give_the_same_warnings_and_errors(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, music(4.0, 44_100), 44_100)
    truncate(path, 0.6)
    same(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 200] = os.urandom(200)
    path.write_bytes(data)
    assert outcome(client.read, path) == outcome(decoder.read, path)
    path.write_bytes(data[:40])
    assert problem(client.read, path).problem == problem(decoder.read, path).problem


def test_errors_of_opening_are_those_without_the_process(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.mp3").write_text("no music " * 100)
    os.mkfifo(tmp_path / "pipe.wav")
    pictures = write_pictures(tmp_path / "film.mp4")
    paths = [*(tmp_path / name for name in ("empty.wav", "text.mp3", "pipe.wav", "gone.wav", ".")), pictures]
    for path in paths:
        assert problem(client.read, path).problem == problem(decoder.read, path).problem
        assert problem(client.clip_hash, path).problem == problem(content_hash.clip_hash, path).problem
    for path in paths[:-1]:
        assert problem(client.read_tags, path).problem == problem(tag_reading.read, path).problem


def test_switched_off_nothing_is_started(tmp_path: Path) -> None:
    pool.use("off")
    path = song(tmp_path, ".wav", 1.0)
    same(path)
    assert isinstance(client.open_audio(path), decoder.Decoder)
    assert not decoders()
    assert str(pool.protection()) == "separate process, no sandbox"


def test_a_file_given_up_leaves_the_process_ready(tmp_path: Path) -> None:
    path, other = song(tmp_path, ".wav", 60.0), song(tmp_path, ".flac")
    with client.open_audio(path) as opened:
        next(opened.blocks(1.0))
    pid = decoders()[0].pid
    for _ in range(20):
        assert client.probe(path).codec == "pcm_s16le"
    same(other)
    assert [child.pid for child in decoders()] == [pid]


def test_cancelling_stops_at_once_and_the_next_file_is_read(tmp_path: Path) -> None:
    path, other = song(tmp_path, ".wav", 60.0), song(tmp_path, ".flac")
    count = 0

    def cancelled() -> bool:
        return count >= 2

    def read() -> None:
        nonlocal count
        with client.open_audio(path, cancelled=cancelled) as opened:
            for _ in opened.blocks(1.0):
                count += 1

    with pytest.raises(Cancelled):
        read()
    assert count <= 8
    same(other)


def test_two_threads_read_side_by_side(tmp_path: Path) -> None:
    paths = [song(tmp_path, suffix) for suffix in (".wav", ".flac", ".ogg", ".mp3")]
    expected = [decoder.read(path).samples for path in paths]
    found: dict[int, bool] = {}

    def read(number: int) -> None:
        found[number] = all(
            np.array_equal(client.read(path).samples, samples)
            for path, samples in zip(
                paths[number:] + paths[:number], expected[number:] + expected[:number], strict=True
            )
        )

    threads = [threading.Thread(target=read, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: True, 1: True, 2: True}
    assert len(decoders()) == 1, "one is kept"


def test_nested_files_need_a_second_process(tmp_path: Path) -> None:
    path, other = song(tmp_path, ".wav", 30.0), song(tmp_path, ".flac")
    with client.open_audio(path) as opened:
        blocks = opened.blocks()
        first = next(blocks)
        same(other)
        rest = list(blocks)
    assert np.array_equal(np.concatenate([first, *rest]), decoder.read(path).samples)


def test_no_orphan_is_left_when_the_owner_is_killed(tmp_path: Path) -> None:
    path = song(tmp_path, ".wav", 60.0)
    code = (
        "import sys, time\nfrom genre_desktop.audio.sandbox import client, pool\n"
        "with client.open_audio(sys.argv[1]) as opened:\n"
        "    next(opened.blocks(1.0)); print('reading', flush=True); time.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"reading\n"
    children = psutil.Process(owner.pid).children()
    assert len(children) == 1
    owner.kill()
    owner.wait()
    owner.stdout.close()
    gone, _ = psutil.wait_procs(children, timeout=20)
    assert len(gone) == 1


def test_the_process_has_no_other_descriptor_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "hidden")
    with (tmp_path / "open").open("w") as open_file:
        os.set_inheritable(open_file.fileno(), True)
        pool.protection()
    proc = Path("/proc") / str(decoders()[0].pid)
    try:
        variables, descriptors = (proc / "environ").read_bytes(), list((proc / "fd").iterdir())
    except PermissionError:
        pytest.skip("only root may look into a process that has closed the door")
    assert b"hidden" not in variables
    assert len(descriptors) == 5, "standard streams, the socket and the shared memory"


def test_a_dead_process_is_replaced(tmp_path: Path) -> None:
    path = song(tmp_path, ".wav", 1.0)
    same(path)
    (child,) = decoders()
    child.kill()
    while pool._idle[0].usable:
        time.sleep(0.01)
    same(path)


def test_blocks_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with client.open_audio(song(tmp_path, ".wav", 1.0)) as opened, pytest.raises(ValueError, match="fit"):
        next(opened.blocks(60.0))


def test_a_process_that_cannot_start_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = song(tmp_path, ".wav", 1.0)
    monkeypatch.setattr(process, "command", lambda: [sys.executable, "-c", "0"])
    assert problem(client.read, path).problem.code == "decoder-missing"
    monkeypatch.setattr(process, "command", lambda: ["/does/not/exist"])
    assert problem(client.read, path).problem.code == "decoder-missing"


def test_where_the_door_cannot_be_closed_the_process_has_limits_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys\nfrom genre_desktop.audio.sandbox import child\n"
        "sys.argv[-1] == '1' and sys.exit(1)\nchild.main(sys.argv[2:])\n"
    )
    script = tmp_path / "half.py"
    script.write_text(code)
    monkeypatch.setattr(process, "command", lambda: [sys.executable, "-P", str(script), "x"])
    same(song(tmp_path, ".wav", 1.0))
    assert str(pool.protection()) == "separate process, no sandbox"


def test_a_frozen_program_starts_itself_as_decoder_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.command() == [sys.executable, protocol.ARGUMENT]
    monkeypatch.undo()
    monkeypatch.setattr(
        process, "command", lambda: [sys.executable, "-m", "genre_desktop", protocol.ARGUMENT]
    )
    same(song(tmp_path, ".wav", 1.0))
    assert pool.protection().seccomp


def test_a_giant_tag_is_a_problem_of_its_file(tmp_path: Path) -> None:
    """Of millions of small frames; and a cover of gigabytes."""
    path = write(tmp_path / "x.mp3", music(1.0, 44_100), 44_100)
    frame = b"PRIV" + (96).to_bytes(4, "big") + b"\0\0" + b"a" * 96
    frames = frame * 2_000_000
    size = bytes((len(frames) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\0\0" + size + frames + path.read_bytes())
    assert problem(client.read_tags, path).problem.key == "tags-damaged/too-large"
    cover = with_giant_cover(tmp_path / "y.m4a")
    assert problem(client.read, cover).problem.key == "decoder-stopped/memory"
    assert client.read(path).duration_s == pytest.approx(1.0, abs=0.1)
    same(song(tmp_path, ".flac", 1.0))
