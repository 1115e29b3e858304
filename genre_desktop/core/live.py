"""Live mode's nouns, and how a row of short answers becomes one steady answer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import Problem
from genre_desktop.core.types import GenreScore, ModelRef

Heard = Literal["music", "speech", "silence", "beginning"]
"""``beginning``: sound, but of too few seconds to say what it is."""

FIRST_S = 3.0
"""Seconds of sound, since listening began or since the last pause, before anything is said of it."""

TENTATIVE_S = 9.5
"""Windows shorter than this give a first, tentative answer."""

SMOOTHING_S = 4.0
"""Time constant of the exponential average over answers."""

STEADY_S = 5.0
"""The same genre in front for so long, by :data:`STEADY_LEAD`, is marked steady."""

STEADY_LEAD = 0.10
"""Probability between the first and the second genre that a steady answer keeps."""

FORGET_S = 6.0
"""After so much silence or speech the average starts anew."""


@dataclass(frozen=True, slots=True)
class LiveWindow:
    """The last seconds of sound, to be classified.

    Attributes
    ----------
    samples:
        ``(n,)`` float32 mono, full scale ±1.
    sample_rate:
        Hz.
    ended_s:
        Position of the last sample on the capture's own clock, seconds.
    remember:
        Name under which the reading joins the record of predictions; empty for most windows,
        since they overlap.
    first:
        Number of the first sample on that clock. Windows of one length that begin whole frames apart share
        work; without it each is measured on its own.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    ended_s: float
    remember: str = ""
    first: int | None = None


@dataclass(frozen=True, slots=True)
class LiveReading:
    """What one window was: music with probabilities, or something that has no genre.

    Attributes
    ----------
    elapsed_ms:
        From the window's arrival at the worker to the reading, by the clock on the wall: it grows when others
        use the computer.
    work_ms:
        What the worker's process used of the processor for it, in all its threads.
    """

    heard: Heard
    ended_s: float
    length_s: float
    probabilities: tuple[GenreScore, ...] = ()
    model: ModelRef | None = None
    elapsed_ms: float = 0.0
    error: Problem | None = None
    work_ms: float = 0.0

    @property
    def tentative(self) -> bool:
        """True while the window is still filling."""
        return self.length_s < TENTATIVE_S


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """What live mode shows now.

    ``top`` is empty while it only listens: before music starts, in speech and in silence.
    """

    heard: Heard
    top: tuple[GenreScore, ...] = ()
    steady: bool = False
    tentative: bool = False
    ended_s: float = 0.0
    model: ModelRef | None = None


@dataclass(slots=True)
class Smoother:
    """Averages readings exponentially in time and says when the answer stands still."""

    history: deque[LiveAnswer] = field(default_factory=lambda: deque(maxlen=1200))
    _mean: dict[str, float] = field(default_factory=dict)
    _music_s: float = -np.inf
    _leader: str = ""
    _since_s: float = 0.0

    def add(self, reading: LiveReading) -> LiveAnswer:
        """Take in one reading, in time order, and say what to show."""
        answer = self._music(reading) if reading.heard == "music" else self._other(reading)
        self.history.append(answer)
        return answer

    def reset(self) -> None:
        """Forget everything: another device, or listening began again."""
        self.history.clear()
        self._forget()

    def _forget(self) -> None:
        self._mean, self._leader, self._music_s = {}, "", -np.inf

    def _other(self, reading: LiveReading) -> LiveAnswer:
        if reading.ended_s - self._music_s > FORGET_S:
            self._forget()
        return LiveAnswer(reading.heard, ended_s=reading.ended_s)

    def _music(self, reading: LiveReading) -> LiveAnswer:
        self._blend(reading)
        ranked = sorted(self._mean.items(), key=lambda item: (-item[1], item[0]))
        top = tuple(GenreScore(genre, probability) for genre, probability in ranked[:3])
        steady = self._is_steady(top, reading)
        return LiveAnswer("music", top, steady, reading.tentative, reading.ended_s, reading.model)

    def _blend(self, reading: LiveReading) -> None:
        new = {score.genre: score.probability for score in reading.probabilities}
        if self._mean.keys() != new.keys():  # the first one, or another model with other labels
            self._mean = new
        else:
            elapsed = max(0.0, reading.ended_s - self._music_s)
            keep = float(np.exp(-elapsed / SMOOTHING_S))
            self._mean = {g: keep * p + (1 - keep) * new[g] for g, p in self._mean.items()}
        self._music_s = reading.ended_s

    def _is_steady(self, top: tuple[GenreScore, ...], reading: LiveReading) -> bool:
        clear = len(top) < 2 or top[0].probability - top[1].probability >= STEADY_LEAD
        if not clear or top[0].genre != self._leader:
            self._leader = top[0].genre if clear else ""
            self._since_s = reading.ended_s
        return clear and not reading.tentative and reading.ended_s - self._since_s >= STEADY_S
