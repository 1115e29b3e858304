"""A line of the live log: a stretch of one genre, or without music."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.core.types import Kind, TagScore


@dataclass(frozen=True, slots=True)
class TakePosition:
    """Where a section begins in a recording: the file's name, and seconds, below 0 if it began before the recording."""

    file: str
    seconds: float


@dataclass(frozen=True, slots=True)
class LoggedSection:
    """One line of the live log.

    Attributes
    ----------
    id:
        Milliseconds since 1970 of its start, or the next free number.
    listening:
        When listening began, seconds since 1970; equal for all sections until it was stopped.
    started:
        When the section began, seconds since 1970.
    offset_s:
        Seconds from the start of listening, which a change of the computer's clock does not affect.
    model_genre, confidence:
        The model's genre and its mean probability, 0 to 1; empty and 0 unless it found music.
    tags:
        Prominent listener tags, averaged over the section, highest first.
    label:
        The genre that the user set, or empty.
    takes:
        The recordings that were made meanwhile.
    """

    id: int
    listening: float
    started: float
    offset_s: float
    duration_s: float
    sound: Kind = "music"
    model_genre: str = ""
    confidence: float = 0.0
    tags: tuple[TagScore, ...] = ()
    label: str = ""
    takes: tuple[TakePosition, ...] = ()

    @property
    def genre(self) -> str:
        """The genre to show: the user's, else the model's; empty without either."""
        return self.label or self.model_genre

    @property
    def kind(self) -> Kind:
        """What was heard; what the user gave a genre is music."""
        return "music" if self.label else self.sound

    @property
    def corrected(self) -> bool:
        """True when the user's genre differs from the model's."""
        return bool(self.label) and self.label != self.model_genre
