"""Names of metrics per genre as MLflow accepts them: ``per_genre/R_x26_B/recall``.

MLflow takes letters of any script, digits and ``_ - . space /`` (on Windows no colon), 250 of them at most, and names
that are a path in its shortest form: a genre called ``Rock/``, ``A//B`` or ``..`` would be refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

LONGEST = 200
"""Characters of one part of a name; longer ones are cut and end in a digest."""

_DIGEST = 12
_OTHER = re.compile(r"[^\w\-. ]+|^(?=$)|^\.+$|_(?=x)")
"""What is escaped: other characters, the empty text, dots alone (a path has them), and what looks like an escape."""
_ESCAPE = re.compile(r"_x([0-9a-f-]*)_")
_RECALL = re.compile(r"per_genre/(.+)/recall")


def encode(label: str) -> str:
    """Return a genre as one part of a metric's name; :func:`decode` reads it, unless it was cut."""
    part = _OTHER.sub(lambda found: f"_x{'-'.join(f'{ord(c):x}' for c in found[0])}_", label)
    if len(part) <= LONGEST:
        return part
    digest = hashlib.sha256(label.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGEST]
    return f"{part[: LONGEST - _DIGEST - 1]}-{digest}"


def decode(part: str) -> str:
    """Return the genre of a part; one that version 0.1.0 wrote, with ``_`` for other characters, as it is."""
    try:
        return _ESCAPE.sub(_characters, part)
    except (OverflowError, ValueError):
        return part


def recalls(metrics: Mapping[str, float]) -> dict[str, float]:
    """Return the recall of each genre among the metrics of a run; the genre itself may contain ``/`` in older ones."""
    found = {}
    for name, value in metrics.items():
        match = _RECALL.fullmatch(name)
        if match is not None:
            found[decode(match[1])] = value
    return found


def _characters(escape: re.Match[str]) -> str:
    text = "".join(chr(int(code, 16)) for code in escape[1].split("-") if code)
    text.encode()  # half a surrogate pair is no text: UnicodeEncodeError is a ValueError
    return text
