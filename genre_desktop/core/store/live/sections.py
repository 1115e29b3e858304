"""The stored live log."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable
from typing import get_args

from genre_desktop.core.listening.section import LoggedSection, TakePosition
from genre_desktop.core.own_files.damaged_rows import moment, text
from genre_desktop.core.own_files.reader import parse_json
from genre_desktop.core.store.repository import Repository
from genre_desktop.core.types import Kind, TagScore

MOST_SECTIONS = 10_000
"""Sections that are kept, the newest: those of weeks, if listening never stops."""


class LiveSections(Repository):
    """Reads, writes and deletes sections of live mode."""

    def newest(self, n: int = MOST_SECTIONS) -> list[LoggedSection]:
        """Return the last ``n``, oldest first."""
        rows = self._rows("SELECT * FROM live_sections ORDER BY id DESC LIMIT ?", n)
        return list(self._parsed("live_sections", reversed(rows), _section))

    def change(self, gone: Iterable[int], sections: Iterable[LoggedSection]) -> None:
        """Delete sections by their ids, and add or replace others, in one transaction."""
        values = [_values(section) for section in sections]
        with self._db.transaction() as connection:
            connection.executemany("DELETE FROM live_sections WHERE id = ?", [(key,) for key in gone])
            connection.executemany(
                "INSERT OR REPLACE INTO live_sections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
            )

    def clear(self) -> None:
        """Delete all."""
        self._delete("live_sections", "TRUE")

    def trim(self, before: float | None = None, most: int = MOST_SECTIONS) -> int:
        """Delete all but the newest ``most``, and those that began before a moment; return how many."""
        older = "id <= (SELECT id FROM live_sections ORDER BY id DESC LIMIT 1 OFFSET ?) OR started < ?"
        return self._delete("live_sections", older, most, -math.inf if before is None else before)


def _values(section: LoggedSection) -> tuple[object, ...]:
    return (
        section.id,
        section.listening,
        section.started,
        section.offset_s,
        section.duration_s,
        section.sound,
        section.model_genre,
        section.confidence,
        json.dumps([[tag.tag, tag.score] for tag in section.tags]),
        section.label,
        json.dumps([[take.file, take.seconds] for take in section.takes]),
    )


def _section(row: sqlite3.Row) -> LoggedSection:
    if row["kind"] not in get_args(Kind):
        raise ValueError(f"{row['kind']!r} is no kind of sound")
    return LoggedSection(
        row["id"],
        moment(row["listening"]),
        moment(row["started"]),
        _number(row["offset_s"]),
        _number(row["duration_s"]),
        row["kind"],
        text(row["genre"]),
        _number(row["confidence"]),
        tuple(TagScore(text(tag), _number(score)) for tag, score in parse_json(row["tags"])),
        text(row["label"]),
        tuple(TakePosition(text(file), _number(seconds)) for file, seconds in parse_json(row["takes"])),
    )


def _number(value: object) -> float:
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    raise ValueError(f"{value!r} is no number")
