"""Compile the preloaded library ``shim.c`` and share its state with every process of an operation."""

from __future__ import annotations

import ctypes
import mmap
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
FAULTS = ("kill", "full", "error", "descriptors")
"""kill -9 at a call, ENOSPC from a call on, EIO at a call, EMFILE at an opening."""
VARIABLE = "FAULTS_STATE"


class State(ctypes.Structure):
    """``struct state`` of the library; ``at`` counts from 1, 0 for no fault."""

    _fields_ = (
        ("calls", ctypes.c_uint64),
        ("opens", ctypes.c_uint64),
        ("at", ctypes.c_uint64),
        ("fired", ctypes.c_uint64),
        ("fault", ctypes.c_uint32),
        ("armed", ctypes.c_uint32),
        ("below", ctypes.c_char * 1024),
    )

    def arm(self, below: Path, fault: str = "", at: int = 0) -> None:
        """Count from now on what happens below a folder, and fail at one call."""
        self.calls = self.opens = self.fired = 0
        self.below = os.fsencode(below)
        self.fault = FAULTS.index(fault) + 1 if fault else 0
        self.at, self.armed = at, 1

    def disarm(self) -> None:
        """Count nothing more."""
        self.armed = 0


def opened() -> State:
    """Return the state that this process shares with the library."""
    with Path(os.environ[VARIABLE]).open("r+b") as file:
        return State.from_buffer(mmap.mmap(file.fileno(), ctypes.sizeof(State)))


def is_loaded() -> bool:
    """Return whether this process has the library preloaded."""
    return VARIABLE in os.environ


def compile_to(folder: Path) -> Path:
    """Compile the library and return its file."""
    target = folder / "shim.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(target), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return target


def run_preloaded(module: str, arguments: list[str], call: Callable[..., int] = subprocess.call) -> int:
    """Run a module of ours in a process that has the library; return its exit code."""
    with tempfile.TemporaryDirectory(prefix="faults-shim-") as folder:
        state = Path(folder) / "state"
        state.write_bytes(bytes(ctypes.sizeof(State)))
        environment = os.environ | {"LD_PRELOAD": str(compile_to(Path(folder))), VARIABLE: str(state)}
        return call([sys.executable, "-m", module, *arguments], env=environment)
