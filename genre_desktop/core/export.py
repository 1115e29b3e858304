"""Export of results as CSV and JSON files, for the window and the command line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from genre_desktop.core.errors import AppError, disk_full
from genre_desktop.core.music.keys import camelot
from genre_desktop.core.paths import write_blocks_atomically
from genre_desktop.core.quoting.cells import cell
from genre_desktop.core.quoting.controls import json_text
from genre_desktop.core.types import Answer, Kind, join_segments

COLUMNS: tuple[str, ...] = (
    "path", "genre", "model_genre", "confidence", "corrected",
    "second", "second_probability", "third", "third_probability",
    "unusual", "duration_s", "model", "model_version", "alias", "elapsed_ms",
    "warnings", "error_code", "error", "reason", "hint",
    "kind", "tags", "style", "bpm", "key", "camelot",
    "title", "artist", "album", "file_genre",
)  # fmt: skip
"""The columns of the CSV export; probabilities 0 to 1, tags highest first, separated by ``; ``."""


@dataclass(frozen=True, slots=True)
class Result:
    """An answer, and the genre that the user confirmed or corrected it to; empty without one."""

    answer: Answer
    label: str = ""

    @property
    def genre(self) -> str:
        """The genre that the list shows: the user's, else the model's; empty without either."""
        return self.label or self.answer.genre

    @property
    def kind(self) -> Kind:
        """What the file contains; what the user gave a genre is music."""
        return "music" if self.label else self.answer.kind

    @property
    def corrected(self) -> bool:
        """True when the user's genre differs from the model's."""
        return bool(self.label) and self.label != self.answer.genre

    def to_dict(self) -> dict[str, Any]:
        """Return what ``predict --json --timeline`` prints, with the list's genre and the model's beside it."""
        found = replace(self.answer, segments=join_segments(self.answer.segments)).to_dict()
        shown = {"path": found.pop("path"), "genre": self.genre or None, "model_genre": found.pop("genre")}
        return (
            shown
            | {"confidence": found.pop("confidence"), "corrected": self.corrected}
            | found
            | {"kind": self.kind}
        )


def csv_row(result: Result) -> dict[str, Any]:
    """Return one row of the CSV export, its columns in the order of :data:`COLUMNS`.

    Text is quoted as :func:`.cells.cell` does; the JSON export has it exactly.
    """
    return {name: cell(value) if isinstance(value, str) else value for name, value in _values(result).items()}


def _values(result: Result) -> dict[str, Any]:
    answer = result.answer
    second, third = [*answer.top[1:3], None, None][:2]
    model, error = answer.model, answer.error
    return {
        "path": answer.path,
        "genre": result.genre,
        "model_genre": answer.genre,
        "confidence": _share(answer.confidence) if answer.has_genre else "",
        "corrected": "yes" if result.corrected else "",
        "second": second.genre if second else "",
        "second_probability": _share(second.probability) if second else "",
        "third": third.genre if third else "",
        "third_probability": _share(third.probability) if third else "",
        "unusual": "yes" if answer.unusual else "",
        "duration_s": f"{answer.duration_s:.3f}" if answer.ok else "",
        "model": model.name if model else "",
        "model_version": model.version if model else "",
        "alias": model.alias if model else "",
        "elapsed_ms": f"{answer.elapsed_ms:.1f}",
        "warnings": " ".join(answer.warnings),
        "error_code": error.code if error else "",
        "error": error.title if error else "",
        "reason": error.reason if error else "",
        "hint": error.hint if error else "",
        "kind": result.kind if answer.ok else "",
        "tags": "; ".join(score.tag for score in answer.tags),
        "style": answer.style,
        "bpm": "" if answer.bpm is None else f"{answer.bpm:.1f}",
        "key": answer.key,
        "camelot": camelot(answer.key),
        "title": answer.song.title,
        "artist": answer.song.artist,
        "album": answer.song.album,
        "file_genre": answer.song.genre,
    }


def _share(probability: float) -> str:
    return f"{probability:.4f}"


class CsvFile:
    """Writes rows one by one; ``path`` is created or replaced at the end.

    UTF-8 with a byte-order mark, because spreadsheets misdetect the encoding without one.

    Raises
    ------
    AppError
        ``export-failed`` when the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(path.name + ".part")
        try:
            self._file: TextIO = self._part.open(
                "w", encoding="utf-8-sig", errors="backslashreplace", newline=""
            )
        except OSError as error:
            raise _failed(path, error) from error
        self._writer = csv.writer(self._file)
        self._writer.writerow(COLUMNS)

    def add(self, result: Result) -> None:
        """Write one row."""
        try:
            self._writer.writerow(csv_row(result).values())
        except OSError as error:
            raise _failed(self.path, error) from error

    def __enter__(self) -> CsvFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Move the file to its path, also when cancelled, so that the rows written so far are available."""
        try:
            self._file.close()
            self._part.replace(self.path)
        except OSError as problem:
            raise _failed(self.path, problem) from problem


def write_csv(path: Path, results: Iterable[Result]) -> None:
    """Write the CSV export; ``AppError`` as in :class:`CsvFile`."""
    with CsvFile(path) as file:
        for result in results:
            file.add(result)


def write_json(path: Path, results: Iterable[Result]) -> None:
    """Write a JSON array of :meth:`Result.to_dict`, atomically.

    Raises
    ------
    AppError
        ``export-failed`` when the file cannot be written.
    """
    write_text(path, _array(results))


def write_text(path: Path, blocks: Iterable[str], encoding: str = "utf-8") -> Path:
    """Write text, atomically, and return its path; a byte-order mark, if the encoding has one, is at the beginning.

    Raises
    ------
    AppError
        ``export-failed`` when the file cannot be written.
    """
    encoder = codecs.getincrementalencoder(encoding)("backslashreplace")
    try:
        write_blocks_atomically(path, map(encoder.encode, blocks))
    except OSError as error:
        raise _failed(path, error) from error
    return path


def write_evaluation(path: Path, document: Mapping[str, Any]) -> None:
    """Write the result of an evaluation: all of it as JSON, or the table and the confusion matrix as CSV.

    Parameters
    ----------
    document:
        What ``evaluate --json`` prints.

    Raises
    ------
    AppError
        ``export-failed`` when the file cannot be written.
    """
    if path.suffix.lower() == ".json":
        write_text(path, [json_text(dict(document), indent=1)])
    else:
        write_text(path, [_evaluation_csv(document)], "utf-8-sig")


def _evaluation_csv(document: Mapping[str, Any]) -> str:
    """Return a row per genre: clips, recall, precision, and how many of its clips got each answer."""
    genres, confusion = document["per_genre"], document["confusion"]
    answers = sorted({answer for row in confusion.values() for answer in row})
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["genre", "clips", "recall", "precision", *(cell(f"as {answer}") for answer in answers)])
    for genre, scores in genres.items():
        counts = [confusion.get(genre, {}).get(answer, 0) for answer in answers]
        writer.writerow(
            [cell(genre), scores["n"], _share(scores["recall"]), _share(scores["precision"]), *counts]
        )
    return text.getvalue()


def _array(results: Iterable[Result]) -> Iterator[str]:
    """Yield what :func:`.json_text` returns for a list with ``indent=1``, in parts."""
    before = "["
    for result in results:
        text = json_text(result.to_dict(), indent=1)
        yield before + "\n " + text.replace("\n", "\n ")
        before = ","
    yield "[]" if before == "[" else "\n]"


def _failed(path: Path, error: OSError) -> AppError:
    if problem := disk_full(error, path):
        return AppError(problem)
    return AppError("export-failed", path=str(path), error=error.strerror or str(error))
