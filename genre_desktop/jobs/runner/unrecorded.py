"""Ends of jobs that could not be recorded, such as on a full disk: kept by the process that started them.

Without it a job that did its work would count as one that died as soon as the history can be written again.
"""

from __future__ import annotations

import threading
from pathlib import Path

from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.jobs.messages import JobEnded

_lock = threading.Lock()
_kept: dict[Path, dict[int, JobEnded]] = {}


def keep(store: Path, run_id: int, ended: JobEnded) -> None:
    """Keep how a run ended, for :func:`record`."""
    with _lock:
        _kept.setdefault(store, {})[run_id] = ended


def record(database: Database) -> int:
    """Record the ends that are kept for a store; return how many.

    Raises
    ------
    AppError, sqlite3.Error
        That still fails; what was not recorded is kept.
    """
    with _lock:
        kept = _kept.get(database.path, {})
        n = len(kept)
        for run_id, ended in list(kept.items()):
            JobRuns(database).finish(run_id, ended.status, ended.reason, ended.result)
            del kept[run_id]
        return n
