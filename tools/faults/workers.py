"""Processes with the library preloaded that run operations with faults side by side."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tools.faults import shim


class Workers:
    """Started processes; :meth:`run` may be called by as many threads as there are processes."""

    def __init__(self, processes: list[subprocess.Popen[str]]) -> None:
        self._free: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        for process in processes:
            self._free.put(process)

    def run(self, operation: str, fault: str = "", at: int = 0) -> dict[str, Any]:
        """Run an operation once in a process that is free; return the fields of a :class:`.runner.Run`."""
        process = self._free.get()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([operation, fault, at]) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{operation}, {fault} at {at}: the harness ended with {process.wait()}")
        self._free.put(process)
        return dict(json.loads(answer))


@contextmanager
def started(n: int) -> Iterator[Workers]:
    """Start ``n`` processes, each with a state of its own; end them afterwards."""
    with tempfile.TemporaryDirectory(prefix="faults-shim-") as folder, ExitStack() as stack:
        library = shim.compile_to(Path(folder))
        processes = []
        for number in range(n):
            state = Path(folder) / f"state-{number}"
            state.write_bytes(bytes(ctypes.sizeof(shim.State)))
            environment = os.environ | {"LD_PRELOAD": str(library), shim.VARIABLE: str(state)}
            process = subprocess.Popen(
                [sys.executable, "-m", "tools.faults.worker"], env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
            processes.append(stack.enter_context(process))
        yield Workers(processes)
