"""Sample answers for the stores."""

from __future__ import annotations

from typing import Any

import numpy as np

from genre_desktop.core.errors import Problem
from genre_desktop.core.types import Answer, GenreScore, ModelRef

PROBLEM = Problem("empty-file/made-up", title="Nothing to hear", reason="The file has no content.")


def answer(name: str = "a", **changes: Any) -> Answer:
    """Return an answer for the clip of this name."""
    fields: dict[str, Any] = {
        "path": f"/music/{name}.wav",
        "genre": "jazz",
        "confidence": 0.8,
        "probabilities": (GenreScore("jazz", 0.8), GenreScore("blues", 0.2)),
        "model": ModelRef("genre", "1", "champion"),
        "duration_s": 30.0,
        "elapsed_ms": 50.0,
        "clip_hash": f"hash-{name}",
        "feature_version": "1",
        "features": np.arange(3.0),
    }
    return Answer(**(fields | changes))


def failure(name: str = "broken") -> Answer:
    """Return the result for an unreadable file."""
    return Answer(f"/music/{name}.wav", error=PROBLEM)
