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


def colour_of(genre: str) -> str:
    """Return a genre's colour; genres of the user's own are mapped to one of the ten by a hash."""
    if not genre:
        return NO_GENRE
    colours = tuple(GENRE_COLOURS.values())
    return GENRE_COLOURS.get(genre.lower()) or colours[crc32(genre.lower().encode()) % len(colours)]
