"""Export of results as CSV and JSON files, for the window and the command line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from genre_desktop.core.errors import AppError, disk_full
from genre_desktop.core.paths import write_blocks_atomically
from genre_desktop.core.quoting.cells import cell
from genre_desktop.core.quoting.controls import json_text
from genre_desktop.core.types import Answer

COLUMNS: tuple[str, ...] = (
    "path", "genre", "confidence",
    "second", "second_probability", "third", "third_probability",
    "unusual", "duration_s", "model", "model_version", "alias", "elapsed_ms",
    "warnings", "error_code", "error", "reason", "hint",
    "kind", "tags", "style",
)  # fmt: skip
"""The columns of the CSV export; probabilities 0 to 1, tags highest first, separated by ``; ``."""


def csv_row(answer: Answer) -> dict[str, Any]:
    """Return one row of the CSV export, its columns in the order of :data:`COLUMNS`.

    Text is quoted as :func:`.cells.cell` does; the JSON export has it exactly.
    """
    return {name: cell(value) if isinstance(value, str) else value for name, value in _values(answer).items()}


def _values(answer: Answer) -> dict[str, Any]:
    second, third = [*answer.top[1:3], None, None][:2]
    model, error = answer.model, answer.error
    return {
        "path": answer.path,
        "genre": answer.genre,
        "confidence": _share(answer.confidence) if answer.has_genre else "",
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
        "kind": answer.kind if answer.ok else "",
        "tags": "; ".join(score.tag for score in answer.tags),
        "style": answer.style,
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

    def add(self, answer: Answer) -> None:
        """Write one row."""
        try:
            self._writer.writerow(csv_row(answer).values())
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


def write_csv(path: Path, answers: Iterable[Answer]) -> None:
    """Write the CSV export; ``AppError`` as in :class:`CsvFile`."""
    with CsvFile(path) as file:
        for answer in answers:
            file.add(answer)


def write_json(path: Path, answers: Iterable[Answer]) -> None:
    """Write a JSON array of what ``predict --json --timeline`` prints, atomically.

    Raises
    ------
    AppError
        ``export-failed`` when the file cannot be written.
    """
    try:
        write_blocks_atomically(path, (text.encode("utf-8", "backslashreplace") for text in _array(answers)))
    except OSError as error:
        raise _failed(path, error) from error


def _array(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield what :func:`.json_text` returns for a list with ``indent=1``, in parts."""
    before = "["
    for answer in answers:
        text = json_text(answer.to_dict(), indent=1)
        yield before + "\n " + text.replace("\n", "\n ")
        before = ","
    yield "[]" if before == "[" else "\n]"


def _failed(path: Path, error: OSError) -> AppError:
    if problem := disk_full(error, path):
        return AppError(problem)
    return AppError("export-failed", path=str(path), error=error.strerror or str(error))
