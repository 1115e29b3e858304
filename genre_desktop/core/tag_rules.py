"""Rules that decide which genre is written into the tags of which file."""

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
    """Return the name of a genre in files and playlists: standard names for the ten, others unchanged."""
    return STANDARD.get(genre, genre)


@dataclass(frozen=True, slots=True)
class TaggableSong:
    """An answered file: its genre (the user's correction, else the model's) and the confidence.

    Attributes
    ----------
    confidence:
        0 to 1.
    own_word:
        True for a genre that the user confirmed or corrected, which needs no confidence.
    clip_hash:
        Content hash when it was answered.
    """

    path: str
    genre: str
    confidence: float = 0.0
    own_word: bool = False
    duration_s: float | None = None
    clip_hash: str = ""

    def sure(self, minimum: float) -> bool:
        """Return whether the genre is certain enough to be written into files."""
        return self.own_word or self.confidence >= minimum


@dataclass(frozen=True, slots=True)
class CurrentTag:
    """The genre in a file's tags, or the problem that prevents one."""

    path: str
    genre: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A file and the genre to write; ``clip_hash`` detects that the file is another song by now."""

    path: str
    genre: str
    clip_hash: str = ""


def same(now: str, wanted: str) -> bool:
    """Return whether two genres are equal except for their spelling."""
    return label_key(now) == label_key(wanted)


def proposed(song: TaggableSong, now: CurrentTag, minimum: float, *, replace: bool) -> bool:
    """Return whether a file is selected by default.

    Not without a genre (speech, noise), if its tags cannot be written or have this genre already, or if the
    answer is unsure. An existing genre is only replaced with ``replace``, or by a genre that the user gave.
    """
    if not song.genre or now.problem is not None or same(now.genre, song.genre):
        return False
    return song.sure(minimum) and (not now.genre or replace or song.own_word)
