"""Fake players whose playback tests control."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from genre_desktop.core.errors import Problem

SILENT = Problem(
    "no-output-device/made-up",
    title="No audio output device found",
    reason="No device.",
    hint="Connect one.",
)


class Deck:
    """Records all created players in order, and simulates a missing output."""

    def __init__(self) -> None:
        self.players: list[Turntable] = []
        self.trouble: Problem | None = None
        self.opening = threading.Event()
        self.opening.set()

    def make(self, on_end: Callable[[Problem | None], None]) -> Turntable:
        assert threading.current_thread().name == "playback"  # not the GUI thread
        assert self.opening.wait(20)
        self.players.append(Turntable(on_end))
        return self.players[-1]

    @property
    def log(self) -> list[tuple[str, float]]:
        return [(player.path.name, player.from_s) for player in self.players]


class Turntable:
    def __init__(self, on_end: Callable[[Problem | None], None]) -> None:
        self.gain = 1.0
        self.end = on_end
        self.stopped = False
        self.position_s = 0.0

    def play(self, path: Path | None = None, from_s: float | None = None) -> None:
        assert path is not None
        self.path, self.from_s = path, from_s or 0.0
        self.position_s = self.from_s

    def stop(self) -> None:
        self.stopped = True
