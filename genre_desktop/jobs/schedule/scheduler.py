"""The scheduler: decides when jobs start. Each job runs in its own process (:mod:`genre_desktop.jobs.runner`).

APScheduler stores the next time of each job in ``home.schedule``, so what became due while the program
was closed or the computer asleep runs once. One instance of the program runs the schedule; another one
can read it, and takes over when the first ends.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import psutil
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from genre_desktop.core.errors import AppError, concerns_home, problem_of
from genre_desktop.core.messages import EMPTY, Message, message, to_json
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.own_files import damage
from genre_desktop.core.own_files.set_aside import set_aside
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
    """A started job, such as :class:`.process.RunningJob`."""

    @property
    def running(self) -> bool:
        """True until it has ended."""
        ...


Start = Callable[[str, dict[str, Any]], JobHandle]
"""Starts a job and returns at once."""

RETRY_S = 900.0
"""Seconds after which a crashed job is retried, doubled each time."""
MAX_RETRIES = 3
TICK_S = 20.0

_MARKS = "schedule:marks"
_open: dict[str, JobScheduler] = {}


def on_battery() -> bool:
    """Return True when the computer runs on battery; False if unknown."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, NotImplementedError, OSError, psutil.Error):
        return False
    return battery is not None and battery.power_plugged is False


def fire(name: str, key: str) -> None:
    """Run a job that is due; module-level, as APScheduler requires."""
    schedule = _open.get(key)
    if schedule is not None:
        schedule.fire(name)


def tick(key: str) -> None:
    """Call :meth:`JobScheduler.tick`; module-level, as APScheduler requires."""
    schedule = _open.get(key)
    if schedule is not None:
        schedule.tick()


CLOCK_SLACK = timedelta(hours=1)
"""How much later than its interval allows a job may be planned; more shows that the clock has jumped."""


class JobScheduler:
    """Starts jobs when they are due.

    Parameters
    ----------
    start:
        Called as ``start(name, params)`` in the scheduler's thread.
    is_live:
        Whether live mode is listening.
    startup_delay_s:
        Seconds after :meth:`open` before overdue jobs run, so that they do not slow down the
        first window and the first file.
    """

    def __init__(
        self,
        home: Home,
        start: Start,
        *,
        is_live: Callable[[], bool] = lambda: False,
        is_on_battery: Callable[[], bool] = on_battery,
        startup_delay_s: float = 60.0,
    ) -> None:
        self._home, self._start = home, start
        self._is_live, self._is_on_battery = is_live, is_on_battery
        self._startup_delay_s = startup_delay_s
        self._key = str(home.root)
        self._lock = Lock(home, "schedule")
        self._busy = threading.RLock()
        self._scheduler: BackgroundScheduler | None = None
        self._started: dict[str, JobHandle] = {}
        self._db = Database(home.store)
        self._state = KeyValueStore(self._db)

    def open(self) -> bool:
        """Start the scheduler; return False while another instance of the program runs it."""
        if self._scheduler is not None:
            return True
        if not self._lock.acquire():
            return False
        try:
            self._open()
        except BaseException:
            self._let_go(wait=False)
            raise
        return True

    def _open(self) -> None:
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else each tick is logged
        _make_readable(self._home)
        scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "misfire_grace_time": None},
        )
        scheduler.add_jobstore(JsonJobStore(self._home.schedule, fire, self._key), "default")
        scheduler.add_jobstore(MemoryJobStore(), "memory")
        self._scheduler = scheduler
        _open[self._key] = self
        scheduler.start(paused=True)
        self.refresh()
        earliest = _now() + timedelta(seconds=self._startup_delay_s)
        for job in scheduler.get_jobs("default"):
            if job.next_run_time < earliest:
                job.modify(next_run_time=earliest)
        interval = IntervalTrigger(seconds=int(TICK_S), timezone=UTC)
        scheduler.add_job(tick, interval, args=(self._key,), jobstore="memory")
        scheduler.resume()

    def _let_go(self, *, wait: bool) -> None:
        """Let another instance, or the next attempt, run the schedule."""
        scheduler, self._scheduler = self._scheduler, None
        _open.pop(self._key, None)
        if scheduler is not None and scheduler.running:
            scheduler.shutdown(wait=wait)
        self._lock.release()

    def close(self) -> None:
        """Stop the scheduler; jobs that are running continue."""
        if self._scheduler is not None:
            self._let_go(wait=True)
        self._db.close()

    def rows(self) -> list[ScheduleRow]:
        """Return the status of the scheduled jobs."""
        return rows(self._home, self._db)

    def refresh(self) -> None:
        """Apply changed settings; unchanged jobs keep their next time."""
        settings = self._settings()
        for name, schedule in schedules().items():
            self._set_interval(name, schedule.interval_s(settings))

    def fire(self, name: str) -> None:
        """Start a due job; retry soon if the store cannot be opened."""
        try:
            self.due([name])
        except Exception:
            log.exception("%s was due but could not be handled", name)
            self._postpone(name, RETRY_S)

    def due(self, names: Iterable[str]) -> None:
        """Start these jobs, or record what they wait for."""
        with self._busy:
            for name in names:
                if self._is_running(name):  # counts as this run, whatever started it
                    self._wait_for(name)
                    continue
                reason = self._obstacle(name)
                self._wait_for(name, reason)
                if not reason:
                    self._launch(name)

    def tick(self) -> None:
        """Start jobs whose condition is met or whose wait is over, and retry crashed jobs."""
        try:
            self._tick()
        except (AppError, OSError, sqlite3.Error) as error:  # the disk is full or the home gone; tried again
            level = logging.INFO if concerns_home(error) else logging.WARNING
            log.log(level, "the schedule cannot be followed now: %s", problem_of(error))

    def _tick(self) -> None:
        with self._busy:
            self.refresh()
            for run in alerts.raise_job_alerts(self._home, self._db):
                self._retry(run.name)
            waiting = list(self._state.get(WAITING, {}))
            self.due([*waiting, *(name for name in self._with_condition_met() if name not in waiting)])

    def _settings(self) -> Settings:
        try:
            return Settings.load(self._home.settings)
        except AppError as error:  # the window reports it
            log.warning("the schedule uses the default settings: %s", error)
            return Settings(self._home.settings)

    def _set_interval(self, name: str, seconds: float) -> None:
        if self._scheduler is None:
            return
        existing = self._scheduler.get_job(name, "default")
        if not seconds:
            if existing is not None:
                existing.remove()
            return
        if existing is None:
            next_run = _now() + timedelta(seconds=seconds)
        elif existing.trigger.interval_length != seconds:
            last = existing.next_run_time - existing.trigger.interval
            next_run = max(last + timedelta(seconds=seconds), _now())
        elif existing.next_run_time > _now() + timedelta(seconds=seconds) + CLOCK_SLACK:
            next_run = _now() + timedelta(seconds=seconds)  # the clock was ahead when it was planned
        else:
            return
        self._scheduler.add_job(
            fire,
            IntervalTrigger(seconds=int(seconds), timezone=UTC),
            args=(name, self._key),
            id=name,
            name=name,
            next_run_time=next_run,
            replace_existing=True,
        )

    def _obstacle(self, name: str) -> Message:
        settings = self._settings()
        if settings["jobs.wait_on_battery"] and self._is_on_battery():
            return message("the computer is plugged in")
        if settings["jobs.wait_while_live"] and self._is_live():
            return message("live analysis stops")
        for other in schedules():
            if self._is_running(other):
                return message("“{title}” has finished", title=Message(title_of(other)))
        return EMPTY

    def _is_running(self, name: str) -> bool:
        # a process that was just started does not hold its lock yet
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

    def _with_condition_met(self) -> list[str]:
        settings, marks = self._settings(), self._state.get(_MARKS, {})
        names = []
        for name, schedule in schedules().items():
            condition = schedule.condition
            needed = int(settings[condition.key]) if condition else 0
            if condition and needed and condition.waiting(self._db, marks.get(name, 0)) >= needed:
                names.append(name)
        return names

    def _retry(self, name: str) -> None:
        crashes = alerts.consecutive_crashes(self._db, name, MAX_RETRIES + 1)
        if 0 < crashes <= MAX_RETRIES:
            self._postpone(name, RETRY_S * 2 ** (crashes - 1))


def _make_readable(home: Home) -> None:
    """Set a damaged schedule aside, so that a new one with default times is created."""
    if damage.is_other_kind(home.schedule):
        set_aside(home.schedule)
    try:
        with contextlib.closing(sqlite3.connect(home.schedule, timeout=5)) as connection:
            if not damage.integrity(connection):
                return
    except sqlite3.OperationalError as error:  # locked, or not to be read, which is no damage
        log.warning("the schedule could not be checked: %s", error)
        return
    set_aside(home.schedule, damage.ENDINGS)


def _now() -> datetime:
    return datetime.now(UTC)
