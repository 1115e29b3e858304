"""The clock: decides when jobs run. What runs is somebody else's process (:mod:`.job_process`).

APScheduler keeps the next time of each job in ``home.schedule``, so a restart, a crash or a
night asleep loses nothing: what became due in between runs once. One instance of the program
holds the clock; a second one may look, and take over when the first is gone.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import psutil
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import EMPTY, Message, message, to_json
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.jobs.catalogue import schedules, title_of
from genre_desktop.jobs.process_lock import Lock
from genre_desktop.jobs.runner import alerts, process
from genre_desktop.jobs.schedule.job_store import JsonJobStore
from genre_desktop.jobs.schedule.status import WAITING, ScheduleRow, rows

log = logging.getLogger(__name__)


class JobHandle(Protocol):
    """A job under way, such as :class:`.process.RunningJob`."""

    @property
    def running(self) -> bool:
        """True until it has ended."""
        ...


Start = Callable[[str, dict[str, Any]], JobHandle]
"""Starts a job process and returns at once, as :func:`.process.run_job` does."""

RETRY_S = 900.0
"""A job that died is tried again after so many seconds, twice as many the next time."""
MAX_RETRIES = 3
TICK_S = 20.0

_MARKS = "schedule:marks"
_open: dict[str, JobScheduler] = {}


def on_battery() -> bool:
    """True when the computer runs on its battery; False where nobody can tell."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, NotImplementedError, OSError, psutil.Error):
        return False
    return battery is not None and battery.power_plugged is False


def fire(name: str, key: str) -> None:
    """What APScheduler calls; module-level, so that the job store can name it."""
    schedule = _open.get(key)
    if schedule is not None:
        schedule.fire(name)


def tick(key: str) -> None:
    """What APScheduler calls every few seconds; see :meth:`JobScheduler.tick`."""
    schedule = _open.get(key)
    if schedule is not None:
        schedule.tick()


class JobScheduler:
    """The clock of one program.

    Parameters
    ----------
    home:
        The user's data.
    start:
        Starts a job: ``start(name, params)``; called in the clock's own thread.
    is_live:
        Whether live mode listens now.
    is_on_battery:
        Whether the computer runs on its battery.
    settle_s:
        What is overdue when the program starts runs so many seconds later, out of the way of
        the first window and the first file.
    """

    def __init__(
        self,
        home: Home,
        start: Start,
        *,
        is_live: Callable[[], bool] = lambda: False,
        is_on_battery: Callable[[], bool] = on_battery,
        settle_s: float = 60.0,
    ) -> None:
        self._home, self._start = home, start
        self._is_live, self._is_on_battery = is_live, is_on_battery
        self._settle_s = settle_s
        self._key = str(home.root)
        self._lock = Lock(home, "schedule")
        self._busy = threading.RLock()
        self._scheduler: BackgroundScheduler | None = None
        self._started: dict[str, JobHandle] = {}
        self._db = Database(home.store)
        self._state = KeyValueStore(self._db)

    @property
    def is_open(self) -> bool:
        """True while this object holds the clock."""
        return self._scheduler is not None

    def open(self) -> bool:
        """Start the clock; False when another instance of the program holds it. Ask again later."""
        if self.is_open:
            return True
        if not self._lock.acquire():
            return False
        self._home.create()
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else every look around fills a line
        _make_readable(self._home)
        scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
        scheduler.add_jobstore(JsonJobStore(self._home.schedule, fire, self._key), "default")
        scheduler.add_jobstore(MemoryJobStore(), "memory")
        self._scheduler = scheduler
        _open[self._key] = self
        scheduler.start(paused=True)
        self.refresh()
        self._settle()
        scheduler.add_job(
            tick,
            IntervalTrigger(seconds=int(TICK_S), timezone=UTC),
            args=(self._key,),
            jobstore="memory",
            coalesce=True,
            misfire_grace_time=None,
        )
        scheduler.resume()
        return True

    def close(self) -> None:
        """Stop the clock; running jobs are their owner's to end."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            _open.pop(self._key, None)
            scheduler.shutdown(wait=True)
            self._lock.release()
        self._db.close()

    def rows(self) -> list[ScheduleRow]:
        """What the Schedule page shows."""
        return rows(self._home, self._db)

    def refresh(self) -> None:
        """Take over settings that changed; unchanged jobs keep their next time."""
        settings = self._settings()
        for name, schedule in schedules().items():
            self._arrange(name, schedule.interval_s(settings))

    def fire(self, name: str) -> None:
        """A job's time has come; should the store be unreachable just now, it comes again soon."""
        try:
            self.due([name])
        except Exception:
            log.exception("%s was due but could not be looked after", name)
            self._postpone(name, RETRY_S)

    def due(self, names: Iterable[str]) -> None:
        """These jobs are due: start them, or note what they wait for."""
        with self._busy:
            for name in names:
                if self._is_running(name):  # whoever started it: that run counts
                    self._wait_for(name)
                    continue
                reason = self._obstacle(name)
                self._wait_for(name, reason)
                if not reason:
                    self._launch(name)

    def tick(self) -> None:
        """Look around: enough news, ended waits, jobs that died."""
        with self._busy:
            self.refresh()
            for run in alerts.raise_job_alerts(self._home, self._db):
                self._retry(run.name)
            waiting = list(self._state.get(WAITING, {}))
            self.due([*waiting, *(name for name in self._with_news() if name not in waiting)])

    def _settings(self) -> Settings:
        try:
            return Settings.load(self._home.settings)
        except AppError as error:  # somebody else tells the person; the clock goes on
            log.warning("the schedule uses the default settings: %s", error)
            return Settings(self._home.settings)

    def _arrange(self, name: str, seconds: float) -> None:
        if self._scheduler is None:
            return
        existing = self._scheduler.get_job(name, "default")
        if not seconds:
            if existing is not None:
                existing.remove()
            return
        if existing is None:
            self._put(name, seconds, _now() + timedelta(seconds=seconds))
        elif existing.trigger.interval_length != seconds:
            last = existing.next_run_time - existing.trigger.interval
            self._put(name, seconds, max(last + timedelta(seconds=seconds), _now()))

    def _put(self, name: str, seconds: float, next_run: datetime) -> None:
        assert self._scheduler is not None  # noqa: S101  # private, called while open
        self._scheduler.add_job(
            fire,
            IntervalTrigger(seconds=int(seconds), timezone=UTC),
            args=(name, self._key),
            id=name,
            name=name,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=next_run,
            replace_existing=True,
        )

    def _settle(self) -> None:
        assert self._scheduler is not None  # noqa: S101  # private, called while open
        earliest = _now() + timedelta(seconds=self._settle_s)
        for job in self._scheduler.get_jobs("default"):
            if job.next_run_time < earliest:
                job.modify(next_run_time=earliest)

    def _obstacle(self, name: str) -> Message:
        settings = self._settings()
        if settings["jobs.wait_on_battery"] and self._is_on_battery():
            return message("the computer is plugged in")
        if settings["jobs.wait_while_live"] and self._is_live():
            return message("live mode stops")
        for other in schedules():
            if self._is_running(other):
                return message("“{title}” is done", title=Message(title_of(other)))
        return EMPTY

    def _is_running(self, name: str) -> bool:
        # A process that has just been started does not hold its lock yet.
        handle = self._started.get(name)
        return (handle is not None and handle.running) or process.is_running(self._home, name)

    def _wait_for(self, name: str, reason: Message = EMPTY) -> None:
        with self._db.transaction():
            waiting = dict(self._state.get(WAITING, {}))
            if waiting.get(name, "") == to_json(reason):
                return
            waiting.pop(name, None)
            self._state.set(WAITING, waiting | ({name: to_json(reason)} if reason else {}))

    def _launch(self, name: str) -> None:
        try:
            self._mark(name)
            self._wait_for(name)
            self._postpone(name)
            log.info("starting %s", name)
            self._started[name] = self._start(name, {"why": "schedule"})
        except AppError as error:
            log.warning("%s could not be started: %s", name, error)
            notice = alert_messages.job_failed(name, Message(title_of(name)), error.problem.reason)
            AlertService(self._db).raise_(notice)

    def _mark(self, name: str) -> None:
        condition = schedules()[name].condition
        if condition is not None:
            with self._db.transaction():
                marks = self._state.get(_MARKS, {})
                self._state.set(_MARKS, marks | {name: condition.mark(self._db)})

    def _postpone(self, name: str, by_s: float | None = None) -> None:
        job = self._scheduler.get_job(name, "default") if self._scheduler else None
        if job is not None:
            seconds = job.trigger.interval_length if by_s is None else by_s
            moment = _now() + timedelta(seconds=seconds)
            job.modify(next_run_time=moment if by_s is None else min(moment, job.next_run_time))

    def _with_news(self) -> list[str]:
        settings, marks = self._settings(), self._state.get(_MARKS, {})
        found = []
        for name, schedule in schedules().items():
            condition = schedule.condition
            needed = int(settings[condition.key]) if condition else 0
            if condition and needed and condition.waiting(self._db, marks.get(name, 0)) >= needed:
                found.append(name)
        return found

    def _retry(self, name: str) -> None:
        deaths = alerts.consecutive_crashes(self._db, name, MAX_RETRIES + 1)
        if 0 < deaths <= MAX_RETRIES:
            self._postpone(name, RETRY_S * 2 ** (deaths - 1))


def _make_readable(home: Home) -> None:
    """Put a damaged schedule aside; the default times are no great loss."""
    try:
        with contextlib.closing(sqlite3.connect(home.schedule, timeout=5)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        aside = home.schedule.with_name(f"{home.schedule.name}.damaged-{int(time.time())}")
        home.schedule.replace(aside)
        log.warning("the schedule could not be read (%s); it was put aside as %s", error, aside.name)


def _now() -> datetime:
    return datetime.now(UTC)
