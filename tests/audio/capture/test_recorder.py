"""Takes are whole whatever happens: pre-roll, full disks, lost devices, killed processes."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture import recorder as recorder_module
from genre_desktop.audio.capture.recorder import Recorder, Recording
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.errors import AppError
from tests.fixtures.shared_data import REPOSITORY
from tests.fixtures.small_disk import fill
from tools.synthetic_audio import music

RATE = 44_100


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "WRITE_EVERY_S", 0.005)


def ring(signal: np.ndarray | None = None, channels: int = 2) -> RingBuffer:
    ring = RingBuffer(RATE, channels, 20.0)
    if signal is not None:
        ring.write(signal)
    return ring


def test_a_take_holds_the_preroll_and_all_that_follows(tmp_path: Path) -> None:
    signal = music(6.0)
    source = ring(signal[: 3 * RATE])
    ended: list[Recording] = []
    recorder = Recorder(source, tmp_path / "takes", preroll_s=2.0, on_end=ended.append)
    for start in range(3 * RATE, 6 * RATE, 1000):
        source.write(signal[start : start + 1000])
    take = recorder.stop()
    assert take == recorder.stop()
    assert ended == [take]
    assert (take.problem, take.lost_s, recorder.running) == (None, 0.0, False)
    assert take.seconds == pytest.approx(5.0, abs=0.03)
    found, rate = soundfile.read(take.path, dtype="float32")
    assert rate == RATE
    assert np.abs(found - signal[-len(found) :]).max() < 1e-6
    assert read(take.path).warnings == ()


def test_a_preroll_longer_than_what_was_heard_takes_what_there_is(tmp_path: Path) -> None:
    recorder = Recorder(ring(music(1.0)), tmp_path, preroll_s=60.0)
    assert recorder.preroll_s == 1.0
    take = recorder.stop()
    assert take.seconds == pytest.approx(1.0)


def test_names_are_never_shared(tmp_path: Path) -> None:
    now = datetime(2024, 5, 1, 12, 30, 5).astimezone()
    with ThreadPoolExecutor(8) as pool:
        takes = list(pool.map(lambda _: Recorder(ring(music(0.1)), tmp_path, now=now).stop(), range(16)))
    names = {take.path.name for take in takes}
    assert len(names) == 16
    assert "Take 2024-05-01 12-30-05.flac" in names
    assert "Take 2024-05-01 12-30-05 (16).flac" in names


def test_a_lost_device_ends_the_take_and_keeps_it(tmp_path: Path) -> None:
    source = ring(music(1.0))
    done = threading.Event()
    recorder = Recorder(source, tmp_path, on_end=lambda take: done.set())
    source.closed = True
    assert done.wait(30)
    take = recorder.stop()
    assert take.problem.code == "take-ended"
    assert soundfile.info(take.path).duration == pytest.approx(1.0)


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EIO, "cannot-write")])
def test_a_full_disk_ends_the_take_and_keeps_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    full = threading.Event()
    done = threading.Event()
    real = recorder_module._new_file

    class Disk:
        def __init__(self, file) -> None:
            self._file = file

        def write(self, data: bytes) -> int:
            if full.is_set() and self._file.tell() > 1000:  # the header may still be put right
                raise OSError(number, os.strerror(number))
            return self._file.write(data)

        def __getattr__(self, name: str) -> object:
            return getattr(self._file, name)

    monkeypatch.setattr(recorder_module, "_new_file", lambda *given: Disk(real(*given)))
    source = ring(music(2.0))
    recorder = Recorder(source, tmp_path, on_end=lambda take: done.set())
    wait_until(lambda: recorder.seconds >= 2.0)
    full.set()
    source.write(music(3.0, seed=5))
    assert done.wait(30)
    take = recorder.stop()
    assert take.problem.code == code
    kept = read(take.path)
    assert kept.duration_s == pytest.approx(2.0, abs=0.2)


def wait_until(condition) -> None:
    pause = threading.Event()
    for _ in range(6000):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError("it did not happen")


def test_too_little_room_is_reported_before_and_during(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    recorder = Recorder(ring(music(0.5)), tmp_path, on_end=lambda take: done.set())
    monkeypatch.setattr(recorder_module, "_free_mb", lambda folder: 1.0)
    assert done.wait(30)
    problem = recorder.stop().problem
    assert problem.code == "disk-full"
    assert "up to now is saved" in problem.reason
    with pytest.raises(AppError) as caught:
        Recorder(ring(), tmp_path)
    assert caught.value.problem.code == "disk-full"
    assert "saved" not in caught.value.problem.reason  # nothing was recorded


@pytest.mark.parametrize("left", [0, 5_000, 40_000])
def test_a_disk_that_fills_up_leaves_a_whole_take(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    monkeypatch.setattr(recorder_module, "SPARE_MB", 0)
    done = threading.Event()
    signal = music(4.0)
    source = ring(signal[: 2 * RATE])
    recorder = Recorder(source, small_disk / "takes", on_end=lambda take: done.set())
    wait_until(lambda: recorder.seconds >= 2.0)
    filler = fill(small_disk)
    os.truncate(filler, filler.stat().st_size - left)
    source.write(signal[2 * RATE :])
    assert done.wait(30)
    take = recorder.stop()
    assert take.problem.key == "disk-full/recording"
    assert str(small_disk / "takes") in take.problem.reason
    assert 1.8 < take.seconds < 3.0
    found, _ = soundfile.read(take.path, dtype="float32")
    assert len(found) == round(take.seconds * RATE) == soundfile.info(take.path).frames
    assert np.abs(found - signal[: len(found)]).max() < 1e-6
    assert read(take.path).warnings == ()


def test_a_take_of_which_nothing_fits_leaves_no_file(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "SPARE_MB", 0)
    filler = fill(small_disk)
    take = Recorder(ring(music(1.0)), small_disk).stop()
    assert (take.seconds, take.problem.key) == (0.0, "disk-full")
    assert "saved" not in take.problem.reason
    assert list(small_disk.iterdir()) == [filler]


def test_a_removed_folder_ends_the_take(tmp_path: Path) -> None:
    done = threading.Event()
    recorder = Recorder(ring(music(1.0)), tmp_path / "takes", on_end=lambda take: done.set())
    wait_until(lambda: recorder.seconds >= 1.0)
    shutil.rmtree(tmp_path / "takes")
    assert done.wait(30)
    take = recorder.stop()
    assert (take.seconds, take.problem.key) == (0.0, "cannot-write")


def test_a_rate_that_flac_does_not_have_is_reported(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        Recorder(RingBuffer(768_000, 1, 1.0), tmp_path)
    assert caught.value.problem.code == "cannot-write"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError) as caught:
        Recorder(ring(), tmp_path / "file")
    assert caught.value.problem.code == "cannot-write"


_KILLED = """
import sys, threading
from pathlib import Path
from genre_desktop.audio.capture.recorder import Recorder
from genre_desktop.audio.ring_buffer import RingBuffer
from tools.synthetic_audio import music
ring = RingBuffer(44100, 2, 20.0)
ring.write(music(5.0))
recorder = Recorder(ring, Path(sys.argv[1]))
while recorder.seconds < 5.0:
    threading.Event().wait(0.01)
print(recorder.path, flush=True)
sys.stdin.read()
"""


def test_a_killed_process_loses_no_more_than_the_encoders_block(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        path = Path(process.stdout.readline().strip())
        process.kill()
    kept = read(path)
    assert kept.duration_s > 4.8
    original = music(5.0).mean(axis=1)
    assert kept.warnings == ()
    assert kept.samples.std() == pytest.approx(original.std(), rel=0.1)


def test_more_channels_than_flac_has_are_left_out(tmp_path: Path) -> None:
    source = ring(music(0.5, channels=8), channels=8)
    assert soundfile.info(Recorder(source, tmp_path).stop().path).channels == 8
    wide = RingBuffer(RATE, 12, 5.0)
    wide.write(np.zeros((RATE, 12), np.float32))
    assert soundfile.info(Recorder(wide, tmp_path).stop().path).channels == 8


def test_a_take_whose_last_block_cannot_be_written_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(ring(music(1.0)), tmp_path)
    close = recorder._sound.close

    def closing() -> None:  # libsndfile writes the last block and the header here
        close()
        recorder._file.failure = OSError(errno.ENOSPC, "")

    monkeypatch.setattr(recorder._sound, "close", closing)
    problem = recorder.stop().problem
    assert problem is not None
    assert problem.key == "disk-full/recording"
