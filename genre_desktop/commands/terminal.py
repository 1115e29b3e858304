"""Where a command writes: results on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from genre_desktop.commands import formatting
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home

if TYPE_CHECKING:
    from genre_desktop.core.settings import Settings
    from genre_desktop.core.store.database import Database

_PROGRESS_EVERY_S = 0.1


class Terminal:
    """The person's terminal, or the program that reads our JSON.

    Parameters
    ----------
    home:
        The user's data.
    json_output:
        Standard output carries JSON and nothing else.
    out, err:
        For tests; standard output and error otherwise.
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
        _never_fail(self._out, utf8=json_output)
        _never_fail(self._err)

    @cached_property
    def database(self) -> Database:
        """The store, opened at first use. ``AppError`` when it cannot be."""
        from genre_desktop.core.store.database import Database

        return Database(self.home.store)

    @cached_property
    def settings(self) -> Settings:
        """The person's settings. ``AppError`` when they cannot be read."""
        from genre_desktop.core.settings import Settings

        return Settings.load(self.home.settings)

    def data(self, document: Any) -> None:
        """One line of JSON, when that was asked for. Numbers that are not finite become null."""
        if self.json:
            self._clear_progress()
            print(
                json.dumps(_finite(document), ensure_ascii=False, allow_nan=False), file=self._out, flush=True
            )

    def say(self, line: str = "") -> None:
        """A line for people, when JSON was not asked for."""
        if not self.json:
            self._clear_progress()
            print(line, file=self._out, flush=True)

    def note(self, line: str) -> None:
        """A line beside the result, on standard error."""
        self._clear_progress()
        print(line, file=self._err, flush=True)

    def problem(self, problem: Problem) -> None:
        """Why a command did not work: as JSON where that was asked for, always in words."""
        self.data({"error": problem.to_dict()})
        self.note(f"{formatting.printable(problem.title)}\n  {formatting.printable(problem.reason)}")
        if problem.hint:
            self.note(f"  {formatting.printable(problem.hint)}")

    def progress(self, line: str) -> None:
        """A line that the next one replaces; only where a person looks, a few times a second."""
        now = time.monotonic()
        if not self._err.isatty() or now - self._progress_at < _PROGRESS_EVERY_S:
            return
        self._progress_at = now
        line = formatting.printable(line)
        blanks = " " * max(0, self._progress_shown - formatting.width(line))
        print(f"\r{line}{blanks}", end="", file=self._err, flush=True)
        self._progress_shown = formatting.width(line)

    def close(self) -> None:
        """Tidy up."""
        self._clear_progress()
        if "database" in self.__dict__:
            self.__dict__.pop("database").close()

    def hang_up(self) -> None:
        """Nobody reads our output any more: let what is still buffered vanish without a complaint."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, self._out.fileno())
        os.close(nowhere)

    def bar(self, share: float, columns: int = 24) -> str:
        """A bar for a share of 0 to 1, in characters this terminal has."""
        full = "█" if _can_show("█", self._out) else "#"
        return full * round(share * columns)

    def _clear_progress(self) -> None:
        if self._progress_shown:
            print("\r" + " " * self._progress_shown + "\r", end="", file=self._err, flush=True)
            self._progress_shown = 0


def _never_fail(stream: TextIO, *, utf8: bool = False) -> None:
    """No file name may end a command: what the stream cannot show becomes an escape."""
    if hasattr(stream, "reconfigure"):
        # In UTF-8 only lone surrogates are replaced, by what JSON too understands as an escape.
        stream.reconfigure(errors="backslashreplace", **({"encoding": "utf-8"} if utf8 else {}))


def _can_show(character: str, stream: TextIO) -> bool:
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
