"""Plays a file through the system's output while a thread decodes ahead."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.audio.devices.device_process import DeviceProcess, call
from genre_desktop.audio.devices.device_streams import (
    DONE,
    OutputOpened,
    output_device,
    stream_output,
)
from genre_desktop.audio.sandbox.client import stereo_blocks
from genre_desktop.core.errors import AppError, Cancelled, Problem, problem_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Stereo = NDArray[np.float32]

AHEAD_S = 2.0
"""Seconds decoded ahead of playback."""
_BLOCK = 2048


class Output:
    """The default output, opened in its own process, to which samples are sent ahead.

    Attributes
    ----------
    written, played:
        Frames so far.
    finished:
        Set when playback has stopped, whether everything was played or the output was lost.
    space:
        Set whenever a block was played.

    Raises
    ------
    AppError
        ``no-output-device``, or one of the codes of opening.
    """

    def __init__(self) -> None:
        self.written = self.played = 0
        self._gain = 1.0
        self.finished, self.space = threading.Event(), threading.Event()
        self._process = DeviceProcess(stream_output)
        opened: OutputOpened = self._process.open(AppError("no-output-device"))
        self.name, self.rate, self._latency_s = opened.name, opened.sample_rate, opened.latency_s
        self._process.follow(self._receive, self.finished.set)

    @property
    def audible_s(self) -> float:
        """Seconds that have been audible so far."""
        return max(0.0, self.played / self.rate - self._latency_s)

    def free(self) -> int:
        """Return the number of frames that can be written now."""
        return round(AHEAD_S * self.rate) - (self.written - self.played)

    def write(self, frames: Stereo) -> None:
        """Append frames ``(n, 2)``."""
        import numpy as np

        self.written += len(frames)
        self._process.send(np.ascontiguousarray(frames, np.float32).tobytes())

    def set_gain(self, gain: float) -> None:
        """Set the gain of all samples from now on; called by the writing thread."""
        if gain != self._gain:
            self._gain = gain
            self._process.send(float(gain))

    def end_input(self) -> None:
        """Finish once everything written has been played."""
        self._process.send(DONE)

    def close(self) -> None:
        """Stop playing; safe to call twice."""
        self._process.end()

    def _receive(self, message: int | str) -> None:
        if isinstance(message, int):
            self.played = message
            self.space.set()
        else:
            self.finished.set()


class Player:
    """Plays one file at a time.

    Parameters
    ----------
    on_end:
        Called from the player's thread when playback ended by itself, with a problem or None.

    Attributes
    ----------
    gain:
        Factor of the samples, 0 to 1; may be changed during playback.
    """

    def __init__(self, on_end: Callable[[Problem | None], None] = lambda problem: None) -> None:
        self.gain = 1.0
        self._on_end = on_end
        self._path: Path | None = None
        self._from_s = 0.0
        self._output: Output | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def playing(self) -> bool:
        """True between :meth:`play` and the end, :meth:`pause` or :meth:`stop`."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def position_s(self) -> float:
        """Seconds into the file of what is audible now."""
        output = self._output  # another thread may stop meanwhile
        return self._from_s + (output.audible_s if output is not None else 0.0)

    def play(self, path: Path | None = None, from_s: float | None = None) -> None:
        """Play ``path`` from ``from_s`` without blocking; without arguments, resume where it was paused."""
        start = self.position_s if from_s is None and path in (None, self._path) else from_s or 0.0
        self.stop()
        self._path = path or self._path
        if self._path is None:
            return
        self._from_s = start
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._stopping,), name="player", daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Stop and keep the position."""
        position_s = self.position_s
        self.stop()
        self._from_s = position_s

    def stop(self) -> None:
        """Stop, rewind, and wait until the device is closed."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._stopping.set()
            if self._output is not None:
                self._output.space.set()
            thread.join()
        self._output, self._from_s = None, 0.0

    def _run(self, stopping: threading.Event) -> None:
        problem: Problem | None = None
        try:
            self._play(stopping)
        except Cancelled:  # stopped while it was read
            return
        except Exception as error:  # reported, since nothing catches it in a thread
            problem = problem_of(error)
        if not stopping.is_set():
            self._output, self._from_s = None, 0.0
            self._on_end(problem)

    def _play(self, stopping: threading.Event) -> None:
        output = self._output = Output()
        try:
            self._feed(output, stopping)
            output.end_input()
            while not stopping.is_set() and not output.finished.wait(0.1):
                output.set_gain(self.gain)
            if not stopping.is_set() and output.played < output.written:
                raise AppError("device-lost/output", name=output.name)
        finally:
            output.close()

    def _feed(self, output: Output, stopping: threading.Event) -> None:
        assert self._path is not None  # noqa: S101  # set by play()
        for frames in stereo_blocks(self._path, output.rate, self._from_s, stopping.is_set):
            for start in range(0, len(frames), _BLOCK):
                block = frames[start : start + _BLOCK]
                output.set_gain(self.gain)
                while output.free() < len(block):
                    output.space.clear()
                    if stopping.is_set() or output.finished.is_set():
                        return
                    output.space.wait(0.2)
                    output.set_gain(self.gain)
                output.write(block)
            if stopping.is_set():
                return


def output_problem() -> Problem | None:
    """Return why nothing can be played now, or None; blocks on the sound system, so not for the GUI thread."""
    try:
        return None if call(_has_output) else Problem("no-output-device")
    except AppError as error:
        match error.problem.key:
            case "no-audio-library":
                return Problem("no-audio-library/output")
            case "no-audio-library/alsa":
                return Problem("no-audio-library/output-alsa")
        return error.problem


def _has_output() -> bool:
    return bool(output_device())
