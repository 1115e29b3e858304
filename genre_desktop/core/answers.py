"""Answers as text and back, so that a stored row is as good as a fresh one."""

from __future__ import annotations

import json
from typing import Any

from genre_desktop.core.errors import Problem
from genre_desktop.core.requests import Analysis
from genre_desktop.core.types import Answer, GenreScore, ModelRef, Segment


def storable(text: str) -> str:
    """Text that a database and a UTF-8 file accept: undecodable bytes of a file name become ``\\udcXX``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def dump(analysis: Analysis) -> str:
    """The answer as JSON, whole but for the feature row; the picture is left out."""
    answer = analysis.answer
    document = answer.to_dict() | {
        "duration_s": answer.duration_s,
        "elapsed_ms": answer.elapsed_ms,
        "probabilities": [score.to_dict() for score in answer.probabilities],
        "clip_hash": answer.clip_hash,
        "feature_version": answer.feature_version,
        "prediction_id": analysis.prediction_id,
    }
    if answer.model is not None:
        document["model"] |= {"family": answer.model.family, "because": answer.model.because}
    return json.dumps(document)  # ASCII: a lone surrogate of a file name survives as an escape


def restore(text: str) -> Analysis:
    """The inverse of :func:`dump`.

    Raises
    ------
    ValueError, KeyError, TypeError
        The text is not what :func:`dump` writes.
    """
    row: dict[str, Any] = json.loads(text)
    answer = Answer(
        path=row["path"],
        genre=row["genre"] or "",
        confidence=row["confidence"] or 0.0,
        top=_scores(row["top"]),
        unusual=row["unusual"],
        segments=tuple(Segment(**segment) for segment in row["segments"]),
        model=ModelRef(**row["model"]) if row["model"] else None,
        duration_s=row["duration_s"],
        elapsed_ms=row["elapsed_ms"],
        error=Problem(**row["error"]) if row["error"] else None,
        warnings=tuple(row["warnings"]),
        probabilities=_scores(row["probabilities"]),
        clip_hash=row["clip_hash"],
        feature_version=row["feature_version"],
    )
    return Analysis(answer, prediction_id=row["prediction_id"])


def _scores(rows: list[dict[str, Any]]) -> tuple[GenreScore, ...]:
    return tuple(GenreScore(**row) for row in rows)
