"""``python -m benchmarks.startup_check``: fail when the window takes longer to open than recorded.

Compares its time, as a ratio to a bare Qt window's of the same run, with the ratio in ``benchmarks/results.md``; the
computer should have nothing else to do.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from benchmarks.__main__ import RESULTS
from benchmarks.startup import BARE, clip, starts
from tools.screenshots import screen

GROWTH = 1.10
"""The ratio may be so many times the recorded one."""


def recorded() -> float:
    """The ratio in the results.

    Raises
    ------
    ValueError
        It is not there.
    """
    found = re.search(
        rf"^\| window visible \|[^|]*\| ([\d.]+) × \|[^|]*\| {BARE} \|",
        RESULTS.read_text("utf-8"),
        re.MULTILINE,
    )
    if found is None:
        raise ValueError("benchmarks/results.md has no ratio of the window: run python -m benchmarks startup")
    return float(found[1])


def main() -> int:
    with tempfile.TemporaryDirectory() as name, screen():
        median = starts(Path(name) / "home", clip(Path(name)))
    ratio, before = median["window"] / median["bare"], recorded()
    grown = ratio > GROWTH * before
    print(
        f"window visible: {ratio:.2f} × a bare Qt window, recorded {before:.2f} ×: {'too slow' if grown else 'good'}"
    )
    return int(grown)


if __name__ == "__main__":
    sys.exit(main())
