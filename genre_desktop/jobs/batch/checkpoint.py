"""Checkpoints of a batch run, so that the same request resumes where the last run was interrupted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import (
    BatchRequest,
    BatchRow,
    BatchStore,
    InterruptedBatch,
    stamp,
)
from genre_desktop.core.store.database import Database
from genre_desktop.core.types import Analysis, BatchPlace
from genre_desktop.jobs.process_lock import Lock

log = logging.getLogger(__name__)

TRANSIENT_CODES = frozenset({"worker-died", "workers-unavailable", "unexpected", "no-model", "cluster-lost"})
"""Codes of problems that are not the file's: a resumed run analyses these files again."""


class BatchCheckpoint:
    """The finished rows of one run, committed to the store before they are reported.

    With ``resume`` the newest interrupted run of the same request continues, if there is one.

    Parameters
    ----------
    on_full:
        Receives the problem of a full disk; the run goes on, and rows meanwhile are not in the checkpoint.
    """

    def __init__(
        self,
        home: Home,
        database: Database,
        request: BatchRequest,
        *,
        resume: bool,
        on_full: Callable[[Problem], None] | None = None,
    ) -> None:
        self._on_full = on_full
        self._batches = BatchStore(database)
        earlier = [batch for batch in interrupted(home, database) if batch.request == request]
        self.done_before = earlier[0].done if resume and earlier else 0
        self._id = earlier[0].id if resume and earlier else self._batches.open(request)
        for batch in earlier:
            if batch.id != self._id:
                self._batches.close(batch.id)
        self._lock = _lock(home, self._id)
        self._lock.acquire()

    def finished(self, paths: Sequence[str]) -> frozenset[str]:
        """Return those of some files that were finished and have not changed since; from any thread."""
        if not self.done_before:
            return frozenset()
        stamps = self._batches.stamps(self._id, paths)
        return frozenset(path for path, before in stamps.items() if before == stamp(path))

    def find(self, paths: Sequence[str]) -> list[Analysis | None]:
        """Return the stored analyses of finished files; None for one deleted meanwhile."""
        return self._batches.find(self._id, paths)

    def place(self, path: str, before: str) -> BatchPlace | None:
        """Return where a worker stores the answer for a file with this stamp, or None for one without."""
        return BatchPlace(self._id, path, before) if before else None

    def add(self, rows: Iterable[BatchRow]) -> None:
        """Store rows in one transaction, except those that a worker stored (see :attr:`.AnalyseRequest.place`) and
        those of unreadable files and transient problems.
        """
        final = [
            row for row in rows if row.stamp and _is_final(row.analysis) and not _is_stored(row.analysis)
        ]
        if final:
            self._unless_full(lambda: self._batches.add(self._id, final))

    def close(self, *, finished: bool) -> None:
        """End the run; delete the rows of a finished one, keep those of another for resuming."""
        if finished:
            self._unless_full(lambda: self._batches.close(self._id))
        self._lock.release()

    def _unless_full(self, write: Callable[[], None]) -> None:
        try:
            write()
        except AppError as error:
            if error.problem.code != "no-space":
                raise
            log.info("rows of a batch were not stored: %s", error)
            if self._on_full is not None:
                self._on_full(error.problem)


class NullCheckpoint:
    """A checkpoint that stores nothing, for runs that are not resumed."""

    done_before = 0

    def finished(self, paths: Sequence[str]) -> frozenset[str]:
        """Return none of the files."""
        return frozenset()

    def find(self, paths: Sequence[str]) -> list[Analysis | None]:
        """Return nothing for each file."""
        return [None] * len(paths)

    def place(self, path: str, before: str) -> BatchPlace | None:
        """Return None."""

    def add(self, rows: Iterable[BatchRow]) -> None:
        """Do nothing."""

    def close(self, *, finished: bool) -> None:
        """Do nothing."""


def interrupted(home: Home, database: Database) -> list[InterruptedBatch]:
    """Return unfinished runs that no process works on, newest first."""
    return [batch for batch in BatchStore(database).unfinished() if not _lock(home, batch.id).is_taken()]


def _lock(home: Home, batch_id: int) -> Lock:
    return Lock(home, f"batch-{batch_id}")


def _is_final(analysis: Analysis) -> bool:
    return analysis.answer.error is None or analysis.answer.error.code not in TRANSIENT_CODES


def _is_stored(analysis: Analysis) -> bool:
    return analysis.prediction_id is not None and analysis.answer.ok
