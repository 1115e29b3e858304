"""Locks between processes that the operating system releases when their holder crashes."""

from __future__ import annotations

from filelock import FileLock, Timeout

from genre_desktop.core.paths import Home


class Lock:
    """A named lock with one holder at a time among all processes that use this home."""

    def __init__(self, home: Home, name: str) -> None:
        path = home.root / "locks" / f"{name}.lock"
        # A schedule is opened and closed by different threads.
        self._lock = FileLock(path, mode=0o600, thread_local=False, poll_interval=0.02)

    def acquire(self, within_s: float = 0.0) -> bool:
        """Acquire the lock within ``within_s`` seconds; return False if another holds it."""
        try:
            self._lock.acquire(timeout=within_s)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Release the lock; does nothing when it is not held."""
        self._lock.release(force=True)

    def is_taken(self) -> bool:
        """Return whether the lock is held, by this object or another."""
        if self._lock.is_locked:
            return True
        free = self.acquire()
        self.release()
        return not free
