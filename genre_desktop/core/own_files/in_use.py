"""Whether any process has a database open, so that it is never renamed under another's hands.

Locks of SQLite itself cannot answer that: they say nothing about a file that is no database, and closing a second
descriptor of the file would release them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class UseLock:
    """A lock that any number of users of a file share, and that one process gets alone when there are none.

    On Windows nothing is locked: a file that is open cannot be renamed there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.users")
        self._descriptor: int | None = None

    def share(self) -> None:
        """Count as a user until :meth:`release`, or until the process ends; without effect where no lock can be had."""
        if self._descriptor is None:
            self._descriptor = self._locked(exclusive=False)

    def release(self) -> None:
        """Stop being a user."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Yield whether there is no user; none can come while the block runs."""
        descriptor = self._locked(exclusive=True)
        try:
            yield descriptor is not None
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _locked(self, *, exclusive: bool) -> int | None:
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError:
            return None
        try:
            _lock(descriptor, exclusive)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor


if sys.platform == "win32":

    def _lock(descriptor: int, exclusive: bool) -> None:
        """Do nothing."""
else:
    import fcntl

    def _lock(descriptor: int, exclusive: bool) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
