"""Text formatting for the terminal."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterable, Sequence

from genre_desktop.core.errors import Problem
from genre_desktop.core.quoting.controls import printable

WIDEST = 60
"""Columns that a cell of a table may occupy, so that a name of thousands of letters does not move all others away."""


def width(text: str) -> int:
    """Return the columns the text occupies: two per wide character, none per combining one."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shortened(text: str, columns: int = WIDEST) -> str:
    """Return the text, cut to ``columns`` with an ellipsis at the end."""
    if width(text) <= columns:
        return text
    kept = text[:columns]
    while width(kept) >= columns:
        kept = kept[:-1]
    return f"{kept}…"


def table(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Format rows as aligned columns, two blanks apart; ``right`` lists right-aligned columns.

    Cells are :func:`shortened`.
    """
    cells = [[shortened(printable(cell)) for cell in row] for row in rows]
    if not cells:
        return []
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(_padded(cell, widths[n], n in right) for n, cell in enumerate(row)).rstrip()
        for row in cells
    ]


def _padded(cell: str, columns: int, right: bool) -> str:
    blanks = " " * (columns - width(cell))
    return blanks + cell if right else cell + blanks


def percent(share: float) -> str:
    """Format a share as ``7 %``; 100 % only for exactly 1."""
    whole = round(100 * share)
    return f"{min(whole, 99) if share < 1 else whole} %"


def clock(seconds: float) -> str:
    """Format seconds as ``0:07``, ``3:25`` or ``1:02:05``."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def format_duration(seconds: float) -> str:
    """Format a duration in a suitable unit: ``45 ms``, ``3.2 s``, ``4 min``, ``1 h 20 min``."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def moment(seconds: float) -> str:
    """Format seconds since 1970 as local time, to the minute."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def sentence(problem: Problem) -> str:
    """Format a problem as one sentence after the other."""
    return f"{problem.title}: {problem.reason} {problem.hint}".strip()


def count(number: int, one: str, many: str = "") -> str:
    """Format a count with its noun: ``1 file``, ``2 files``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
