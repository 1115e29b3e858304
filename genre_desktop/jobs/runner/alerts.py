"""Alerts about ended jobs, one for each run."""

from __future__ import annotations

from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRun, JobRuns
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.jobs.catalogue import JOBS, title_of
from genre_desktop.jobs.runner import process

_REPORTED = "jobs:reported"


def raise_job_alerts(home: Home, database: Database) -> list[JobRun]:
    """Raise and resolve alerts for runs that ended since the last call; return the crashed ones.

    Marks runs whose process is gone as crashed.
    """
    process.mark_crashed(home, database)
    state = KeyValueStore(database)
    with database.transaction():
        reported = state.get(_REPORTED, {})
        ended = {name: run for name, run in JobRuns(database).last().items() if _is_new(run, reported)}
        for run in ended.values():
            _raise_alert(run, AlertService(database))
        if ended:
            state.set(_REPORTED, reported | {name: run.id for name, run in ended.items()})
    return [run for run in ended.values() if run.status == "died"]


def consecutive_crashes(database: Database, name: str, at_most: int) -> int:
    """Return how many of a job's newest runs crashed in a row, counted up to ``at_most``."""
    runs = JobRuns(database).recent(name, at_most)
    return next((n for n, run in enumerate(runs) if run.status != "died"), len(runs))


def _is_new(run: JobRun, reported: dict[str, int]) -> bool:
    return run.finished is not None and reported.get(run.name) != run.id


def _raise_alert(run: JobRun, alerts: AlertService) -> None:
    if run.name in JOBS and not JOBS[run.name].visible:  # the page that asked shows what went wrong
        return
    title = Message(title_of(run.name))
    scheduled = run.name in JOBS and JOBS[run.name].schedule is not None
    failed = alert_messages.job_failed(run.name, title, run.message, scheduled=scheduled)
    died = alert_messages.job_died(run.name, title, run.message, scheduled=scheduled)
    if run.status == "failed":
        alerts.raise_(failed)
    if run.status == "died":
        alerts.raise_(died)
    if run.status in {"succeeded", "failed"}:
        alerts.resolve(died.code)
    if run.status == "succeeded":
        alerts.resolve(failed.code)
        if run.result.get("promoted"):
            reason = Message(run.result.get("reason", ""))
            alerts.raise_(alert_messages.promoted(str(run.result["version"]), reason))
        elif run.name in JOBS and JOBS[run.name].moves_alias and run.result.get("moved", True):
            alerts.resolve("promoted")
