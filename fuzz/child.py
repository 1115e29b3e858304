"""The process in which inputs are read: it answers each with an outcome, until it is ended or ends itself."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import os
import resource
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from fuzz.outcome import MEMORY_MB, Broken, Outcome
from fuzz.target import Target
from genre_desktop.core.errors import AppError
from genre_desktop.core.problems import CATALOGUE

_SPARE_MB = 1_500
"""Address space that an input may take beyond what the process has when it begins."""

_ROOT = Path(__file__).resolve().parents[1]
_status = Path("/proc/self/status")
_clear = Path("/proc/self/clear_refs")


def main(name: str, connection: Connection, log: str) -> None:
    """Answer each ``(file name, bytes)`` with an outcome; None ends the process."""
    from fuzz.targets import find

    redirect(log)
    module, _, attribute = name.partition(":")
    target = getattr(importlib.import_module(module), attribute) if attribute else find(name)
    runner = Runner(target)
    connection.send("ready")
    while (order := connection.recv()) is not None:
        connection.send(runner.run(*order))


class Runner:
    """Reads inputs with one target and notes what becomes of each."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._stray: list[str] = []
        sys.unraisablehook = self._unraisable
        threading.excepthook = self._in_thread
        warnings.simplefilter("ignore")
        self._folder = tempfile.TemporaryDirectory(prefix="genre-fuzz-")
        _warm(target, Path(self._folder.name))
        _limit_memory()

    def run(self, name: str, data: bytes) -> Outcome:
        """Write the bytes into a file and read it; ``name`` is that of the seed they come from."""
        path = Path(self._folder.name) / f"input{Path(name).suffix}"
        path.write_bytes(data)
        _reset_peak()
        kind, signature, detail = self._read(path)
        if self._stray:
            kind, signature, detail = "exception", self._stray[0].splitlines()[-1][:120], self._stray[0]
            self._stray.clear()
        if (peak := _peak_mb()) > MEMORY_MB:
            kind, signature, detail = "memory", f"{Path(name).suffix} {signature}"[:100], f"{peak:.0f} MB"
            gc.collect()
        return Outcome(kind, signature, detail, time.process_time())  # type: ignore[arg-type]

    def _read(self, path: Path) -> tuple[str, str, str]:
        try:
            return "read", self.target.run(path), ""
        except AppError as error:
            return _refused(error)
        except Broken as error:
            return "broken", str(error)[:120], traceback.format_exc()[-3000:]
        except MemoryError:
            return "memory", f"{path.suffix} {_place(sys.exc_info()[2])}", traceback.format_exc()[-3000:]
        except self.target.expected as error:
            return "refused", type(error).__name__, ""
        except Exception as error:
            place = _place(error.__traceback__)
            return "exception", f"{type(error).__name__} in {place}", traceback.format_exc()[-3000:]

    def _unraisable(self, found: Any) -> None:
        if found.exc_value is not None:
            self._stray.append("".join(traceback.format_exception(found.exc_value)).strip())

    def _in_thread(self, found: Any) -> None:
        if found.exc_value is not None:
            self._stray.append("".join(traceback.format_exception(found.exc_value)).strip())


def _refused(error: AppError) -> tuple[str, str, str]:
    """Return the outcome of a problem, whose sentences must all have their values."""
    problem = error.problem
    try:
        texts = [str(text) for text in problem.texts]
    except Exception as failure:
        return (
            "broken",
            f"the texts of {problem.key}: {type(failure).__name__}",
            traceback.format_exc()[-3000:],
        )
    if set(problem.params) < CATALOGUE[problem.key].placeholders:
        return "broken", f"the texts of {problem.key} lack a value", " ".join(texts)
    if problem.code == "unexpected" or not all(texts):
        return "broken", f"no sentence for {problem.key}", " ".join(texts)
    return "refused", problem.key, ""


def _place(trace: TracebackType | None) -> str:
    """Return the innermost line of our own code, and below it the function that raised."""
    own = inner = ""
    for frame in traceback.extract_tb(trace):
        inner = f"{Path(frame.filename).name}:{frame.name}"
        if frame.filename.startswith(str(_ROOT / "genre_desktop")):
            own = f"{Path(frame.filename).relative_to(_ROOT).as_posix()}:{frame.name}"
    return own if own.endswith(inner) else f"{own} > {inner}"


def _warm(target: Target, folder: Path) -> None:
    """Read a seed, so that what is imported late counts neither as memory nor as time."""
    for name, data in list(target.seeds().items())[:3]:
        path = folder / f"warm{Path(name).suffix}"
        path.write_bytes(data)
        target.run(path)


def _limit_memory() -> None:
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limit = size + _SPARE_MB * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reset_peak() -> None:
    _clear.write_text("5")


def _peak_mb() -> float:
    for line in _status.read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def redirect(log: str) -> None:
    """Send what libraries write to both streams into a file; a crash or a hang adds its traceback there."""
    sys.stderr = Path(log).open("w", buffering=1)  # noqa: SIM115  # open until the process ends
    for stream in (1, 2):
        os.dup2(sys.stderr.fileno(), stream)
    faulthandler.enable(sys.stderr)
    faulthandler.register(signal.SIGUSR1, sys.stderr)
