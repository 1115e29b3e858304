"""How much memory the program uses, its worker processes included."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass

import psutil

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB resident: this process, and everything it started; ``processes`` counts both."""

    own: float
    children: float
    processes: int


def used(pid: int | None = None) -> Memory:
    """Memory of a process (this one by default) and of what it started; zeros when it is gone."""
    try:
        process = psutil.Process(os.getpid() if pid is None else pid)
        own = process.memory_info().rss
        children = process.children(recursive=True)
    except psutil.NoSuchProcess:
        return Memory(0.0, 0.0, 0)
    total, count = 0, 1
    for child in children:
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            total += child.memory_info().rss
            count += 1
    return Memory(own / MIB, total / MIB, count)
