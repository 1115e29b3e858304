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
"""Run by default, as they take minutes; ``ablation``, ``accuracy``, ``by_sound``, ``cluster``, ``corrections``, ``damaged_files``, ``drift``, ``encoder``,
``gui_responsiveness``, ``labels``, ``large_library``, ``large_training``, ``live_start``, ``live_windows``, ``long_file``, ``many_files``, ``models_page``,
``sandbox``, ``similarity``, ``soak``, ``songs``, ``songs_profile``, ``sound_kinds``, ``styles``, ``tag_writing``, ``tempo_and_key`` and ``theme`` are run by name."""
RESULTS = Path(__file__).with_name("results.md")


def machine() -> str:
    """Describe the machine without naming it."""
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores"


def head() -> str:
    return f"# Measurements\n\n{machine()}. Medians; ratios are from one run, side by side.\n\n"


def save(section: str) -> None:
    """Write a section to the results, replacing the previous one of the same title."""
    before = RESULTS.read_text("utf-8").split("\n## ")[1:] if RESULTS.exists() else []
    sections = {text.partition("\n")[0]: text.strip() for text in before}
    new = section.removeprefix("## ")
    sections[new.partition("\n")[0]] = new.strip()
    RESULTS.write_text(head() + "\n\n".join(f"## {text}" for text in sections.values()) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=MODULES)
    for name in parser.parse_args().names:
        module = importlib.import_module(f"benchmarks.{name}")
        section = as_markdown(module.TITLE, module.measure())
        print(section, flush=True)
        save(section)


if __name__ == "__main__":
    main()
