"""Which genre goes into which file's tags: the rules, without files and without Qt."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.core.errors import Problem
from genre_desktop.core.labels import label_key

STANDARD: dict[str, str] = {
    "blues": "Blues", "classical": "Classical", "country": "Country", "disco": "Disco", "hiphop": "Hip-Hop",
    "jazz": "Jazz", "metal": "Metal", "pop": "Pop", "reggae": "Reggae", "rock": "Rock",
}  # fmt: skip
"""The ten genres as ID3 spells them, which players sort by; never translated."""


def tag_name(genre: str) -> str:
    """How a genre is written into files and playlists: the ten as players know them, others as they are."""
    return STANDARD.get(genre, genre)


@dataclass(frozen=True, slots=True)
class TaggableSong:
    """An answered file: the genre that counts (the person's word before the model's) and how sure it is.

    Attributes
    ----------
    confidence:
        0 to 1.
    own_word:
        True when the person said so; that needs no confidence.
    clip_hash:
        Its sound when it was answered.
    """

    path: str
    genre: str
    confidence: float = 0.0
    own_word: bool = False
    duration_s: float | None = None
    clip_hash: str = ""

    def sure(self, minimum: float) -> bool:
        """True when the genre is good enough to leave the program."""
        return self.own_word or self.confidence >= minimum


@dataclass(frozen=True, slots=True)
class CurrentTag:
    """What was found in a file: its genre in words, or why it cannot have one."""

    path: str
    genre: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One file and the genre its tags are to have; ``clip_hash`` guards against another song by now."""

    path: str
    genre: str
    clip_hash: str = ""


def same(now: str, wanted: str) -> bool:
    """Whether a file's genre says ``wanted`` already, in whatever spelling."""
    return label_key(now) == label_key(wanted)


def proposed(song: TaggableSong, now: CurrentTag, minimum: float, *, replace: bool) -> bool:
    """Whether a file is ticked before the person decides.

    Files that say so already, or cannot be written, never; unsure answers not; and a genre that
    somebody gave the file before is only replaced when that was asked for, or by the person's own word.
    """
    if now.problem is not None or same(now.genre, song.genre):
        return False
    return song.sure(minimum) and (not now.genre or replace or song.own_word)
