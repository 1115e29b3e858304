"""Characters that a terminal or a window obeys instead of showing them, written as escapes."""

from __future__ import annotations

import json
import re
from typing import Any

_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
"""Bidirectional controls, with which a name can show another text than it is, and their deprecated kin."""

CONTROL = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_DIRECTIONS}]")
"""Controls of C0 and C1, separators of lines and paragraphs, and what is left of undecodable bytes."""

_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def printable(text: str) -> str:
    """Return ``text`` on one line, its control characters as escapes: ``\\n``, ``\\x1b``, ``\\u202e``, ``\\udcff``.

    Backslashes stay as they are, so that doing it twice does no harm; what is made cannot be undone.
    """
    return text if text.isprintable() else CONTROL.sub(_escaped, text)


def printable_lines(text: str) -> str:
    """Return ``text`` like :func:`printable`, but with its line breaks."""
    return "\n".join(map(printable, text.split("\n")))


def json_text(document: Any, *, indent: int | None = None) -> str:
    """Return ``document`` as JSON whose control characters are all escapes; other characters are readable.

    Raises
    ------
    ValueError
        It contains a number that is not finite.
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=indent)
    if text.isprintable():
        return text
    return CONTROL.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _SHORT.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
