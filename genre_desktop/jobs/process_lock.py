"""Locks between processes that no crash can leave behind: the operating system holds them."""

from __future__ import annotations

import os
import sys
import time

from genre_desktop.core.paths import Home

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """One holder at a time among all processes that use this home.

    The lock ends with its holder's process, however that ends.
    """

    def __init__(self, home: Home, name: str) -> None:
        self._path = home.root / "locks" / f"{name}.lock"
        self._descriptor: int | None = None

    def acquire(self, within_s: float = 0.0) -> bool:
        """Take the lock, trying for ``within_s`` seconds; False when another holds it."""
        by = time.monotonic() + within_s
        while not self._try():
            if time.monotonic() >= by:
                return False
            time.sleep(0.02)
        return True

    def _try(self) -> bool:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give it back; nothing happens when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_taken(self) -> bool:
        """Whether somebody holds it now (this object included)."""
        if self._descriptor is not None:
            return True
        free = self.acquire()
        self.release()
        return not free
