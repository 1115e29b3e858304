"""Lines of a live log."""

from __future__ import annotations

from typing import Any

from genre_desktop.core.listening.section import LoggedSection, TakePosition
from genre_desktop.core.types import TagScore

BEGAN = 1_760_000_000.0
"""When listening began."""


def line(offset_s: float, genre: str = "rock", duration_s: float = 60.0, **changes: Any) -> LoggedSection:
    """A section so many seconds after listening began; without a genre it is silence."""
    values: dict[str, Any] = {
        "id": round((BEGAN + offset_s) * 1000),
        "listening": BEGAN,
        "started": BEGAN + offset_s,
        "offset_s": offset_s,
        "duration_s": duration_s,
        "sound": "music" if genre else "silence",
        "model_genre": genre,
        "confidence": 0.75 if genre else 0.0,
        "tags": (TagScore("soul", 0.5), TagScore("70s", 0.25)) if genre else (),
    }
    return LoggedSection(**(values | changes))


def taken(seconds: float, file: str = "Take 1.flac") -> dict[str, Any]:
    """Where a section begins in a recording, for :func:`line`."""
    return {"takes": (TakePosition(file, seconds),)}
