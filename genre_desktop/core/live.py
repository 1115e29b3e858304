"""Data types of live mode, and the smoothing of its answers."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from genre_desktop.core.errors import Problem
from genre_desktop.core.types import GenreScore, ModelRef, TagScore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Heard = Literal["music", "speech", "noise", "silence", "beginning"]
"""``beginning``: sound, but too few seconds of it to classify."""

FIRST_S = 3.0
"""Seconds of sound since the start or the last pause before it is classified."""

TENTATIVE_S = 9.5
"""Windows shorter than this give a first, tentative answer."""

SMOOTHING_S = 4.0
"""Time constant of the exponential average over answers."""

STEADY_S = 5.0
"""Seconds for which a genre must lead by :data:`STEADY_LEAD` to be marked steady."""

STEADY_LEAD = 0.10
"""Least difference of probability between the first and second genre of a steady answer."""

LEAST_TAG = 0.1
"""Least average score of a tag that is shown, so that one of a single window soon disappears."""

RESET_S = 6.0
"""Seconds of silence, speech or noise after which the average restarts."""


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
        Position of the last sample on the clock of the capture, which counts missing sound too, seconds.
    remember:
        Name under which the reading is stored as a prediction; empty for most windows, because they
        overlap.
    first:
        Number of the first sample of all that were captured, which lets windows of equal length that start
        whole frames apart share their frames; None computes each window on its own.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    ended_s: float
    remember: str = ""
    first: int | None = None


@dataclass(frozen=True, slots=True)
class LiveReading:
    """The result for one window: music with probabilities, or sound without a genre.

    Attributes
    ----------
    elapsed_ms:
        Wall time from the arrival at the worker to the reading; depends on the load of the computer.
    work_ms:
        Processor time of the worker process, all threads.
    """

    heard: Heard
    ended_s: float
    length_s: float
    probabilities: tuple[GenreScore, ...] = ()
    model: ModelRef | None = None
    elapsed_ms: float = 0.0
    error: Problem | None = None
    work_ms: float = 0.0
    tags: tuple[TagScore, ...] = ()

    @property
    def tentative(self) -> bool:
        """True while the window is still filling."""
        return self.length_s < TENTATIVE_S


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """The current display of live mode.

    ``top`` is empty before music starts, in speech, noise and silence.
    """

    heard: Heard
    top: tuple[GenreScore, ...] = ()
    steady: bool = False
    tentative: bool = False
    ended_s: float = 0.0
    model: ModelRef | None = None
    tags: tuple[TagScore, ...] = ()


@dataclass(slots=True)
class Smoother:
    """Averages readings exponentially in time and detects when the answer is steady.

    A tag that a reading lacks counts as 0 there.
    """

    history: deque[LiveAnswer] = field(default_factory=lambda: deque(maxlen=1200))
    _mean: dict[str, float] = field(default_factory=dict)
    _tags: dict[str, float] = field(default_factory=dict)
    _music_s: float = -math.inf
    _leader: str = ""
    _since_s: float = 0.0

    def add(self, reading: LiveReading) -> LiveAnswer:
        """Add one reading, in time order; return what to show."""
        answer = self._music(reading) if reading.heard == "music" else self._other(reading)
        self.history.append(answer)
        return answer

    def reset(self) -> None:
        """Restart after a change of device or a new start of listening."""
        self.history.clear()
        self._reset_average()

    def _reset_average(self) -> None:
        self._mean, self._tags, self._leader, self._music_s = {}, {}, "", -math.inf

    def _other(self, reading: LiveReading) -> LiveAnswer:
        if reading.ended_s - self._music_s > RESET_S:
            self._reset_average()
        return LiveAnswer(reading.heard, ended_s=reading.ended_s)

    def _music(self, reading: LiveReading) -> LiveAnswer:
        self._blend(reading)
        top = tuple(GenreScore(genre, probability) for genre, probability in _ranked(self._mean)[:3])
        tags = tuple(TagScore(tag, score) for tag, score in _ranked(self._tags) if score >= LEAST_TAG)
        steady = self._is_steady(top, reading)
        return LiveAnswer("music", top, steady, reading.tentative, reading.ended_s, reading.model, tags)

    def _blend(self, reading: LiveReading) -> None:
        new = {score.genre: score.probability for score in reading.probabilities}
        tags = {score.tag: score.score for score in reading.tags}
        if self._mean.keys() != new.keys():  # the first one, or another model with other labels
            self._mean, self._tags = new, tags
        else:
            elapsed = max(0.0, reading.ended_s - self._music_s)
            keep = math.exp(-elapsed / SMOOTHING_S)
            self._mean = _averaged(self._mean, new, keep)
            self._tags = _averaged(self._tags, tags, keep)
        self._music_s = reading.ended_s

    def _is_steady(self, top: tuple[GenreScore, ...], reading: LiveReading) -> bool:
        clear = len(top) < 2 or top[0].probability - top[1].probability >= STEADY_LEAD
        if not clear or top[0].genre != self._leader:
            self._leader = top[0].genre if clear else ""
            self._since_s = reading.ended_s
        return clear and not reading.tentative and reading.ended_s - self._since_s >= STEADY_S


def _averaged(mean: dict[str, float], new: dict[str, float], keep: float) -> dict[str, float]:
    return {
        name: keep * mean.get(name, 0.0) + (1 - keep) * new.get(name, 0.0)
        for name in mean.keys() | new.keys()
    }


def _ranked(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
