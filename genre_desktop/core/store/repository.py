"""The common base of the classes that read and write the store."""

from __future__ import annotations

import time
from collections.abc import Callable

from genre_desktop.core.store.database import Database


class Repository:
    """Access to one kind of record.

    Parameters
    ----------
    db:
        The store.
    clock:
        Seconds since 1970, for tests.
    """

    def __init__(self, db: Database, clock: Callable[[], float] = time.time) -> None:
        self._db = db
        self._clock = clock
