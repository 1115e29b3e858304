"""Runs inputs in a child process, and starts another one when it crashed, hung or grew old."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from fuzz import child
from fuzz.outcome import HANG_S, Outcome

_START_S = 180.0
_INPUTS = 5_000
"""Inputs after which a process is replaced, so that leaks of libraries do not count as an input's memory."""


class Executor:
    """One target in a child process; a context manager.

    Parameters
    ----------
    target:
        Its name, or ``module:ATTRIBUTE`` for one that is not among the targets.
    folder:
        For the logs of the processes.
    """

    def __init__(self, target: str, folder: Path, hang_s: float = HANG_S) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._target, self._hang_s = target, hang_s
        self._log = folder / f"{time.monotonic_ns()}.log"
        self._child: _Child | None = None
        self._inputs = 0
        self._before = self._now = 0.0

    @property
    def cpu_s(self) -> float:
        """Processor seconds of all its processes so far."""
        return self._before + self._now

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._log.unlink(missing_ok=True)

    def run(self, name: str, data: bytes) -> Outcome:
        """Return what becomes of an input."""
        if self._child is None or self._inputs >= _INPUTS:
            self._end()
            self._child = self._started()
            self._inputs = 0
        child = self._child
        self._inputs += 1
        try:
            child.connection.send((name, data))
            if not child.connection.poll(self._hang_s):
                return self._hung(child)
            outcome: Outcome = child.connection.recv()
        except (EOFError, OSError):
            return self._crashed(child)
        self._now = outcome.cpu_s
        if outcome.kind == "memory":  # the next input starts in a small process
            self._end()
        return outcome

    def _started(self) -> _Child:
        context = multiprocessing.get_context("spawn")
        connection, other = context.Pipe()
        process = context.Process(
            target=child.main, args=(self._target, other, str(self._log)), name="fuzz-child"
        )
        process.start()
        other.close()
        try:
            if not connection.poll(_START_S):
                process.kill()
                raise TimeoutError(f"{self._target} does not start")
            connection.recv()
        except (EOFError, OSError) as error:
            raise RuntimeError(f"{self._target} does not start:\n{self._logged()[-4000:]}") from error
        return _Child(process, connection)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            child.connection.send(None)
        child.process.join(5)
        if child.process.is_alive():
            child.process.kill()
            child.process.join()
        child.connection.close()
        self._before, self._now = self._before + self._now, 0.0

    def _hung(self, child: _Child) -> Outcome:
        self._now += self._hang_s
        with contextlib.suppress(OSError):
            os.kill(child.process.pid or 0, signal.SIGUSR1)  # faulthandler writes where it is
            child.process.join(0.5)
        child.process.kill()
        child.process.join()
        text = self._logged()
        self._end()
        return Outcome("hang", f"in {place_in(text)}", last_words(text))

    def _crashed(self, child: _Child) -> Outcome:
        child.process.join(10)
        code = child.process.exitcode or 0
        text = self._logged()
        self._end()
        cause = signal.Signals(-code).name if code < 0 else f"exit {code}"
        return Outcome("crash", f"{cause} in {place_in(text)}", last_words(text))

    def _logged(self) -> str:
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""


@dataclass(frozen=True, slots=True)
class _Child:
    process: BaseProcess
    connection: Connection


def place_in(log: str) -> str:
    """Return the innermost two lines of Python that faulthandler wrote."""
    current = log.partition("most recent call first")[2]
    places = re.findall(r'File "[^"]*?([^/"]+)", line \d+ in (\S+)', current)
    return " < ".join(f"{file}:{function}" for file, function in places[:2]) or "native code"


def last_words(log: str) -> str:
    """Return the end of a log, without the list of extension modules that faulthandler adds."""
    return log.partition("Extension modules:")[0][-3000:]
