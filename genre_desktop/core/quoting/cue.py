"""Text in cue sheets, whose format has quotation marks but no way to write one inside of them."""

from __future__ import annotations

from genre_desktop.core.quoting.controls import printable


def quoted(text: str) -> str:
    """Return ``text`` in quotation marks, on one line, with apostrophes in place of those inside."""
    return '"' + printable(text).replace('"', "'") + '"'
