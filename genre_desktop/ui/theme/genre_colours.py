"""A colour for each genre, distinguishable with colour blindness; always shown with the name.

The ten were found by simulated annealing of the CIEDE2000 distance between all pairs, for normal
vision and, by Machado, Oliveira & Fernandes 2009, for protanopia, deuteranopia and tritanopia:
the smallest distance is 16. A test requires at least 15.
"""

from __future__ import annotations

from zlib import crc32

GENRE_COLOURS: dict[str, str] = {
    "blues": "#1775E3",
    "classical": "#A4ABF3",
    "country": "#92784C",
    "disco": "#74E4D8",
    "hiphop": "#F7C99A",
    "jazz": "#97AC14",
    "metal": "#474271",
    "pop": "#E47898",
    "reggae": "#346860",
    "rock": "#8D2514",
}

NO_GENRE = "#8A92A3"
"""For segments without an answer."""

OWN_COLOURS = (
    "#3F20E5", "#D9E022", "#523235", "#746999", "#B8A073", "#C4386C", "#DC3722", "#448376", "#3E2B49", "#7E403C",
)  # fmt: skip
"""For genres of the user's own: the farthest from the ten, and from each other, of random colours; at least 8.8."""

_own: dict[str, str] = {}


def colour_of(genre: str) -> str:
    """Return a genre's colour; a genre of the user's own gets one by a hash, another if that one is taken."""
    if not genre:
        return NO_GENRE
    name = genre.lower()
    return GENRE_COLOURS.get(name) or _own.get(name) or _own.setdefault(name, _free_colour(name))


def _free_colour(name: str) -> str:
    first = crc32(name.encode()) % len(OWN_COLOURS)
    colours = OWN_COLOURS[first:] + OWN_COLOURS[:first]
    return next((each for each in colours if each not in _own.values()), colours[0])
