"""Processes that outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

_SET_CHILD_SUBREAPER = 36
END_S = 10.0
"""Seconds in which the processes of a killed one must have noticed and ended."""


def adopt() -> None:
    """Become the parent of every process below whose own parent has ended."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def found() -> list[str]:
    """Wait for the processes below, and end and return those that do not end by themselves."""
    by = time.monotonic() + END_S
    while _wait_for_one():
        if time.monotonic() > by:
            return [f"orphan: {_end(pid)}" for pid in _children()]
        time.sleep(0.002)
    return []


def _wait_for_one() -> bool:
    """Take the exit code of one that has ended; return whether others may be left."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def _children() -> list[int]:
    me = os.getpid()
    return [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text("ascii").split()]


def _end(pid: int) -> str:
    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return command
