"""Collects warnings and worse from the logs of both homes while they are written, as logs are rotated and deleted."""

from __future__ import annotations

from pathlib import Path

from benchmarks.endurance.records import NAMES, Name, RunFolder
from genre_desktop.core.logs.reader import parse

LONGEST = 3000
"""Letters of a record that are kept."""


class LogLines:
    """Reads on in every log file, by its number in the file system: a rotated one has another name."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._read: dict[int, int] = {}

    def collect(self) -> None:
        """Append what is new."""
        for name in NAMES:
            for path in sorted((self._folder.home(name) / "logs").rglob("*.log*")):
                self._collect(name, path)

    def _collect(self, name: Name, path: Path) -> None:
        try:
            with path.open("rb") as file:
                number = path.stat().st_ino
                file.seek(self._read.get(number, 0))
                whole = file.read().rpartition(b"\n")[0]
                self._read[number] = self._read.get(number, 0) + len(whole)
        except OSError:
            return
        for record in parse(whole.decode("utf-8", "replace")):
            if record.at_least("WARNING"):
                self._folder.add(
                    "log",
                    {
                        "home": name, "file": path.name, "time": record.time, "level": record.level,
                        "source": record.source, "text": record.text[:LONGEST],
                    },
                )  # fmt: skip
