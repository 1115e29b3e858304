"""Halts a thread of PortAudio that runs in circles, which it does for ever and writes a line each time round.

Only on Linux, where its ALSA back end can come to that (PortAudio issue 1037).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

_LOOKS = 50
_PAUSE_S = 0.02
_TIMES = slice(11, 13)
"""Where ``/proc/…/stat`` has the time of the processor, counted behind the name; see ``man 5 proc``."""


def suspend_thread(thread_id: int) -> bool:
    """Let a busy thread of this process sleep for good; False where that is not possible or not needed.

    The thread gets a signal whose handler is the C library's own ``pause``, while we hold the lock of
    ``stderr``: so it does not fall asleep with that lock in its hands.

    Parameters
    ----------
    thread_id:
        The system's number of the thread, which must not be one of Python's own; 0 does nothing.
    """
    if not sys.platform.startswith("linux") or not thread_id:
        return False
    task, number = Path(f"/proc/self/task/{thread_id}"), signal.SIGRTMIN + 7
    try:
        return _is_busy(task) and not _handles(task, number) and _put_to_sleep(task, thread_id, number)
    except (OSError, AttributeError):  # it has ended meanwhile, or this C library has no such functions
        return False


def _put_to_sleep(task: Path, thread_id: int, number: int) -> bool:
    c = ctypes.CDLL(None)
    c.signal.argtypes, c.signal.restype = (ctypes.c_int, ctypes.c_void_p), ctypes.c_void_p
    stderr = ctypes.c_void_p.in_dll(c, "stderr")
    c.signal(number, ctypes.cast(c.pause, ctypes.c_void_p))
    c.flockfile(stderr)
    try:
        c.tgkill(os.getpid(), thread_id, number)
        for _ in range(_LOOKS):
            if _handles(task, number):
                return True
            time.sleep(_PAUSE_S)
        return False
    finally:
        c.funlockfile(stderr)


def _is_busy(task: Path) -> bool:
    """True when the thread works all the time: it has used the processor in some of five short pauses."""
    before, gains = _ticks(task), []
    for _ in range(5):
        time.sleep(0.05)
        now = _ticks(task)
        gains.append(now > before)
        before = now
    return sum(gains) >= 2


def _ticks(task: Path) -> int:
    behind_name = (task / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return sum(int(number) for number in behind_name[_TIMES])


def _handles(task: Path, number: int) -> bool:
    """True while the thread is in the signal's handler, or does not take the signal at all."""
    for line in (task / "status").read_text("ascii", "replace").splitlines():
        if line.startswith("SigBlk:"):
            return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False
