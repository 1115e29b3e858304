"""The live log as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from genre_desktop.core.listening.section import LoggedSection
from genre_desktop.core.quoting.cells import cell

COLUMNS = (
    "started", "duration_s", "genre", "model_genre", "confidence", "corrected", "kind", "tags", "recording",
)  # fmt: skip
"""The columns: local time with its offset from UTC, probability 0 to 1, tags highest first, separated by ``; ``."""


def table(sections: Iterable[LoggedSection]) -> Iterator[str]:
    """Yield the lines of a CSV file; text is quoted as :func:`.cells.cell` does."""
    yield _line(COLUMNS)
    for section in sections:
        yield _line(map(cell, _values(section)))


def _values(section: LoggedSection) -> tuple[str, ...]:
    return (
        datetime.fromtimestamp(section.started).astimezone().isoformat(timespec="seconds"),
        f"{section.duration_s:.1f}",
        section.genre,
        section.model_genre,
        f"{section.confidence:.4f}" if section.model_genre else "",
        "yes" if section.corrected else "",
        section.kind,
        "; ".join(score.tag for score in section.tags),
        "; ".join(take.file for take in section.takes),
    )


def _line(values: Iterable[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()
