"""Results of a harness, kept as JSON, and their table in ``docs/reliability.md``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs" / "reliability.md"


@dataclass(frozen=True, slots=True)
class ResultsTable:
    """The results in ``file``, and the place of their table: between the comments ``NAME: begin`` and ``NAME: end``."""

    file: Path
    name: str

    def load(self) -> dict[str, Any]:
        """Return the results; empty before the first run."""
        return dict(json.loads(self.file.read_text("utf-8"))) if self.file.exists() else {}

    def save(self, results: dict[str, Any]) -> None:
        """Keep the results."""
        self.file.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")

    def write_docs(self, table: str) -> None:
        """Put the table into its place in the documentation."""
        begin, end = f"<!-- {self.name}: begin -->", f"<!-- {self.name}: end -->"
        before, rest = DOCS.read_text("utf-8").split(begin)
        DOCS.write_text(f"{before}{begin}\n\n{table}\n\n{end}{rest.split(end)[1]}", "utf-8")
