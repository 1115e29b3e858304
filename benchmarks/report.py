"""The row every benchmark returns, how medians are taken, and how rows become a table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured figure; ``ratio`` compares it with the row it belongs beside, in the same run."""

    what: str
    value: float
    unit: str
    ratio: float | None = None
    target: str = ""
    note: str = ""


def median_seconds(work: Callable[[], object], runs: int = 5, warm_up: int = 1) -> float:
    """Median wall time of ``work`` over ``runs`` after ``warm_up`` uncounted ones."""
    for _ in range(warm_up):
        work()
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def as_markdown(title: str, rows: Iterable[Row]) -> str:
    """A section with a table."""
    lines = [
        f"## {title}",
        "",
        "| what | figure | ratio | target | note |",
        "| --- | ---: | ---: | --- | --- |",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f} ×"
        lines.append(f"| {row.what} | {row.value:.4g} {row.unit} | {ratio} | {row.target} | {row.note} |")
    return "\n".join([*lines, ""])
