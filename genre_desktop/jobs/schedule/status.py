"""Status of the schedule: each job with its trigger, its next time and its last run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from genre_desktop.core.messages import Message, from_json
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRun, JobRuns
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.jobs.catalogue import schedules, title_of
from genre_desktop.jobs.runner import process
from genre_desktop.jobs.schedule.job_store import next_runs

WAITING = "schedule:waiting"
"""Key in the store: what each due job waits for."""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One job; times in seconds since 1970, ``waiting`` is what a due job waits for, or empty."""

    name: str
    title: str
    description: str
    trigger: Message
    next_run: float | None
    running: bool
    waiting: Message
    last: JobRun | None

    def to_dict(self) -> dict[str, Any]:
        """Return the entry of ``jobs --json``."""
        return {
            "name": self.name,
            "title": self.title,
            "trigger": self.trigger,
            "next_run": self.next_run,
            "running": self.running,
            "waiting": self.waiting,
            "last_status": self.last.status if self.last else None,
            "last_seconds": self.last.seconds if self.last else None,
            "last_message": self.last.message if self.last else "",
            "log_path": self.last.log_path if self.last else "",
        }


def rows(home: Home, database: Database) -> list[ScheduleRow]:
    """Return the status of all scheduled jobs that the settings allow; any process may call it, with or without a running scheduler."""
    settings = Settings.load(home.settings)
    times, last = next_runs(home.schedule), JobRuns(database).last()
    waiting = from_json(KeyValueStore(database).get(WAITING, {}))
    return [
        ScheduleRow(
            name,
            title_of(name),
            schedule.description,
            schedule.trigger(settings),
            times.get(name) if schedule.interval_s(settings) else None,
            process.is_running(home, name),
            Message(waiting.get(name, "")),
            last.get(name),
        )
        for name, schedule in schedules().items()
        if schedule.applies(settings)
    ]
