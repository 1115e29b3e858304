"""Plays a file through the system's output while a thread decodes ahead; tells where it is."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.devices import errors, portaudio
from genre_desktop.core.errors import AppError, Problem, problem_of

CHANNELS = 2
AHEAD_S = 2.0
"""Seconds decoded ahead of the loudspeaker."""
_BLOCK = 2048
_PREFILL_S = 0.5
"""Decoded before the first sample sounds."""

Stereo = NDArray[np.float32]


class SampleQueue:
    """Frames on their way to the sound card: one thread writes, the card's thread reads, nobody locks."""

    def __init__(self, size: int) -> None:
        self._frames = np.zeros((size, CHANNELS), np.float32)
        self.written = self.read_out = 0
        self.space = threading.Event()

    def free(self) -> int:
        """Frames that can be written now."""
        return len(self._frames) - (self.written - self.read_out)

    def write(self, frames: Stereo) -> None:
        """Append at most :meth:`free` frames ``(n, 2)``."""
        places = (self.written + np.arange(len(frames))) % len(self._frames)
        self._frames[places] = frames
        self.written += len(frames)

    def read_into(self, out: Stereo) -> int:
        """Fill ``out`` and zero what cannot be filled; returns the frames that could."""
        count = min(len(out), self.written - self.read_out)
        at = self.read_out % len(self._frames)
        first = min(count, len(self._frames) - at)
        out[:first] = self._frames[at : at + first]
        out[first:count] = self._frames[: count - first]
        out[count:] = 0
        self.read_out += count
        self.space.set()
        return count


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
        self._rate = 0
        self._latency_s = 0.0
        self._fifo: SampleQueue | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def playing(self) -> bool:
        """True between :meth:`play` and the end, :meth:`pause` or :meth:`stop`."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def position_s(self) -> float:
        """Seconds into the file of what is heard now."""
        fifo = self._fifo  # another thread may stop meanwhile
        if fifo is None:
            return self._from_s
        return self._from_s + max(0.0, fifo.read_out / self._rate - self._latency_s)

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
            if self._fifo is not None:
                self._fifo.space.set()
            thread.join()
        self._fifo, self._from_s = None, 0.0

    def _run(self, stopping: threading.Event) -> None:
        problem: Problem | None = None
        try:
            self._sound(stopping)
        except Exception as error:  # a thread has nobody to raise to
            problem = problem_of(error)
        if not stopping.is_set():
            self._fifo, self._from_s = None, 0.0
            self._on_end(problem)

    def _sound(self, stopping: threading.Event) -> None:
        sounddevice = portaudio.library()
        done = threading.Event()
        finished = threading.Event()
        with portaudio.lock:
            device = output_device(sounddevice)
            self._rate = round(device["default_samplerate"])
            fifo = self._fifo = SampleQueue(round(AHEAD_S * self._rate))

            def fill(out: Stereo, _count: int, _time: Any, _status: Any) -> None:
                ended = done.is_set()  # asked before reading: the last block may come in between
                if not (ended or fifo.read_out or fifo.written >= _PREFILL_S * self._rate):
                    out[:] = 0  # else the first seconds would stutter while decoding gets going
                elif fifo.read_into(out) == 0 and ended:
                    raise sounddevice.CallbackStop
                elif self.gain != 1.0:
                    out *= self.gain

            held = _opened(sounddevice, device, self._rate, fill, finished.set)
        try:
            self._latency_s = float(held.stream.latency)
            self._feed(fifo, stopping, finished)
            done.set()
            while not stopping.is_set() and not finished.wait(0.1):
                pass
            if not stopping.is_set() and fifo.read_out < fifo.written:
                raise errors.output_lost(device["name"])
        finally:
            held.close()

    def _feed(self, fifo: SampleQueue, stopping: threading.Event, finished: threading.Event) -> None:
        assert self._path is not None  # noqa: S101  # play() has seen to it
        for frames in stereo_blocks(self._path, self._rate, self._from_s):
            for start in range(0, len(frames), _BLOCK):
                block = frames[start : start + _BLOCK]
                while fifo.free() < len(block):
                    fifo.space.clear()
                    if stopping.is_set() or finished.is_set():
                        return
                    fifo.space.wait(0.2)
                fifo.write(block)
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
            block = frame.to_ndarray().reshape(-1, CHANNELS)
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
        with portaudio.lock:
            portaudio.refresh()
            output_device(portaudio.library())
    except AppError as error:
        if error.problem.code != "no-audio-library":
            return error.problem
        return replace(error.problem, title="Sound cannot be played")
    return None


def output_device(sounddevice: Any) -> Any:
    """PortAudio's row of the default output.

    Raises
    ------
    AppError
        ``no-output-device``.
    """
    try:
        return sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AppError(
            "no-output-device",
            "There is nothing to play through",
            "The system lists no output device.",
            "Connect loudspeakers or headphones and try again.",
        ) from error


def _opened(
    sounddevice: Any, device: Any, rate: int, fill: Any, on_end: Callable[[], None]
) -> portaudio.OpenStream:
    held: portaudio.OpenStream | None = None
    try:
        held = portaudio.OpenStream(
            sounddevice.OutputStream(
                samplerate=rate,
                channels=CHANNELS,
                device=device["index"],
                dtype="float32",
                latency="high",
                callback=fill,
                finished_callback=on_end,
            )
        )
        held.stream.start()
    except sounddevice.PortAudioError as error:
        if held is not None:
            held.close()
        raise errors.opening_failed(error, device["name"]) from error
    return held
