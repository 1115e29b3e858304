"""Keeps what a folder's run has finished, so that the same request goes on where it was killed."""

from __future__ import annotations

from collections.abc import Iterable

from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import (
    BatchRequest,
    BatchRow,
    BatchStore,
    InterruptedBatch,
    stamp,
)
from genre_desktop.core.store.database import Database
from genre_desktop.core.types import Analysis
from genre_desktop.jobs.process_lock import Lock

ANOTHER_TIME = frozenset({"worker-died", "workers-unavailable", "unexpected", "no-model"})
"""Problems of the moment rather than of the file: a resumed run tries these files again."""


class BatchCheckpoint:
    """The rows of one run; what is in it survives a kill.

    Parameters
    ----------
    home, database:
        Where it is kept.
    request:
        What is being done. The same request resumes.
    resume:
        Go on with the newest interrupted run of this request; where there is none, begin.
    """

    def __init__(self, home: Home, database: Database, request: BatchRequest, *, resume: bool) -> None:
        self._batches = BatchStore(database)
        earlier = [batch for batch in interrupted(home, database) if batch.request == request]
        self.done_before = earlier[0].done if resume and earlier else 0
        self._id = earlier[0].id if resume and earlier else self._batches.open(request)
        for batch in earlier:
            if batch.id != self._id:
                self._batches.close(batch.id)
        self._lock = _lock(home, self._id)
        self._lock.acquire()

    def known(self, path: str) -> Analysis | None:
        """The kept answer of a file that has not changed since, else None."""
        return self._batches.find(self._id, path, stamp(path)) if self.done_before else None

    def add(self, rows: Iterable[BatchRow]) -> None:
        """Keep these rows, all or none. Files that could not be seen are looked at again next time."""
        kept = [row for row in rows if row.stamp and _worth_keeping(row.analysis)]
        if kept:
            self._batches.add(self._id, kept)

    def close(self, *, finished: bool) -> None:
        """The run is over; a finished one is forgotten, another can be resumed."""
        if finished:
            self._batches.close(self._id)
        self._lock.release()


class NullCheckpoint:
    """A ledger that keeps nothing, for runs that need not resume."""

    done_before = 0

    def known(self, path: str) -> Analysis | None:
        """Nothing is known."""

    def add(self, rows: Iterable[BatchRow]) -> None:
        """Rows go their way."""
        for _ in rows:
            pass

    def close(self, *, finished: bool) -> None:
        """There is nothing to close."""


def interrupted(home: Home, database: Database) -> list[InterruptedBatch]:
    """Runs that can be resumed, newest first: begun, not finished, and not going on elsewhere."""
    return [batch for batch in BatchStore(database).unfinished() if not _lock(home, batch.id).is_taken()]


def _lock(home: Home, batch_id: int) -> Lock:
    return Lock(home, f"batch-{batch_id}")


def _worth_keeping(analysis: Analysis) -> bool:
    return analysis.answer.error is None or analysis.answer.error.code not in ANOTHER_TIME
