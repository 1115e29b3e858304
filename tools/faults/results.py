"""Results of the harness, kept as JSON, and the table in ``docs/reliability.md`` that is made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.faults.operations import OPERATIONS
from tools.faults.shim import FAULTS
from tools.results_table import ResultsTable

RESULTS = ResultsTable(Path(__file__).with_name("results.json"), "faults")
"""Results by operation and fault: ``points``, ``tried`` and ``findings``."""
TITLES = {
    "kill": "kill -9 at a call",
    "full": "disk full from a call on",
    "error": "I/O error at a call",
    "descriptors": "no descriptor at an opening",
}


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
