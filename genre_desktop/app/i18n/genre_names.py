"""Display names of genres."""

from __future__ import annotations

from genre_desktop.app.i18n.translate import mark, tr

_NAMES = {
    "blues": mark("Blues"),
    "classical": mark("Classical"),
    "country": mark("Country"),
    "disco": mark("Disco"),
    "hiphop": mark("Hip-hop"),
    "jazz": mark("Jazz"),
    "metal": mark("Metal"),
    "pop": mark("Pop"),
    "reggae": mark("Reggae"),
    "rock": mark("Rock"),
}


def genre_name(genre: str) -> str:
    """Return the display name: translated for the ten genres, unchanged for the user's own."""
    return tr(_NAMES[genre]) if genre in _NAMES else genre
