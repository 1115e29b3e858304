"""Names of keys, and tempo and key in one line."""

from __future__ import annotations

from genre_desktop.app.i18n.translate import decimal, mark, tr
from genre_desktop.core.music.keys import camelot
from genre_desktop.core.types import Answer

_NAMES = (
    mark("C major"),
    mark("D♭ major"),
    mark("D major"),
    mark("E♭ major"),
    mark("E major"),
    mark("F major"),
    mark("F♯ major"),
    mark("G major"),
    mark("A♭ major"),
    mark("A major"),
    mark("B♭ major"),
    mark("B major"),
    mark("C minor"),
    mark("C♯ minor"),
    mark("D minor"),
    mark("E♭ minor"),
    mark("E minor"),
    mark("F minor"),
    mark("F♯ minor"),
    mark("G minor"),
    mark("G♯ minor"),
    mark("A minor"),
    mark("B♭ minor"),
    mark("B minor"),
)


def key_name(name: str) -> str:
    """Return the name of a key, as answers have it, in the language of the window; empty for any other text."""
    return tr(name) if name in _NAMES else ""


def key_cell(name: str) -> str:
    """Return text such as ``8A · A minor``, which begins with what it is sorted by; empty where nothing is known."""
    return " · ".join(part for part in (camelot(name), key_name(name)) if part)


def key_words(name: str) -> frozenset[str]:
    """Return the case-folded words by which a search finds a key: its names and its Camelot code."""
    return frozenset(f"{name} {key_name(name)} {camelot(name)}".casefold().split())


def tempo_and_key(answer: Answer) -> str:
    """Return text such as ``120.0 BPM · A minor · 8A``, with what is known; empty where nothing is."""
    tempo = "" if answer.bpm is None else tr("{tempo} BPM", tempo=decimal(answer.bpm))
    return " · ".join(part for part in (tempo, key_name(answer.key), camelot(answer.key)) if part)
