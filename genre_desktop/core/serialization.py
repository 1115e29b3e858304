"""Serialize answers as JSON and named arrays as one reproducible file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import dumps, loads
from genre_desktop.core.own_files.reader import parse_json
from genre_desktop.core.paths import write_atomically
from genre_desktop.core.types import Analysis, Answer, GenreScore, ModelRef, Segment, SongTags, TagScore

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Equal arrays give equal bytes, so no clock goes into the archive.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def surrogate_safe(text: str) -> str:
    """Return text that can be encoded as UTF-8: undecodable bytes of a file name become ``\\udcXX``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def dump(analysis: Analysis) -> str:
    """Return the answer as JSON, without feature row and spectrogram."""
    answer = analysis.answer
    document = answer.to_dict() | {
        "error": answer.error.to_document() if answer.error else None,
        "duration_s": answer.duration_s,
        "elapsed_ms": answer.elapsed_ms,
        "probabilities": [score.to_dict() for score in answer.probabilities],
        "clip_hash": answer.clip_hash,
        "feature_version": answer.feature_version,
        "prediction_id": analysis.prediction_id,
    }
    if answer.model is not None:
        document["model"] |= {"family": answer.model.family, "because": dumps(answer.model.because)}
    document["warnings"] = [dumps(warning) for warning in answer.warnings]
    return json.dumps(document)  # ASCII: a lone surrogate of a file name survives as an escape


def restore(text: str) -> Analysis:
    """Return the analysis that :func:`dump` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        The text is not what :func:`dump` writes.
    """
    try:
        return _restored(parse_json(text))
    except (
        AttributeError,
        IndexError,
        OverflowError,
        RecursionError,
    ) as error:  # values of other types, deep nesting
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _restored(row: dict[str, Any]) -> Analysis:
    answer = Answer(
        path=row["path"],
        genre=row["genre"] or "",
        confidence=row["confidence"] or 0.0,
        top=_scores(row["top"]),
        unusual=row["unusual"],
        segments=tuple(_segment(segment) for segment in row["segments"]),
        model=_model(row["model"]) if row["model"] else None,
        duration_s=row["duration_s"],
        elapsed_ms=row["elapsed_ms"],
        error=Problem.from_document(row["error"]) if row["error"] else None,
        warnings=tuple(map(loads, row["warnings"])),
        probabilities=_scores(row["probabilities"]),
        clip_hash=row["clip_hash"],
        feature_version=row["feature_version"],
        kind=row.get("kind", "music"),  # answers of 0.1.0 lack this and what follows
        tags=tuple(TagScore(**tag) for tag in row.get("tags", ())),
        style=row.get("style") or "",
        bpm=tempo(row.get("bpm")),
        key=str(row.get("key") or ""),
        song=song_tags(row),
    )
    return Analysis(answer, prediction_id=row["prediction_id"])


def tempo(value: Any) -> float | None:
    """Return a stored tempo; ``ValueError`` or ``TypeError`` for anything but a number or None."""
    return None if value is None else float(value)


def song_tags(row: Mapping[str, Any]) -> SongTags:
    """Return the tags of a file from the fields of :meth:`.SongTags.to_dict`, which older versions lack."""
    return SongTags(*(str(row.get(name) or "") for name in ("title", "artist", "album", "file_genre")))


def _model(row: dict[str, Any]) -> ModelRef:
    return ModelRef(**{**row, "because": loads(row["because"])})


def _segment(row: dict[str, Any]) -> Segment:
    return Segment(**{**row, "genre": row["genre"] or ""})


def _scores(rows: list[dict[str, Any]]) -> tuple[GenreScore, ...]:
    return tuple(GenreScore(**row) for row in rows)


def pack_arrays(arrays: Mapping[str, NDArray[Any]]) -> memoryview:
    """Return ``arrays`` as the compressed file that :func:`write_arrays` writes; equal arrays give equal bytes.

    Raises
    ------
    ValueError
        An array holds objects.
    """
    from numpy.lib.format import write_array

    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=array.nbytes >= zipfile.ZIP64_LIMIT) as part:
                write_array(part, array, allow_pickle=False)
    return buffer.getbuffer()


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``arrays`` compressed and atomically; ``numpy.load(path, allow_pickle=False)`` reads them.

    Raises
    ------
    ValueError
        An array holds objects.
    """
    write_atomically(path, pack_arrays(arrays))
