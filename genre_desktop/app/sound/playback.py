"""Play one song at a time: play, pause, seek and volume, without blocking the window on a device."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.audio import player as players
from genre_desktop.core.errors import Problem

STEP_S = 5.0
"""Seconds that Left and Right move."""
CURSOR_MS = 40
_CLOSING_S = 5.0
"""Longest wait for the thread: a sound system that hangs must not keep the window from closing."""
NO_DEVICE = ("no-output-device", "no-audio-library")
"""Problems because of which no song can be played."""


class PlayerProtocol(Protocol):
    """The used part of :class:`genre_desktop.audio.player.Player`."""

    gain: float

    @property
    def position_s(self) -> float: ...  # noqa: D102
    def play(self, path: Path | None = None, from_s: float | None = None) -> None: ...  # noqa: D102
    def stop(self) -> None: ...  # noqa: D102


Make = Callable[[Callable[[Problem | None], None]], PlayerProtocol]


@dataclass(frozen=True, slots=True)
class _Play:
    path: Path
    from_s: float
    number: int


@dataclass(frozen=True, slots=True)
class _Ended:
    number: int
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class _OutputCheck:
    problem: Problem | None


class Playback(QObject):
    """Play a song and track its position.

    Opening and closing a device takes up to some tenths of a second, so a thread executes the commands in order
    and skips those that a later one replaces.

    Parameters
    ----------
    volume:
        Per cent.
    make:
        Makes a player; for tests.
    look:
        Returns the problem because of which nothing can be played, or None.
    """

    changed = Signal()  # playing, paused or stopped; or ``trouble`` changed
    moved = Signal(float)  # seconds into the song: 25 times a second while it plays, and after a seek
    failed = Signal(object)  # Problem: the song could not be played, or not to its end

    def __init__(
        self,
        volume: int = 100,
        make: Make = players.Player,
        look: Callable[[], Problem | None] = players.output_problem,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.trouble: Problem | None = None
        self._make, self._check_output = make, look
        self._path: Path | None = None
        self._length_s = 0.0
        self._at_s, self._playing, self._number = 0.0, False, 0
        self._gain = _gain(volume)
        self._current: tuple[int, PlayerProtocol] | None = None
        self._commands: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._ticker = QTimer(self, interval=CURSOR_MS)
        self._ticker.timeout.connect(lambda: self.moved.emit(self.position_s))

    @property
    def path(self) -> Path | None:
        """The selected song."""
        return self._path

    @property
    def playing(self) -> bool:
        """True while the song plays or is about to."""
        return self._playing

    @property
    def begun(self) -> bool:
        """True while playing, and while paused after the beginning."""
        return self._playing or self._at_s > 0

    @property
    def position_s(self) -> float:
        """Seconds into the song of the current or next sample."""
        place = self._at_s
        current = self._current
        if self._playing and current is not None and current[0] == self._number:
            place = current[1].position_s
        return min(place, self._length_s) if self._length_s else place

    def look(self) -> None:
        """Check for an output device; ``changed`` follows if ``trouble`` changes."""
        self._enqueue(_OutputCheck(None))

    def choose(self, path: Path | None, length_s: float = 0.0) -> None:
        """Select a song and stop the one before."""
        if path == self._path:
            self._length_s = length_s or self._length_s
            return
        self._stop(0.0)
        self._path, self._length_s = path, length_s
        if self.trouble is not None:
            self.look()  # a loudspeaker may be connected by now
        self.changed.emit()
        self.moved.emit(0.0)

    def toggle(self) -> None:
        """Play or pause."""
        if self._playing:
            self._stop(self.position_s)
            self.changed.emit()
            self.moved.emit(self._at_s)
        else:
            self._play(self._at_s)

    def seek(self, seconds: float) -> None:
        """Seek to a position, without changing between playing and paused."""
        place = max(0.0, min(seconds, self._length_s or seconds))
        if self._playing:
            self._play(place)
        else:
            self._at_s = place
            self.changed.emit()
        self.moved.emit(place)

    def step(self, seconds: float) -> None:
        """Seek by so many seconds, backward if negative."""
        self.seek(self.position_s + seconds)

    def set_volume(self, per_cent: int) -> None:
        """Set the volume at once."""
        self._gain = _gain(per_cent)
        if self._current is not None:
            self._current[1].gain = self._gain

    def close(self) -> None:
        """Stop and wait a limited time until the device is closed."""
        self._ticker.stop()
        self._bridge.close()
        self._playing = False
        if self._thread is not None:
            self._commands.put(None)
            self._thread.join(_CLOSING_S)
            self._thread = None

    def _play(self, from_s: float) -> None:
        if self._path is None:
            return
        self._number += 1
        self._at_s, self._playing = from_s, True
        self._enqueue(_Play(self._path, from_s, self._number))
        self._ticker.start()
        self.changed.emit()

    def _stop(self, at_s: float) -> None:
        was, self._playing, self._at_s = self._playing, False, at_s
        self._ticker.stop()
        if was:
            self._number += 1
            self._enqueue("stop")

    def _arrived(self, event: object) -> None:
        if isinstance(event, _OutputCheck):
            self._set_trouble(event.problem)
        elif isinstance(event, _Ended) and event.number == self._number and self._playing:
            self._stop(0.0)
            self.moved.emit(0.0)
            self.changed.emit()
            if event.problem is not None:
                self._set_trouble(event.problem if event.problem.code in NO_DEVICE else None)
                self.failed.emit(event.problem)

    def _set_trouble(self, problem: Problem | None) -> None:
        if problem != self.trouble:
            self.trouble = problem
            self.changed.emit()

    def _enqueue(self, command: object) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="playback", daemon=True)
            self._thread.start()
        self._commands.put(command)

    def _serve(self) -> None:
        """Execute commands; this, :meth:`_execute` and the players run in the thread."""
        commands: list[object] = []
        while None not in commands:
            commands = [self._commands.get()]
            while not self._commands.empty():
                commands.append(self._commands.get())
            moves = [command for command in commands if not isinstance(command, _OutputCheck)]
            if moves:
                self._execute(moves[-1])
            if len(moves) < len(commands):
                self._bridge(_OutputCheck(self._check_output()))

    def _execute(self, command: object) -> None:
        current, self._current = self._current, None
        if current is not None:
            current[1].stop()
        if isinstance(command, _Play):
            player = self._make(partial(self._ended, command.number))
            player.gain = self._gain
            player.play(command.path, command.from_s)
            self._current = (command.number, player)

    def _ended(self, number: int, problem: Problem | None) -> None:
        self._bridge(_Ended(number, problem))


def _gain(per_cent: int) -> float:
    return (per_cent / 100.0) ** 2  # closer to perceived loudness than a linear gain
