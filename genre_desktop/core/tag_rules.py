"""Rules that decide which genres and moods, tempo and key are written into the tags of which file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from genre_desktop.core.errors import Problem
from genre_desktop.core.labels import label_key
from genre_desktop.core.music.keys import tempo_tag

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
        0 to 1; None for a genre that the user corrected.
    own_word:
        True for a genre that the user confirmed or corrected, which needs no confidence.
    clip_hash:
        Content hash when it was answered.
    styles, moods:
        The words for its listener tags of these groups.
    unnamed_style:
        True if it is of a style that none of the model's genres names, so that its genre is only the nearest.
    bpm, key:
        Tempo and key as tag fields spell them; empty where they are unknown.
    """

    path: str
    genre: str
    confidence: float | None = None
    own_word: bool = False
    duration_s: float | None = None
    clip_hash: str = ""
    styles: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    unnamed_style: bool = False
    bpm: str = ""
    key: str = ""

    def sure(self, minimum: float) -> bool:
        """Return whether the genre is certain enough to be written into files."""
        return self.own_word or ((self.confidence or 0.0) >= minimum and not self.unnamed_style)


@dataclass(frozen=True, slots=True)
class TagRule:
    """What the user wants to be written.

    Attributes
    ----------
    minimum:
        Least confidence of a genre, 0 to 1.
    replace:
        Also replace what a file has already.
    styles:
        Write the styles after the genre, and instead of a genre that is only the nearest.
    moods:
        Write the moods.
    tempo_key:
        Write tempo and key.
    """

    minimum: float = 0.0
    replace: bool = False
    styles: bool = False
    moods: bool = False
    tempo_key: bool = False


@dataclass(frozen=True, slots=True)
class CurrentTag:
    """What is in the written fields of a file's tags, or the problem that prevents writing."""

    path: str
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    problem: Problem | None = None
    bpm: str = ""
    key: str = ""

    @property
    def genre(self) -> str:
        """The genres as one text."""
        return ", ".join(self.genres)


@dataclass(frozen=True, slots=True)
class Edit:
    """A file and what to write; a field without values stays as it is.

    ``clip_hash`` detects that the file is another song by now.
    """

    path: str
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    clip_hash: str = ""
    bpm: str = ""
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.genres or self.moods or self.bpm or self.key)


def same(now: Sequence[str], wanted: Sequence[str]) -> bool:
    """Return whether two fields are equal except for their spelling."""
    return [label_key(value) for value in now] == [label_key(value) for value in wanted]


def wanted_genres(song: TaggableSong, rule: TagRule) -> tuple[str, ...]:
    """Return the genres of a song as they are written: its genre, then its styles, each once."""
    styles = song.styles if rule.styles else ()
    nearest_only = song.unnamed_style and not song.own_word and bool(styles)
    names = styles if nearest_only else (tag_name(song.genre), *styles)
    once: dict[str, str] = {}
    for name in filter(None, names):  # what is no music has no genre
        once.setdefault(label_key(name), name)
    return tuple(once.values())


def wanted_moods(song: TaggableSong, rule: TagRule) -> tuple[str, ...]:
    """Return the moods of a song as they are written."""
    return song.moods if rule.moods else ()


def possible(song: TaggableSong, now: CurrentTag, rule: TagRule) -> Edit:
    """Return everything that can be written into a file and is not in it yet, however unsure."""
    if now.problem is not None:
        return Edit(song.path)
    genres, moods = wanted_genres(song, rule), wanted_moods(song, rule)
    return Edit(
        song.path,
        () if same(now.genres, genres) else genres,
        () if same(now.moods, moods) else moods,
        song.clip_hash,
        "" if not rule.tempo_key or _rounded(now.bpm) == song.bpm else song.bpm,
        "" if not rule.tempo_key or same([now.key], [song.key]) else song.key,
    )


def proposed(song: TaggableSong, now: CurrentTag, rule: TagRule) -> Edit:
    """Return what is written into a file unless the user decides otherwise.

    No genre if the answer is unsure. Genres and moods in the file are only extended, tempo and key in it stay,
    unless the rule is to replace them or the user gave the genre.
    """
    edit = possible(song, now, rule)
    if not _sure(song, rule) or (_loses(now.genres, edit.genres) and not (rule.replace or song.own_word)):
        edit = replace(edit, genres=())
    if _loses(now.moods, edit.moods) and not rule.replace:
        edit = replace(edit, moods=())
    if _rounded(now.bpm) not in ("", "0") and not rule.replace:  # players write 0 for an unknown tempo
        edit = replace(edit, bpm="")
    return replace(edit, key="") if now.key and not rule.replace else edit


def _rounded(tempo: str) -> str:
    """Return a tempo in a file as a whole number, or the text that is none."""
    try:
        return tempo_tag(float(tempo))
    except (ValueError, OverflowError):
        return tempo


def _sure(song: TaggableSong, rule: TagRule) -> bool:
    return song.sure(rule.minimum) or (song.unnamed_style and rule.styles and bool(song.styles))


def _loses(now: Sequence[str], wanted: Sequence[str]) -> bool:
    return not set(map(label_key, now)) <= set(map(label_key, wanted))
