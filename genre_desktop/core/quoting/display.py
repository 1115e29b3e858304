"""Text from elsewhere as a window shows it: without control characters, and no wider than there is room for."""

from __future__ import annotations

import re

from genre_desktop.core.quoting.controls import printable, printable_lines

LONGEST_NAME = 40
"""Letters of a genre or tag that are shown."""

_MARKS = re.compile("[\u061c\u200e\u200f]")

_LONG_WORD = re.compile(r"[^\s/\\]{49,}")
"""A word that no line break divides; it would make a label, and so the window, as wide as itself."""


def shown(text: str) -> str:
    """Return ``text`` with escapes in place of control characters, and its longest words cut in the middle.

    Marks of a direction, which are invisible and part of many a name in Hebrew or Arabic, are left out.
    """
    text = printable_lines(_MARKS.sub("", text))
    return _LONG_WORD.sub(_cut, text) if len(text) > 48 else text


def shown_name(name: str) -> str:
    """Return the name of a genre or tag on one line, cut at its end."""
    name = printable(_MARKS.sub("", name))
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _cut(found: re.Match[str]) -> str:
    return f"{found[0][:30]}…{found[0][-14:]}"
