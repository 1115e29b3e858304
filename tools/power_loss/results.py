"""Results of the replay, kept as JSON, and the table in ``docs/reliability.md`` that is made from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.faults.results import DOCS
from tools.power_loss.operations import OPERATIONS

FILE = Path(__file__).with_name("results.json")
BEGIN, END = "<!-- power loss: begin -->", "<!-- power loss: end -->"


def load() -> dict[str, Any]:
    """Return the results by operation: ``records``, ``states``, ``bad`` and ``findings``."""
    return dict(json.loads(FILE.read_text("utf-8"))) if FILE.exists() else {}


def save(results: dict[str, Any]) -> None:
    """Keep the results."""
    FILE.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")


def write_docs(results: dict[str, Any]) -> None:
    """Put the table into its place in the documentation."""
    before, rest = DOCS.read_text("utf-8").split(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n\n{table(results)}\n\n{END}{rest.split(END)[1]}", "utf-8")


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
