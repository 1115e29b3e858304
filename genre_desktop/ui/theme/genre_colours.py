"""A colour for each genre, told apart by colour-blind people too; never used without the name.

The ten were found by simulated annealing (CIEDE2000 between all pairs, as seen with normal
sight and through Machado, Oliveira & Fernandes 2009 for protanopia, deuteranopia and
tritanopia): the nearest two are 16 apart whoever looks. A test keeps them 15 apart.
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
"""For stretches without an answer."""


def colour_of(genre: str) -> str:
    """The genre's colour; a person's own genres get one of the ten, always the same."""
    if not genre:
        return NO_GENRE
    colours = tuple(GENRE_COLOURS.values())
    return GENRE_COLOURS.get(genre.lower()) or colours[crc32(genre.lower().encode()) % len(colours)]
