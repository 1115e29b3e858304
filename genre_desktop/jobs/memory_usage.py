"""Memory used by the program, its child processes included."""

from __future__ import annotations

import contextlib

import psutil


def resident_bytes(pid: int | None = None) -> int:
    """Return the resident memory of a process (default: this one) and its children; 0 when it is gone."""
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for member in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):  # it may have just ended
                total += int(member.memory_info().rss)
    return total
