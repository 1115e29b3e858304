"""Plays a file through the system's output while a thread decodes ahead; tells where it is."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.devices import errors
from genre_desktop.audio.devices.device_process import DeviceProcess, ask
from genre_desktop.audio.devices.device_streams import (
    DONE,
    OUTPUT_CHANNELS,
    OutputOpened,
    output_device,
    stream_output,
)
from genre_desktop.core.errors import AppError, Problem, problem_of

AHEAD_S = 2.0
"""Seconds decoded ahead of the loudspeaker."""
_BLOCK = 2048

Stereo = NDArray[np.float32]


class Output:
    """The system's output, opened in a process of its own, to which samples are sent ahead.

    Attributes
    ----------
    rate:
        Hz of what it plays.
    written, played:
        Frames so far.
    finished:
        Set when it plays no more, whether it has played everything or is gone.
    space:
        Set whenever something was played.

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
        try:
            opened: OutputOpened | None = self._process.receive()
            if opened is None:
                raise errors.no_output()
        except BaseException:
            self._process.end()
            raise
        self.name, self.rate, self._latency_s = opened.name, opened.sample_rate, opened.latency_s
        self._process.follow(self._receive, self.finished.set)

    @property
    def heard_s(self) -> float:
        """Seconds that have come out of the loudspeaker."""
        return max(0.0, self.played / self.rate - self._latency_s)

    def free(self) -> int:
        """Frames that can be written now."""
        return round(AHEAD_S * self.rate) - (self.written - self.played)

    def write(self, frames: Stereo) -> None:
        """Append frames ``(n, 2)``."""
        self.written += len(frames)
        self._process.send(np.ascontiguousarray(frames, np.float32).tobytes())

    def set_gain(self, gain: float) -> None:
        """Multiply what is played from now on; called by the thread that writes."""
        if gain != self._gain:
            self._gain = gain
            self._process.send(float(gain))

    def end_input(self) -> None:
        """Finish when everything written has been played."""
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
    """One file at a time.

    Parameters
    ----------
    on_end:
        Called from the player's thread when playing ended by itself, with a problem or None.

    Attributes
    ----------
    gain:
        What samples are multiplied with, 0 to 1; may be changed while playing.
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
        """Seconds into the file of what is heard now."""
        output = self._output  # another thread may stop meanwhile
        return self._from_s + (output.heard_s if output is not None else 0.0)

    def play(self, path: Path | None = None, from_s: float | None = None) -> None:
        """Play ``path`` from ``from_s``; without arguments go on where it was paused. Returns at once."""
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
        """Stop sounding and remember where."""
        here = self.position_s
        self.stop()
        self._from_s = here

    def stop(self) -> None:
        """Stop sounding and go back to the beginning; waits until the device is closed."""
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
            self._sound(stopping)
        except Exception as error:  # a thread has nobody to raise to
            problem = problem_of(error)
        if not stopping.is_set():
            self._output, self._from_s = None, 0.0
            self._on_end(problem)

    def _sound(self, stopping: threading.Event) -> None:
        output = self._output = Output()
        try:
            self._feed(output, stopping)
            output.end_input()
            while not stopping.is_set() and not output.finished.wait(0.1):
                output.set_gain(self.gain)
            if not stopping.is_set() and output.played < output.written:
                raise errors.output_lost(output.name)
        finally:
            output.close()

    def _feed(self, output: Output, stopping: threading.Event) -> None:
        assert self._path is not None  # noqa: S101  # play() has seen to it
        for frames in stereo_blocks(self._path, output.rate, self._from_s):
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


def stereo_blocks(path: Path, rate: int, from_s: float = 0.0) -> Iterator[Stereo]:
    """The file as stereo float32 ``(n, 2)`` blocks at ``rate``, from ``from_s`` on; errors as decoding."""
    import av

    from genre_desktop.audio.decoding.container import audio_stream, open_container, open_file

    with open_file(path) as file, open_container(file, path.name) as container:
        stream = audio_stream(container, path.name)
        if from_s > 0:
            with contextlib.suppress(av.error.FFmpegError):  # then it is decoded from the beginning
                container.seek(round(from_s * av.time_base))
        resampler = av.AudioResampler(format="flt", layout="stereo", rate=rate)
        skip: int | None = None
        for frame in _frames(container, stream, resampler, av.error.FFmpegError):
            block = frame.to_ndarray().reshape(-1, OUTPUT_CHANNELS)
            if skip is None:
                skip = max(0, round((from_s - float(frame.pts * frame.time_base)) * rate)) if from_s else 0
            yield block[min(skip, len(block)) :]
            skip -= min(skip, len(block))


def _frames(container: Any, stream: Any, resampler: Any, damage: type[Exception]) -> Iterator[Any]:
    for packet in container.demux(stream):
        with contextlib.suppress(damage):  # damaged parts are left out, as in analysis
            for frame in packet.decode():
                yield from resampler.resample(frame)
    yield from resampler.resample(None)


def trouble() -> Problem | None:
    """Why nothing can be played now, or None; asks the sound system, so not in the window's thread."""
    try:
        if ask(_has_output) is None:
            raise errors.no_output()
    except AppError as error:
        match error.problem.key:
            case "no-audio-library":
                return Problem("no-audio-library/output")
            case "no-audio-library/alsa":
                return Problem("no-audio-library/output-alsa")
        return error.problem
    return None


def _has_output() -> bool:
    return bool(output_device())
