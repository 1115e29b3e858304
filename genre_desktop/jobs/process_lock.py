"""Locks between processes that the operating system releases when their holder crashes."""

from __future__ import annotations

import os
import sys
import time

from genre_desktop.core.errors import AppError, raise_if_full
from genre_desktop.core.paths import Home, HomeGoneError, make_folder

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """A named lock with one holder at a time among all processes that use this home."""

    def __init__(self, home: Home, name: str) -> None:
        self._path = home.root / "locks" / f"{name}.lock"
        self._descriptor: int | None = None

    def acquire(self, within_s: float = 0.0) -> bool:
        """Acquire the lock within ``within_s`` seconds; return False if another holds it.

        Raises
        ------
        AppError
            ``no-space``, ``home-gone`` or ``lock-failed``: its file cannot be opened.
        """
        deadline = time.monotonic() + within_s
        while not self._try_acquire():
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        return True

    def _try_acquire(self) -> bool:
        try:
            make_folder(self._path.parent)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except HomeGoneError:
            raise
        except OSError as error:
            raise_if_full(error, self._path)
            raise AppError("lock-failed", path=str(self._path), error=error.strerror or str(error)) from error
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Release the lock; does nothing when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_taken(self) -> bool:
        """Return whether the lock is held, by this object or another."""
        if self._descriptor is not None:
            return True
        free = self.acquire()
        self.release()
        return not free
