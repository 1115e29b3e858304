"""Results of the replay, kept as JSON, and the table in ``docs/reliability.md`` that is made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.power_loss.operations import OPERATIONS
from tools.results_table import ResultsTable

RESULTS = ResultsTable(Path(__file__).with_name("results.json"), "power loss")
"""Results by operation: ``records``, ``states``, ``bad`` and ``findings``."""


def table(results: dict[str, Any]) -> str:
    """Return the table: an operation in each line, the sum in the last."""
    lines = [
        ["operation", "calls recorded", "different states", "with findings"],
        ["---", *["---:"] * 3],
    ]
    known = {name: results[name] for name in OPERATIONS if name in results}
    lines += [[name, *_numbers(found)] for name, found in known.items()]
    keys = ("records", "states", "bad")
    total = {key: sum(found[key] for found in known.values()) for key in keys}
    lines.append(["**all**", *(f"**{text}**" for text in _numbers(total))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _numbers(found: dict[str, Any]) -> list[str]:
    return [f"{found[key]:,}" for key in ("records", "states", "bad")]
