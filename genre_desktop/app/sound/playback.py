"""Plays one song at a time: play, pause, seek and volume, without the window ever waiting for a device."""

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
"""What one press of Left or Right moves."""
CURSOR_MS = 40
_CLOSING_S = 5.0
"""A sound system that hangs must not keep the window from closing."""
NO_DEVICE = ("no-output-device", "no-audio-library")
"""Problems for which nothing at all can be played."""


class PlayerProtocol(Protocol):
    """What is needed of :class:`genre_desktop.audio.player.Player`."""

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
class _Looked:
    problem: Problem | None


class Playback(QObject):
    """One song, its place, and whether it sounds.

    Opening and closing a device takes up to some tenths of a second; a thread of its own does that, one
    order after the other, leaving out those that a later one overtook.

    Parameters
    ----------
    volume:
        Per cent.
    make:
        Makes a player; for tests.
    look:
        Tells why nothing can be played, or None.
    """

    changed = Signal()
    """Playing, paused, stopped, or whether anything can be played."""

    moved = Signal(float)
    """Seconds into the song, some 25 times a second while it plays, and after every jump."""

    failed = Signal(object)
    """A :class:`Problem`: the song could not be played, or not to its end."""

    def __init__(
        self,
        volume: int = 100,
        make: Make = players.Player,
        look: Callable[[], Problem | None] = players.output_problem,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.trouble: Problem | None = None
        self._make, self._look_for_output = make, look
        self._path: Path | None = None
        self._length_s = 0.0
        self._at_s, self._playing, self._number = 0.0, False, 0
        self._gain = _gain(volume)
        self._sounding: tuple[int, PlayerProtocol] | None = None
        self._orders: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._ticker = QTimer(self, interval=CURSOR_MS)
        self._ticker.timeout.connect(lambda: self.moved.emit(self.position_s))

    # what is

    @property
    def path(self) -> Path | None:
        """The song."""
        return self._path

    @property
    def playing(self) -> bool:
        """True while it sounds, or is about to."""
        return self._playing

    @property
    def begun(self) -> bool:
        """True while playing, and while it waits somewhere after its beginning."""
        return self._playing or self._at_s > 0

    @property
    def position_s(self) -> float:
        """Seconds into the song of what is heard, or where playing would go on."""
        place = self._at_s
        sounding = self._sounding
        if self._playing and sounding is not None and sounding[0] == self._number:
            place = sounding[1].position_s
        return min(place, self._length_s) if self._length_s else place

    # what can be done

    def look(self) -> None:
        """Find out whether there is anything to play through; ``changed`` follows when that is new."""
        self._order(_Looked(None))

    def choose(self, path: Path | None, length_s: float = 0.0) -> None:
        """Get another song ready; the one before stops."""
        if path == self._path:
            self._length_s = length_s or self._length_s
            return
        self._stop(0.0)
        self._path, self._length_s = path, length_s
        if self.trouble is not None:
            self.look()  # somebody may have connected a loudspeaker meanwhile
        self.changed.emit()
        self.moved.emit(0.0)

    def toggle(self) -> None:
        """Play, or pause."""
        if self._playing:
            self._stop(self.position_s)
            self.changed.emit()
            self.moved.emit(self._at_s)
        else:
            self._play(self._at_s)

    def seek(self, seconds: float) -> None:
        """Go somewhere; it goes on playing there when it plays."""
        place = max(0.0, min(seconds, self._length_s or seconds))
        if self._playing:
            self._play(place)
        else:
            self._at_s = place
            self.changed.emit()
        self.moved.emit(place)

    def step(self, seconds: float) -> None:
        """Go forward, or back with a negative number."""
        self.seek(self.position_s + seconds)

    def set_volume(self, per_cent: int) -> None:
        """Change the volume, at once."""
        self._gain = _gain(per_cent)
        if self._sounding is not None:
            self._sounding[1].gain = self._gain

    def close(self) -> None:
        """Stop, and wait until the device is closed, but not for ever."""
        self._ticker.stop()
        self._bridge.close()
        self._playing = False
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join(_CLOSING_S)
            self._thread = None

    # in the window's thread

    def _play(self, from_s: float) -> None:
        if self._path is None:
            return
        self._number += 1
        self._at_s, self._playing = from_s, True
        self._order(_Play(self._path, from_s, self._number))
        self._ticker.start()
        self.changed.emit()

    def _stop(self, at_s: float) -> None:
        was, self._playing, self._at_s = self._playing, False, at_s
        self._ticker.stop()
        if was:
            self._number += 1
            self._order("stop")

    def _arrived(self, event: object) -> None:
        if isinstance(event, _Looked):
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

    def _order(self, order: object) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="playback", daemon=True)
            self._thread.start()
        self._orders.put(order)

    # in the thread that opens and closes devices

    def _serve(self) -> None:
        orders: list[object] = []
        while None not in orders:
            orders = [self._orders.get()]
            while not self._orders.empty():
                orders.append(self._orders.get())
            moves = [order for order in orders if not isinstance(order, _Looked)]
            if moves:
                self._obey(moves[-1])
            if len(moves) < len(orders):
                self._bridge(_Looked(self._look_for_output()))

    def _obey(self, order: object) -> None:
        sounding, self._sounding = self._sounding, None
        if sounding is not None:
            sounding[1].stop()
        if isinstance(order, _Play):
            player = self._make(partial(self._ended, order.number))
            player.gain = self._gain
            player.play(order.path, order.from_s)
            self._sounding = (order.number, player)

    def _ended(self, number: int, problem: Problem | None) -> None:
        self._bridge(_Ended(number, problem))


def _gain(per_cent: int) -> float:
    return (per_cent / 100.0) ** 2  # hearing is closer to this than to a straight line
