"""Reading of log files: parse lines into records, and follow a growing file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from genre_desktop.core.paths import Home
from genre_desktop.core.quoting.controls import printable

Level = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LEVELS: tuple[Level, ...] = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FIRST_BYTES = 400_000
"""Only so many bytes at the end of a long file are read."""

_RECORD = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[,.\d]* (?P<level>[A-Z]+) (?P<source>\S+): (?P<text>.*)"
)
_JOB_LINE = re.compile(r"(?P<time>\d\d:\d\d:\d\d) (?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Record:
    """One log record; ``text`` may have several lines, such as a traceback.

    ``time`` is as written, without fractions; ``source`` is the logger, empty for output of a job.
    """

    time: str
    level: Level
    source: str
    text: str

    def __str__(self) -> str:
        head = " ".join(part for part in (self.time, self.level.ljust(8), self.source) if part)
        return f"{head}: {self.text}" if self.source else f"{head} {self.text}"

    def at_least(self, level: Level) -> bool:
        """Return whether it is at least as severe as ``level``."""
        return LEVELS.index(self.level) >= LEVELS.index(level)


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log file and its writer: ``window``, ``workers``, ``command-line`` or a job's name."""

    writer: str
    path: Path


def log_files(home: Home, jobs: int = 20) -> list[LogFile]:
    """Return the existing log files: the program's own, then the newest ``jobs`` of jobs."""
    names = {"window": "genre-desktop.log", "workers": "worker.log", "command-line": "command-line.log"}
    own = [LogFile(writer, home.logs / name) for writer, name in names.items()]
    of_jobs = sorted((home.logs / "jobs").glob("*.log"), key=_written, reverse=True)
    found = own + [LogFile(_job(path), path) for path in of_jobs[:jobs]]
    return [file for file in found if file.path.is_file()]


def parse(text: str) -> Iterator[Record]:
    """Yield the records of a log, control characters as escapes; a line that starts none belongs to the previous one."""
    before: Record | None = None
    for line in map(printable, text.removesuffix("\n").split("\n")):
        record = _begin(line)
        if record is None and before is not None:
            before = Record(before.time, before.level, before.source, f"{before.text}\n{line}")
            continue
        if before is not None:
            yield before
        before = record or Record("", "INFO", "", line)
    if before is not None:
        yield before


class FileFollower:
    """Follows one growing file.

    ``renewed`` is True after a read that found a shorter file than before, such as a rotated one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.renewed = False
        self._place: int | None = None
        self._rest = b""

    def read(self) -> str:
        """Return the complete lines since the last read; the first time those at the end of the file.

        Raises
        ------
        OSError
            The file is missing or unreadable.
        """
        size = self.path.stat().st_size
        first = self._place is None
        self.renewed = not first and size < (self._place or 0)
        if first or self.renewed:
            self._place, self._rest = max(0, size - FIRST_BYTES), b""
        with self.path.open("rb") as file:
            file.seek(self._place or 0)
            fresh = file.read()
        cut_off = first and bool(self._place)
        self._place = (self._place or 0) + len(fresh)
        whole, newline, self._rest = (self._rest + fresh).rpartition(b"\n")
        if cut_off:
            whole = whole.partition(b"\n")[2]
        return (whole + newline).decode("utf-8", "replace")


def _begin(line: str) -> Record | None:
    if match := _RECORD.fullmatch(line):
        found = match["level"]
        level: Level = next((known for known in LEVELS if known == found), "INFO")
        return Record(match["time"], level, match["source"], match["text"])
    if match := _JOB_LINE.fullmatch(line):
        return Record(match["time"], "INFO", "", match["text"])
    return None


def _job(path: Path) -> str:
    return re.sub(r"-\d{8}-\d{6}.*$", "", path.stem)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # just deleted
        return 0.0
