"""Rows of the store that hold something else than the program writes: left out, counted and reported, never fatal."""

from __future__ import annotations

import logging
import math
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

ERRORS = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError, zlib.error,
)  # fmt: skip
"""What parsing a damaged row may raise."""
LAST_MOMENT = 253_402_300_799.0
"""End of the year 9999, after which there are no dates."""

_left_out: dict[Path, set[tuple[str, object]]] = {}
log = logging.getLogger(__name__)

Row = TypeVar("Row")
Parsed = TypeVar("Parsed")


def readable(
    path: Path, table: str, rows: Iterable[Row], parse: Callable[[Row], Parsed], key: Callable[[Row], object]
) -> Iterator[Parsed]:
    """Yield what ``parse`` returns for each row; those for which it fails are left out.

    Parameters
    ----------
    path, table:
        The store and its table, for :func:`left_out`.
    key:
        Identifies a row, so that one that is read again counts once.
    """
    for row in rows:
        try:
            parsed = parse(row)
        except ERRORS as error:
            leave_out(path, table, key(row), error)
        else:
            yield parsed


def leave_out(path: Path, table: str, key: object, error: Exception) -> None:
    """Count a row that cannot be used."""
    known = _left_out.setdefault(path, set())
    if (table, key) not in known:
        known.add((table, key))
        log.warning("Row %s of %s is damaged and is left out: %r", key, table, error)


def left_out(path: Path) -> dict[str, int]:
    """Return how many rows of each table this process has left out."""
    counts: dict[str, int] = {}
    for table, _ in _left_out.get(path, ()):
        counts[table] = counts.get(table, 0) + 1
    return counts


def text(value: object) -> str:
    """Return a value that must be text; ``ValueError`` for anything else."""
    if isinstance(value, str):
        return value
    raise ValueError(f"{value!r} is no text")


def moment(value: object) -> float:
    """Return a time in seconds since 1970 that has a date; ``ValueError`` for anything else."""
    if isinstance(value, int | float) and math.isfinite(value) and 0 <= value <= LAST_MOMENT:
        return float(value)
    raise ValueError(f"{value!r} is no time")


def moment_or_none(value: object) -> float | None:
    """As :func:`moment`, or None."""
    return None if value is None else moment(value)
