"""Results of the harness, kept as JSON, and the table in ``docs/reliability.md`` that is made from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.faults.operations import OPERATIONS
from tools.faults.shim import FAULTS

REPOSITORY = Path(__file__).parents[2]
FILE = Path(__file__).with_name("results.json")
DOCS = REPOSITORY / "docs" / "reliability.md"
BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"
TITLES = {
    "kill": "kill -9 at a call",
    "full": "disk full from a call on",
    "error": "I/O error at a call",
    "descriptors": "no descriptor at an opening",
}


def load() -> dict[str, Any]:
    """Return the results by operation and fault: ``points``, ``tried`` and ``findings``."""
    return dict(json.loads(FILE.read_text("utf-8"))) if FILE.exists() else {}


def save(results: dict[str, Any]) -> None:
    """Keep the results."""
    FILE.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")


def write_docs(results: dict[str, Any]) -> None:
    """Put the table into its place in the documentation."""
    before, rest = DOCS.read_text("utf-8").split(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n\n{table(results)}\n\n{END}{rest.split(END)[1]}", "utf-8")


def table(results: dict[str, Any]) -> str:
    """Return the table: an operation in each line, a fault in each column."""
    lines = [["operation", *(TITLES[fault] for fault in FAULTS)], ["---"] * (len(FAULTS) + 1)]
    lines += [[name, *(_cell(results.get(name, {}).get(fault)) for fault in FAULTS)] for name in OPERATIONS]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(found: dict[str, Any] | None) -> str:
    if found is None:
        return "not run"
    every = found["tried"] == found["points"]
    tried = f"every one of {found['points']}" if every else f"{found['tried']} of {found['points']}"
    said = f"{found['bad']} with findings" if found["bad"] else "none"
    return f"{tried}: {said}"
