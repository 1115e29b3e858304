"""The window on a library of 10,000 and of 100,000 songs (:mod:`.large_home`), and how each figure grows.

``LARGE_HOMES=FOLDER`` keeps the two homes there for the next time; ``LARGE_SIZES=1000,10000`` takes others. Needs
Xvfb. A figure that blocks the window is how late a 10 ms timer of it came, as in ``gui_responsiveness``; its note says how
much of that was the window's own work.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks import large_home
from benchmarks.report import Row, as_markdown
from genre_desktop import environment
from genre_desktop.core.paths import Home
from tools.screenshots import screen

TITLE = "A library of 100,000"
SIZES = tuple(int(n) for n in os.environ.get("LARGE_SIZES", "10000,100000").split(","))
PICTURE = os.environ.get("LARGE_PICTURE", "")
"""Where to save a picture of the window with the largest list."""

TIMES = (
    ("window", "window visible", "≤ 1.25 s"),
    ("first page", "first page of the list, after the window", "≤ 0.3 s"),
    ("restored", "whole list, after the window", ""),
    ("export", "CSV export of all rows", "≤ 5 s"),
    ("library", "library page", ""),
    ("monitor", "monitor page", "≤ 1.5 s"),
    ("monitor, all time", "monitor page, all time instead of a week", "≤ 1.5 s"),
    ("models", "models page, first time; the last retrain kept the list", "≤ 1.5 s"),
    ("models shown", "models page, with the list of last time", "≤ 1.5 s"),
    ("drift check", "drift check of one window, Evidently loaded", "≤ 1.5 s"),
    ("drift job", "drift check as a job, from start to end", ""),
    ("maintenance", "maintenance job; retention deletes a fifth", ""),
)
"""Key, name and target of what takes seconds."""

BLOCKS = (
    ("restoring", "while the list is restored", "≤ 50 ms"),
    ("search", "search, each key typed", "≤ 150 ms"),
    ("filter", "filter by genre, tag, state", "≤ 150 ms"),
    ("sort", "sort, slowest column", "≤ 400 ms"),
    ("scroll", "scrolling", "≤ 50 ms"),
    ("select all", "all rows chosen", ""),
    ("export", "export", "≤ 50 ms"),
    ("library", "library page opens", ""),
    ("library search", "library page, each key typed in its search", "≤ 150 ms"),
    ("monitor", "monitor page opens", ""),
    ("models", "models page opens", ""),
    ("drift", "drift check", "≤ 50 ms"),
    ("maintenance", "maintenance", "≤ 50 ms"),
    ("correction", "a correction, twice a second during maintenance", "≤ 150 ms"),
)
"""Key, name and target of what blocks the window."""

SIZES_OF = (
    ("memory", "memory of the window's process", "MiB", "≤ 400 MiB"),
    ("memory at the end", "memory of the window's process after all of this", "MiB", ""),
    ("store", "store file", "MiB", ""),
)


def rows_of(folder: Path, n: int) -> dict[str, float]:
    """What was measured on a home of ``n`` songs."""
    kept = Path(os.environ.get("LARGE_HOMES", folder)) / f"home {n}"
    if not kept.exists():
        large_home.fill(Home(kept), n)
    home = folder / "home"
    shutil.copytree(kept, home)
    found = {"store": Home(home).store.stat().st_size / 2**20}
    for starts in ("cold", "warm"):  # the first start fills caches
        arguments = ["", "nothing"] if starts == "cold" else [PICTURE] if n == max(SIZES) else []
        command = [sys.executable, "-m", "benchmarks.large_library_probe", str(home), *arguments]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=1800).stdout
    found |= json.loads(output.splitlines()[-1])
    shutil.rmtree(home)
    return found


def growth(small: float, large: float, sizes: tuple[int, int]) -> str:
    """Say how a figure grows with the number of songs: its exponent, 0 for a constant one, 1 for a linear one."""
    if min(small, large) <= 0:
        return ""
    exponent = math.log(large / small) / math.log(sizes[1] / sizes[0])
    kind = "constant" if exponent < 0.2 else "less than linear" if exponent < 0.85 else "linear"
    return f"{kind} ({exponent:.2f})" if exponent <= 1.15 else f"more than linear ({exponent:.2f})"


def rows(small: Mapping[str, float], large: Mapping[str, float], sizes: tuple[int, int]) -> Iterator[Row]:
    """Return a row for each figure on the large home; ratio and note compare it with the small one."""

    def row(key: str, what: str, unit: str, target: str, note: str = "") -> Row:
        ratio = large[key] / small[key] if small[key] > 0 else None
        kind = growth(small[key], large[key], sizes)
        parts = [f"{small[key]:.3g} {unit} with {sizes[0]:,}", kind, note]
        return Row(what, large[key], unit, ratio, target, "; ".join(filter(None, parts)))

    yield from (row(key, what, "s", target) for key, what, target in TIMES)
    for key, what, target in BLOCKS:
        worked, over = large[f"{key}: worked"], large[f"{key}: over"]
        note = f"own work {worked:.0f} ms; {over:.0f} ticks over 50 ms"
        yield row(f"{key}: late", f"window blocked: {what}", "ms", target, note)
    yield from (row(key, what, unit, target) for key, what, unit, target in SIZES_OF)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(name)


def measure() -> list[Row]:
    """Every figure on the largest home, compared with the smallest."""
    environment.set_up()
    small, large = min(SIZES), max(SIZES)
    with _folder() as folder, screen():
        found = {n: rows_of(folder, n) for n in (small, large)}
    return list(rows(found[small], found[large], (small, large)))


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
