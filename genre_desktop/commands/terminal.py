"""Output of the commands: results on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import math
import os
import sys
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from genre_desktop.commands import formatting
from genre_desktop.core.errors import Problem
from genre_desktop.core.own_files.damaged_rows import left_out
from genre_desktop.core.own_files.set_aside import found, original
from genre_desktop.core.paths import Home
from genre_desktop.core.quoting.controls import json_text, printable

if TYPE_CHECKING:
    from pathlib import Path

    from genre_desktop.core.settings import Settings
    from genre_desktop.core.store.database import Database

_PROGRESS_EVERY_S = 0.1


class Terminal:
    """Writes text to a terminal, or JSON for another program, on behalf of a command.

    Each call writes one line: whatever names of files, genres and servers contain, its control characters are
    printed as escapes.

    ``json_output`` restricts standard output to JSON; ``out`` and ``err`` replace the standard streams.
    """

    def __init__(
        self, home: Home, *, json_output: bool = False, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        self.home = home
        self.json = json_output
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._progress_shown = 0
        self._progress_at = 0.0
        self._not_stored = False
        self._set_aside = set(self._found_set_aside())
        _escape_unencodable(self._out, utf8=json_output)
        _escape_unencodable(self._err)

    @cached_property
    def database(self) -> Database:
        """The store, opened at first use. ``AppError`` if that fails."""
        from genre_desktop.core.recovery import set_aside_alerts
        from genre_desktop.core.store.database import Database

        database = Database(self.home.store)
        set_aside_alerts.report(self.home, database)
        return database

    @cached_property
    def settings(self) -> Settings:
        """The user's settings. ``AppError`` if they cannot be read."""
        from genre_desktop.core.settings import Settings

        return Settings.load(self.home.settings)

    def data(self, document: Any) -> None:
        """Print one line of JSON in JSON mode; non-finite numbers become null."""
        if self.json:
            self._clear_progress()
            print(json_text(_finite(document)), file=self._out, flush=True)

    def print(self, line: str = "") -> None:
        """Print a line of the result, unless in JSON mode."""
        if not self.json:
            self._clear_progress()
            print(printable(line), file=self._out, flush=True)

    def notify(self, line: str) -> None:
        """Print a message on standard error."""
        self._clear_progress()
        print(printable(line), file=self._err, flush=True)

    def problem(self, problem: Problem) -> None:
        """Report why a command failed: in JSON mode as JSON, always as text."""
        self.data({"error": problem.to_dict()})
        self.notify_problem(problem)

    def notify_problem(self, problem: Problem) -> None:
        """Print a problem on standard error."""
        lines = (problem.title, f"  {problem.reason}", f"  {problem.hint}" if problem.hint else "")
        for line in filter(None, lines):
            self.notify(line)

    def not_stored(self, problem: Problem) -> None:
        """Print, once, that answers go on but are not stored, and why."""
        if not self._not_stored:
            self._not_stored = True
            self.notify(
                f"{problem.title}: {problem.reason} Files are still analysed, but the answers are not saved."
            )

    def progress(self, line: str) -> None:
        """Show a line that the next one replaces; only on a terminal, at most ten times a second."""
        now = time.monotonic()
        if not self._err.isatty() or now - self._progress_at < _PROGRESS_EVERY_S:
            return
        self._progress_at = now
        line = printable(line)
        blanks = " " * max(0, self._progress_shown - formatting.width(line))
        print(f"\r{line}{blanks}", end="", file=self._err, flush=True)
        self._progress_shown = formatting.width(line)

    def close(self) -> None:
        """Report what was set aside meanwhile, by whatever process, clear the progress line and close the store."""
        self._clear_progress()
        for path in self._found_set_aside():
            if path not in self._set_aside:
                self.notify(f"{original(path)} could not be read; it was moved aside to {path}.")
        if "database" in self.__dict__:
            from genre_desktop.core.recovery import row_alerts

            database = self.__dict__.pop("database")
            if counts := left_out(database.path):
                self.notify(str(row_alerts.notice(counts).happened))
            row_alerts.report(database)
            database.close()

    def _found_set_aside(self) -> list[Path]:
        return [path for folder in (self.home.root, self.home.registry) for path in found(folder)]

    def discard_output(self) -> None:
        """Redirect buffered and further output to null, after the reading end was closed."""
        null = os.open(os.devnull, os.O_WRONLY)
        with contextlib.suppress(OSError, ValueError):
            os.dup2(null, self._out.fileno())
        os.close(null)

    def bar(self, share: float, columns: int = 24) -> str:
        """Return a bar for a share of 0 to 1, in a character the terminal can encode."""
        full = "█" if _can_encode("█", self._out) else "#"
        return full * round(share * columns)

    def _clear_progress(self) -> None:
        if self._progress_shown:
            print("\r" + " " * self._progress_shown + "\r", end="", file=self._err, flush=True)
            self._progress_shown = 0


def _escape_unencodable(stream: TextIO, *, utf8: bool = False) -> None:
    """Escape what the stream cannot encode, so that no file name makes a command fail."""
    if hasattr(stream, "reconfigure"):
        # In UTF-8 only lone surrogates are replaced, by escapes that are valid in JSON too.
        stream.reconfigure(errors="backslashreplace", **({"encoding": "utf-8"} if utf8 else {}))


def _can_encode(character: str, stream: TextIO) -> bool:
    try:
        character.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
