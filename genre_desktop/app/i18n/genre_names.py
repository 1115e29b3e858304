"""Display names of genres."""

from __future__ import annotations

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.quoting.display import shown, shown_name
from genre_desktop.core.types import Kind

_NAMES = {
    "blues": mark("Blues"),
    "classical": mark("Classical"),
    "country": mark("Country"),
    "disco": mark("Disco"),
    "hiphop": mark("Hip-Hop"),
    "jazz": mark("Jazz"),
    "metal": mark("Metal"),
    "pop": mark("Pop"),
    "reggae": mark("Reggae"),
    "rock": mark("Rock"),
}

_KINDS: dict[str, str] = {
    "music": mark("Music"),
    "speech": mark("Speech"),
    "noise": mark("Noise"),
    "silence": mark("Silence"),
}


def genre_name(genre: str) -> str:
    """Return the display name: translated for the ten genres, :func:`.shown_name` for the user's own."""
    return tr(_NAMES[genre]) if genre in _NAMES else shown_name(genre)


def whole_genre_name(genre: str) -> str:
    """Return the display name for a tool tip, where there is room for a long one."""
    return tr(_NAMES[genre]) if genre in _NAMES else shown(genre)


def kind_name(kind: Kind) -> str:
    """Return the display name of a kind of sound."""
    return tr(_KINDS[kind])


def genre_or_kind_name(name: str) -> str:
    """Return the display name of a cell of the genre column: a genre, or a kind of sound without one."""
    return tr(_KINDS[name]) if name in _KINDS else genre_name(name)
