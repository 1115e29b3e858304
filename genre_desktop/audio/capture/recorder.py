"""Records a capture to FLAC, including a pre-roll of the seconds before the recording was started."""

from __future__ import annotations

import contextlib
import errno
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import soundfile

from genre_desktop.audio.capture.recording_file import RecordingFile
from genre_desktop.audio.ring_buffer import RingBuffer
from genre_desktop.core.disk import space
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.messages import message
from genre_desktop.core.paths import HomeGoneError, make_folder

WRITE_EVERY_S = 0.25
"""Write interval; a crash loses no more than this and the encoder's block of 0.1 s."""

SPARE_MB = 64
"""A recording is not started, or ends, with fewer megabytes free on the disk: the app itself needs some."""

_CHECK_DISK_EVERY = 20
_MOST_CHANNELS = 8
"""Of FLAC; further ones are left out."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording.

    ``problem`` is the reason if it ended before it was stopped; after one, ``seconds`` of 0 mean that nothing could be
    written and no file remains. ``lost_s`` are the seconds lost because the disk stalled for longer than the ring holds.
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

    Attributes
    ----------
    preroll_s:
        Seconds of pre-roll that the ring had.

    Raises
    ------
    AppError
        ``disk-full``, ``cannot-write`` or ``home-gone`` when the recording cannot be started.
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
        self.preroll_s = (ring.written - self._cursor) / ring.sample_rate
        self._frames = self._lost = self._rounds = 0
        self._file = RecordingFile(_new_file(folder, now or datetime.now().astimezone()))
        self.path = self._file.path
        self._sound = self._encoder(folder)
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

    def _encoder(self, folder: Path) -> soundfile.SoundFile:
        rate, channels = self._ring.sample_rate, min(self._ring.channels, _MOST_CHANNELS)
        try:
            return soundfile.SoundFile(self._file, "w", rate, channels, subtype="PCM_24", format="FLAC")
        except soundfile.SoundFileError as error:
            failure = self._file.failure or OSError(errno.EINVAL, str(error))
            self._file.close()
            self._file.remove()
            raise AppError(_disk_problem(failure, folder)) from error

    def _run(self) -> None:
        stopping = closed = False
        error: OSError | None = None
        while not (stopping or closed or error):
            stopping = self._stopping.wait(WRITE_EVERY_S)
            closed = self._ring.closed
            error = self._write()
        self._finish(error, lost=closed and not stopping)

    def _write(self) -> OSError | None:
        """Write what was captured since the last call; return the reason if the recording has to end."""
        chunk = self._ring.read(self._cursor)
        self._cursor = chunk.cursor
        try:
            self._sound.write(chunk.frames[:, :_MOST_CHANNELS])
            self._sound.flush()
        except (soundfile.SoundFileError, AssertionError) as error:
            self._file.failure = self._file.failure or OSError(errno.EIO, str(error))
            return self._file.failure
        self._frames += len(chunk.frames)
        self._lost += chunk.lost
        self._rounds += 1
        return _space_error(self.path.parent) if self._rounds % _CHECK_DISK_EVERY == 0 else None

    def _finish(self, error: OSError | None, *, lost: bool) -> None:
        with contextlib.suppress(soundfile.SoundFileError):  # stored in the file
            self._sound.close()  # the last block and the header are written last
        if self._file.failure is not None:
            self._frames = self._file.settle(self._frames)
        self._file.close()
        missing = _missing(self.path)
        error = error or self._file.failure or missing
        if error is not None and (missing or self._frames == 0):
            self._frames = 0
            self._file.remove()
        problem = Problem("take-ended") if lost else None
        if error is not None:
            problem = _disk_problem(error, self.path.parent, kept=self._frames > 0)
        self._recording = Recording(self.path, self.seconds, problem, self._lost / self._ring.sample_rate)
        self._on_end(self._recording)


def _new_file(folder: Path, now: datetime) -> BinaryIO:
    """Create a file with an unused name, atomically, so that two processes cannot share it."""
    try:
        make_folder(folder)
        full = _space_error(folder)
        if full is not None:
            raise full
        name = f"Take {now:%Y-%m-%d %H-%M-%S}"
        for number in range(1, 1000):
            suffix = "" if number == 1 else f" ({number})"
            with contextlib.suppress(FileExistsError):
                return (folder / f"{name}{suffix}.flac").open("x+b", buffering=0)
        raise OSError(errno.EEXIST, message("too many recordings have the same name"))
    except HomeGoneError:
        raise
    except OSError as error:
        raise AppError(_disk_problem(error, folder)) from error


def _space_error(folder: Path) -> OSError | None:
    """Return the error if too little space is left, or the folder was removed."""
    try:
        return OSError(errno.ENOSPC, "") if _free_mb(folder) < SPARE_MB else None
    except OSError as error:
        return error


def _missing(path: Path) -> OSError | None:
    """Return the error if the file was removed, or its disk."""
    try:
        path.stat()
    except OSError as error:
        return error
    return None


def _free_mb(folder: Path) -> float:
    return shutil.disk_usage(folder).free / 1e6


def _disk_problem(error: OSError, folder: Path, *, kept: bool = False) -> Problem:
    free = space.free_mb(folder)
    if error.errno == errno.ENOSPC and free is not None:
        return Problem(
            "disk-full/recording" if kept else "disk-full", path=str(folder), free=free, needed=SPARE_MB
        )
    return Problem("cannot-write/recording" if kept else "cannot-write", error=error.strerror or str(error))
