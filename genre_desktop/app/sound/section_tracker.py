"""Sections of live sound: stretches between answers, joined while genre and kind stay the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from genre_desktop.audio.capture.gaps import Gap
from genre_desktop.core.live import LEAST_TAG, STEADY_S, LiveAnswer
from genre_desktop.core.types import Kind, Segment, TagScore

_ROUNDING_S = 0.1
"""By how much an answer may end after the gap that follows it: windows end on a grid, and resampling is late."""

_ADJACENT_S = 0.01
"""Greatest distance of adjacent stretches, as in :func:`.types.join_segments`."""

Stretch = tuple[LiveAnswer, float, float]
"""An answer, and from when to when it holds, on the clock of live windows."""


def stretches(one: LiveAnswer, two: LiveAnswer, gaps: Sequence[Gap]) -> list[Stretch]:
    """Return the stretch between two answers, or what is before and after the gaps in it."""
    inside = [g for g in gaps if one.ended_s <= g.start_s + _ROUNDING_S and g.end_s < two.ended_s]
    if not inside:
        return [(one, one.ended_s, two.ended_s)]
    before, after = inside[0].start_s, inside[-1].end_s
    return [(one, min(one.ended_s, before), before), (two, after, two.ended_s)]


def segment(answer: LiveAnswer, start_s: float, end_s: float) -> Segment:
    """Return a stretch as a segment of the timeline."""
    genre, probability = (answer.top[0].genre, answer.top[0].probability) if answer.top else ("", 0.0)
    kind: Kind = "music" if answer.heard == "beginning" else answer.heard
    return Segment(start_s, end_s, genre, probability, kind)


@dataclass(slots=True)
class Section:
    """A section so far; times on the clock of live windows, confidence and tags averaged over what it consists of."""

    start_s: float
    genre: str
    kind: Kind
    end_s: float = 0.0
    _heard_s: float = 0.0
    _weighted: float = 0.0
    _tags: dict[str, float] = field(default_factory=dict)

    @property
    def duration_s(self) -> float:
        """Seconds so far."""
        return self.end_s - self.start_s

    @property
    def confidence(self) -> float:
        """Mean probability of the genre, 0 to 1; 0 without one."""
        return self._weighted / max(self._heard_s, 1e-9)

    @property
    def tags(self) -> tuple[TagScore, ...]:
        """The prominent tags, highest first."""
        means = ((tag, score / max(self._heard_s, 1e-9)) for tag, score in self._tags.items())
        found = [TagScore(tag, score) for tag, score in means if score >= LEAST_TAG]
        return tuple(sorted(found, key=lambda score: (-score.score, score.tag)))

    def is_alike(self, segment: Segment) -> bool:
        """Return whether a segment has the same genre or kind."""
        return (self.genre, self.kind) == (segment.genre, segment.kind)

    def extend(self, segment: Segment, tags: Sequence[TagScore]) -> None:
        """Append a segment of the same genre or kind."""
        seconds = segment.end_s - segment.start_s
        self.end_s = segment.end_s
        self._heard_s += seconds
        self._weighted += segment.probability * seconds
        for score in tags:
            self._tags[score.tag] = self._tags.get(score.tag, 0.0) + score.score * seconds


class SectionTracker:
    """Finds the sections of a stream of answers.

    A section begins with the first answer of another genre or kind, once that has lasted for :data:`.live.STEADY_S`
    and the answer is not preliminary; shorter changes are part of the section around them. A gap ends a section.
    """

    def __init__(self) -> None:
        self.current: Section | None = None
        self._candidate: Section | None = None
        self._last: LiveAnswer | None = None
        self._end_s = 0.0

    def restart(self) -> None:
        """Forget everything, after listening was off."""
        self.current = self._candidate = self._last = None

    def add(self, answer: LiveAnswer, gaps: Sequence[Gap]) -> None:
        """Add an answer, in time order, with the gaps so far; ``current`` is longer or another one afterwards."""
        before, self._last = self._last, answer
        if before is None:
            return
        for held, start_s, end_s in stretches(before, answer, gaps):
            if end_s > start_s:
                self._take(segment(held, start_s, end_s), held.tags, tentative=answer.tentative)

    def _take(self, piece: Segment, tags: Sequence[TagScore], *, tentative: bool) -> None:
        if abs(piece.start_s - self._end_s) > _ADJACENT_S:
            self.current = self._candidate = None
        self._end_s = piece.end_s
        if self.current is not None and self.current.is_alike(piece):
            self.current.extend(piece, tags)
            self._candidate = None
        elif piece.kind == "music" and not piece.genre:  # too little sound for an answer yet
            self._candidate = None
        else:
            self._extend_candidate(piece, tags, tentative=tentative)

    def _extend_candidate(self, piece: Segment, tags: Sequence[TagScore], *, tentative: bool) -> None:
        candidate = self._candidate
        if candidate is None or not candidate.is_alike(piece):
            candidate = Section(piece.start_s, piece.genre, piece.kind)
        candidate.extend(piece, tags)
        stable = candidate.duration_s >= STEADY_S and not tentative
        self.current = candidate if stable else self.current
        self._candidate = None if stable else candidate
