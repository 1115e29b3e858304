"""The folder of a run: JSON lines that survive an interruption, and the homes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Name = Literal["long", "restarted"]
"""A home: of the window that stays open, and of the one that is started again and again."""

NAMES: tuple[Name, ...] = ("long", "restarted")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The files of one run. Times are seconds since 1970."""

    root: Path

    def home(self, name: Name) -> Path:
        """The home of a window."""
        return self.root / f"home-{name}"

    def music(self, name: Name) -> Path:
        """The folder of its songs."""
        return self.root / f"music-{name}"

    def output(self, name: Name) -> Path:
        """What a window writes to standard output and error."""
        return self.root / f"output-{name}.txt"

    def roles(self, name: Name) -> Path:
        """The process ids a window knows, by role."""
        return self.root / f"roles-{name}.json"

    def note(self, home: str, what: str, **values: Any) -> None:
        """Write down that something was done or has happened."""
        self.add("events", {"t": time.time(), "home": home, "what": what, **values})

    def add(self, kind: str, record: Record) -> None:
        """Append to ``events``, ``samples`` or ``log``; several processes may."""
        line = json.dumps(record, default=str) + "\n"
        with (self.root / f"{kind}.jsonl").open("a", encoding="utf-8") as file:
            file.write(line)

    def read(self, kind: str) -> Iterator[Record]:
        """Yield what was appended, without a line that was cut off."""
        path = self.root / f"{kind}.jsonl"
        if not path.exists():
            return
        for line in path.read_text("utf-8").splitlines():
            if line.endswith("}"):
                yield json.loads(line)
