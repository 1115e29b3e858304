"""How genres are called in the window."""

from __future__ import annotations

from genre_desktop.app.i18n.translate import mark, tr

_WORDS = {
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
    """A genre for people: the ten in their language, a person's own as they wrote it."""
    return tr(_WORDS[genre]) if genre in _WORDS else genre
