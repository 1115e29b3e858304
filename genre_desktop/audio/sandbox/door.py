"""Closes the door behind the decoder process: from then on it has its memory, its socket and the given file."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
from pathlib import Path

from genre_desktop.audio.decoding.container import MOST_MEGABYTES
from genre_desktop.audio.sandbox import landlock, seccomp

MEMORY_BYTES = MOST_MEGABYTES * 1_000_000
"""Most memory of a decoder process. ``RLIMIT_AS`` holds for every mapping, also one of a file; it counts addresses,
of which libraries reserve some 160 MB that they do not use."""

_SET_DUMPABLE, _SET_NO_NEW_PRIVS = 4, 38
_DESCRIPTORS = 16


def close_door(sealed: bool = True) -> tuple[int, bool]:
    """Give up every right, and return the version of Landlock (0: none) and whether seccomp is active.

    Parameters
    ----------
    sealed:
        False to apply limits only, where the rest made the process end.

    Raises
    ------
    OSError
        The kernel refused a part that it announced.
    RuntimeError
        A library has started a thread, which Landlock would leave outside.
    """
    _limit()
    if not sealed or platform.system() != "Linux":
        return 0, False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return 0, False
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208  # only counted
        raise RuntimeError("more than one thread")
    version = landlock.install()
    active = seccomp.available()
    if active:
        seccomp.install()
    return version, active


def _limit() -> None:
    page = os.sysconf("SC_PAGE_SIZE")
    mapped, resident = (int(n) * page for n in Path("/proc/self/statm").read_text().split()[:2])
    for kind, limit in (
        (resource.RLIMIT_AS, mapped + MEMORY_BYTES - resident),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _DESCRIPTORS),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
