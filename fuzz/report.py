"""Writes the sums of all runs into ``docs/reliability.md``, section "Fuzzing"."""

from __future__ import annotations

import re
from pathlib import Path

from fuzz import known
from fuzz.outcome import HANG_S, MEMORY_MB
from fuzz.regressions import regressions
from fuzz.state import ROOT, State, Sums
from fuzz.targets import NAMES, find

PAGE = ROOT / "docs" / "reliability.md"
_TITLE = "# Reliability"
_SECTION = "## Fuzzing"
_INTRODUCTION = f"""\
`make fuzz MINUTES=5` (`python -m fuzz`) makes valid inputs of every kind that the program reads, changes them at random
and by their format (parts of containers, pages of SQLite, values of JSON, members of archives, with check sums that
are valid again) and reads them with the program's own functions in a process of their own. An input is a finding when
the process ends, when there is no answer in {HANG_S:.0f} s, when the process takes more than {MEMORY_MB} MB, when an exception is
no sentence for the user, or when a promise is broken, for example a file changed although its tags could not be written.
Inputs of findings that were mended are in `fuzz/regressions/`, and the tests read each of them again.

"Ways" are branches of Python code that [atheris](https://github.com/google/atheris) saw taken (marked *), else different
outcomes as seen from outside: what was read, with which warnings, or which sentence. Written by
`python -m fuzz --write-docs` from the sums of all runs on one machine.
"""
_LIMITS = """\
What a cluster answers is not among them: Dask's messages are pickles, so that a cluster can run any program on its
computers and on this one, which is why it needs certificates unless the settings allow it without.
"""


def write(state: State, page: Path = PAGE) -> None:
    """Replace the section, or add it."""
    before = page.read_text("utf-8") if page.exists() else f"{_TITLE}\n"
    page.write_text(with_section(before, section(state)), "utf-8")


def section(state: State) -> str:
    """Return the section."""
    sums = {name: found for name, found in state.all(NAMES).items() if found.inputs}
    return f"{_SECTION}\n\n{_INTRODUCTION}\n{_table(sums)}\n\n{_open(sums)}{_LIMITS}"


def _open(sums: dict[str, Sums]) -> str:
    """Return why findings that are not mended are known."""
    keys = ((name, key) for name, found in sums.items() for key in found.findings)
    lines = dict.fromkeys(f"- {find(name).title}: {known.reason(name, key) or key}\n" for name, key in keys)
    return f"Open are:\n{''.join(lines)}\n" if lines else ""


def with_section(page: str, section: str) -> str:
    """Return the page with the section in place of the earlier one, else at its end."""
    pattern = re.compile(rf"^{_SECTION}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if pattern.search(page):
        return pattern.sub(lambda _: f"{section}\n", page).rstrip("\n") + "\n"
    return page.rstrip("\n") + f"\n\n{section}"


def _table(sums: dict[str, Sums]) -> str:
    rows = [
        "| input | processor hours | inputs | ways | mended | open |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    rows += [_row(find(name).title, name, found) for name, found in sums.items()]
    total = (
        f"| **all** | **{sum(each.cpu_s for each in sums.values()) / 3600:.1f}** "
        f"| **{sum(each.inputs for each in sums.values()):,}** | "
        f"| **{sum(len(regressions(name)) for name in sums)}** "
        f"| **{sum(len(each.findings) for each in sums.values())}** |"
    )
    return "\n".join([*rows, total])


def _row(title: str, name: str, found: Sums) -> str:
    ways = f"{found.edges:,}*" if found.edges else f"{len(found.signatures):,}"
    mended, opened = len(regressions(name)), len(found.findings)
    return f"| {title} | {found.cpu_s / 3600:.2f} | {found.inputs:,} | {ways} | {mended} | {opened} |"
