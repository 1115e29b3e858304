"""Names of files that are made from other text, such as that of a genre."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from genre_desktop.core.quoting.controls import CONTROL

_FORBIDDEN = re.compile(f'[<>:"/\\\\|?*]|{CONTROL.pattern}')
"""What no name on Windows may contain, since a USB stick may be used there, and control characters."""

_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(\.|$)")
"""Names that Windows reserves for devices, whatever follows a full stop."""

_LONGEST = 100
_LONGEST_BYTES = 200
"""File systems take 255; a number, the suffix and that of a temporary file are added."""


def file_names(texts: Iterable[str], suffix: str) -> dict[str, str]:
    """Return a file name for each text, different ones also where upper and lower case are the same."""
    taken: set[str] = set()
    names = {}
    for text in texts:
        stem = _stem(text)
        name, number = stem, 1
        while _folded(name) in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(_folded(name))
        names[text] = name + suffix
    return names


def _stem(text: str) -> str:
    stem = _FORBIDDEN.sub("-", text).strip(". ")[:_LONGEST]
    stem = stem.encode()[:_LONGEST_BYTES].decode("utf-8", "ignore").rstrip(". ") or "-"
    return _DEVICES.sub(r"\1-\2", stem) if _DEVICES.match(stem) else stem


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
