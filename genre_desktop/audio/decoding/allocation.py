"""Limits the memory that FFmpeg reserves at a time, on every system."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from functools import cache
from pathlib import Path

MOST_BYTES = 1 << 27
"""Of one allocation: the index of a day of sound takes some 40 MB of it. Headers of a few bytes can declare gigabytes."""


@cache
def limit() -> bool:
    """Let FFmpeg refuse to reserve more than :data:`MOST_BYTES` at once; return whether that is active.

    PyAV has no function for it. Where its own module does not lead to FFmpeg's libraries (Windows), they are looked
    for beside it.
    """
    for library in _libraries():
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(library).av_max_alloc(ctypes.c_size_t(MOST_BYTES))
            return True
    return False


def _libraries() -> Iterator[str]:
    import av._core

    yield av._core.__file__
    yield from map(str, sorted(Path(av.__file__).parent.with_name("av.libs").glob("avutil-*.dll")))
