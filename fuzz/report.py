"""Writes the sums of all runs into ``docs/reliability.md``, section "Fuzzing"."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from fuzz import known
from fuzz.outcome import HANG_S, MEMORY_MB
from fuzz.regressions import regressions
from fuzz.state import ROOT, State, Sums
from fuzz.targets import NAMES, find

PAGE = ROOT / "docs" / "reliability.md"
RECORD = ROOT / "fuzz" / "sums.json"
"""By machine and target: processor seconds, inputs, outcomes and branches."""
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
outcomes as seen from outside: what was read, with which warnings, or which sentence. Where runs were made on several
machines, it is the most of one. Written by `python -m fuzz --write-docs` from `fuzz/sums.json`, which keeps the sums
of each machine. Processor hours are those of making inputs and of reading them.
"""
_LIMITS = """\
What a cluster answers is not among them: Dask's messages are pickles, so that a cluster can run any program on its
computers and on this one, which is why it needs certificates unless the settings allow it without.
"""


Recorded = dict[str, int]


def write(state: State, page: Path = PAGE, record: Path = RECORD) -> None:
    """Record the sums of this machine beside those of others, and replace the section of the page, or add it."""
    sums = {name: found for name, found in state.all(NAMES).items() if found.inputs}
    machines: dict[str, dict[str, Recorded]] = (
        json.loads(record.read_text("utf-8")) if record.exists() else {}
    )
    machines[state.identity] = {name: _recorded(found) for name, found in sums.items()}
    record.write_text(json.dumps(machines, indent=1) + "\n", "utf-8")
    totals = {
        name: _together([machine[name] for machine in machines.values() if name in machine]) for name in NAMES
    }
    before = page.read_text("utf-8") if page.exists() else f"{_TITLE}\n"
    page.write_text(with_section(before, _section(totals, sums)), "utf-8")


def with_section(page: str, section: str) -> str:
    """Return the page with the section in place of the earlier one, else at its end."""
    pattern = re.compile(rf"^{_SECTION}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if pattern.search(page):
        return pattern.sub(lambda _: f"{section}\n", page).rstrip("\n") + "\n"
    return page.rstrip("\n") + f"\n\n{section}"


def _recorded(found: Sums) -> Recorded:
    outcomes = len(found.signatures)
    return {
        "cpu_s": round(found.cpu_s),
        "inputs": found.inputs,
        "outcomes": outcomes,
        "branches": found.edges,
    }


def _together(machines: list[Recorded]) -> Recorded:
    """Return the sums of a target on all machines; of what may be the same on two, the most of one."""
    sums = {key: sum(one[key] for one in machines) for key in ("cpu_s", "inputs")}
    return sums | {key: max((one[key] for one in machines), default=0) for key in ("outcomes", "branches")}


def _section(totals: Mapping[str, Recorded], sums: Mapping[str, Sums]) -> str:
    return f"{_SECTION}\n\n{_INTRODUCTION}\n{_table(totals, sums)}\n\n{_open(sums)}{_LIMITS}"


def _open(sums: Mapping[str, Sums]) -> str:
    """Return why findings that are not mended are known."""
    keys = ((name, key) for name, found in sums.items() for key in found.findings)
    lines = dict.fromkeys(f"- {find(name).title}: {known.reason(name, key) or key}\n" for name, key in keys)
    return f"Open are:\n{''.join(lines)}\n" if lines else ""


def _table(totals: Mapping[str, Recorded], sums: Mapping[str, Sums]) -> str:
    tried = {name: total for name, total in totals.items() if total["inputs"]}
    opened = {name: len(sums[name].findings) if name in sums else 0 for name in tried}
    mended = {name: len(regressions(name)) for name in tried}
    rows = [
        "| input | processor hours | inputs | ways | mended | open |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, total in tried.items():
        ways = f"{total['branches']:,}*" if total["branches"] else f"{total['outcomes']:,}"
        hours = total["cpu_s"] / 3600
        rows.append(
            f"| {find(name).title} | {hours:.2f} | {total['inputs']:,} | {ways} | {mended[name]} | {opened[name]} |"
        )
    hours = sum(total["cpu_s"] for total in tried.values()) / 3600
    inputs = sum(total["inputs"] for total in tried.values())
    rows.append(
        f"| **all** | **{hours:.1f}** | **{inputs:,}** | | **{sum(mended.values())}** | **{sum(opened.values())}** |"
    )
    return "\n".join(rows)
