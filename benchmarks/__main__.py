"""``python -m benchmarks [NAME …]``: run the benchmarks and write ``benchmarks/results.md``.

Each module offers ``TITLE`` and ``measure() -> list[Row]``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
from pathlib import Path

from benchmarks.report import as_markdown

MODULES = ("startup", "features", "decode", "batch")
"""Those that take minutes; ``drift``, ``accuracy``, ``ablation``, ``windows`` and ``soak`` are run by name."""
RESULTS = Path(__file__).with_name("results.md")


def machine() -> str:
    """What the figures were taken on, without naming the machine."""
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=MODULES)
    names = parser.parse_args().names
    sections = [f"# Measured figures\n\n{machine()}. Medians; ratios are from one run, side by side.\n"]
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        section = as_markdown(module.TITLE, module.measure())
        print(section, flush=True)
        sections.append(section)
    if tuple(names) == MODULES:
        RESULTS.write_text("\n".join(sections), "utf-8")


if __name__ == "__main__":
    main()
