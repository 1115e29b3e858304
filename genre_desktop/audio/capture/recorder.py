"""Records a capture to FLAC, including a pre-roll of the seconds before the recording was started."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import soundfile

from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.disk.sync import sync_folder
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.messages import message
from genre_desktop.core.paths import make_folder

WRITE_EVERY_S = 0.25
"""Write interval; a crash loses no more than this and the encoder's block of 0.1 s."""

SPARE_BYTES = 64 * 2**20
"""A recording is not started, or ends, with less free disk space than this: the app itself needs some."""

_CHECK_DISK_EVERY = 20


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording.

    ``problem`` is the reason if it ended before it was stopped; ``lost_s`` are the seconds lost because
    the disk stalled for longer than the ring holds.
    """

    path: Path
    seconds: float
    problem: Problem | None = None
    lost_s: float = 0.0


class Recorder:
    """Writes one recording.

    Parameters
    ----------
    ring:
        The ring of the open capture; the recording ends when it is closed.
    folder:
        Created if missing.
    preroll_s:
        Seconds before now to include, as far as the ring holds them.
    on_end:
        Called once from the recorder's thread with the :class:`Recording`, also after :meth:`stop`.

    Raises
    ------
    AppError
        ``disk-full`` or ``cannot-write`` when the recording cannot be started.
    """

    def __init__(
        self,
        ring: RingBuffer,
        folder: Path,
        *,
        preroll_s: float = 10.0,
        on_end: Callable[[Recording], None] = lambda recording: None,
        now: datetime | None = None,
    ) -> None:
        self._ring, self._on_end = ring, on_end
        self._cursor = ring.back(preroll_s)
        self._frames = self._lost = self._rounds = 0
        self._file = _RecordingFile(_new_file(folder, now or datetime.now().astimezone()))
        self.path = self._file.path
        self._sound = soundfile.SoundFile(
            self._file, "w", ring.sample_rate, min(ring.channels, 8), subtype="PCM_24", format="FLAC"
        )
        self._stopping = threading.Event()
        self._recording: Recording | None = None
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    @property
    def seconds(self) -> float:
        """Length of the recording so far."""
        return self._frames / self._ring.sample_rate

    @property
    def running(self) -> bool:
        """False once the recording has ended."""
        return self._recording is None

    def stop(self) -> Recording:
        """End the recording after writing all that was captured; safe to call twice."""
        self._stopping.set()
        self._thread.join()
        assert self._recording is not None  # noqa: S101  # the thread sets it last
        return self._recording

    def _run(self) -> None:
        problem: Problem | None = None
        while problem is None:
            stopping = self._stopping.wait(WRITE_EVERY_S)
            closed = self._ring.closed
            problem = self._write()
            if stopping:
                break
            if closed and problem is None:
                problem = Problem("take-ended")
        self._finish(problem)

    def _write(self) -> Problem | None:
        chunk = self._ring.read(self._cursor)
        self._cursor = chunk.cursor
        with contextlib.suppress(soundfile.SoundFileError, AssertionError):  # reported as the file's failure
            self._sound.write(chunk.frames[:, :8])
            self._sound.flush()
        if self._file.failure is not None:
            return _disk_problem(self._file.failure)
        self._frames += len(chunk.frames)
        self._lost += chunk.lost
        self._rounds += 1
        if self._rounds % _CHECK_DISK_EVERY == 0 and _free_bytes(self.path.parent) < SPARE_BYTES:
            return _disk_problem(OSError(errno.ENOSPC, ""))
        return None

    def _finish(self, problem: Problem | None) -> None:
        with contextlib.suppress(soundfile.SoundFileError):
            self._sound.close()
        self._file.close()
        if (
            problem is None and self._file.failure is not None
        ):  # the last block and the header are written last
            problem = _disk_problem(self._file.failure)
        self._recording = Recording(self.path, self.seconds, problem, self._lost / self._ring.sample_rate)
        self._on_end(self._recording)


class _RecordingFile:
    """A file for libsndfile that stores an error instead of raising it inside a C callback."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.path = Path(file.name)
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        """Return the number of bytes written; 0 after a failure."""
        try:
            return self._file.write(data)
        except OSError as error:
            self.failure = error
            return 0

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes; libsndfile requires the method."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Return the new position."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def flush(self) -> None:
        """Do nothing: the file is unbuffered."""

    def close(self) -> None:
        """Write everything to the disk and close the file."""
        try:
            os.fsync(self._file.fileno())
            sync_folder(self.path.parent)
        except OSError as error:
            self.failure = self.failure or error
        with contextlib.suppress(OSError):
            self._file.close()


def _new_file(folder: Path, now: datetime) -> BinaryIO:
    """Create a file with an unused name, atomically, so that two processes cannot share it."""
    try:
        make_folder(folder)
        if _free_bytes(folder) < SPARE_BYTES:
            raise OSError(errno.ENOSPC, "")
        name = f"Take {now:%Y-%m-%d %H-%M-%S}"
        for number in range(1, 1000):
            suffix = "" if number == 1 else f" ({number})"
            with contextlib.suppress(FileExistsError):
                return (folder / f"{name}{suffix}.flac").open("x+b", buffering=0)
        raise OSError(errno.EEXIST, message("there are a thousand takes of this second"))
    except OSError as error:
        raise AppError(_disk_problem(error, started=False)) from error


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _disk_problem(error: OSError, *, started: bool = True) -> Problem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Problem("disk-full/recording" if started else "disk-full")
    return Problem("cannot-write", error=error.strerror or str(error))
