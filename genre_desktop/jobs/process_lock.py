"""Locks between processes that no crash can leave behind: the operating system holds them."""

from __future__ import annotations

from filelock import FileLock, Timeout

from genre_desktop.core.paths import Home


class Lock:
    """A named lock with one holder at a time among all processes that use this home.

    It ends with its holder's process, however that ends.
    """

    def __init__(self, home: Home, name: str) -> None:
        path = home.root / "locks" / f"{name}.lock"
        # A schedule is opened and closed by different threads.
        self._lock = FileLock(path, mode=0o600, thread_local=False, poll_interval=0.02)

    def acquire(self, within_s: float = 0.0) -> bool:
        """Take the lock, trying for ``within_s`` seconds; False when another holds it."""
        try:
            self._lock.acquire(timeout=within_s)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Release the lock; does nothing when it is not held."""
        self._lock.release(force=True)

    def is_taken(self) -> bool:
        """Whether somebody holds it now (this object included)."""
        if self._lock.is_locked:
            return True
        free = self.acquire()
        self.release()
        return not free
