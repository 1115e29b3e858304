"""Runs one job (retrain, drift check, import, …) in a process of its own that can be ended at any moment."""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.messages import Message, message
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRun, JobRuns
from genre_desktop.jobs.catalogue import JOBS, title_of
from genre_desktop.jobs.messages import Cancel, JobEnded, JobEvent, JobStarted
from genre_desktop.jobs.process_lock import Lock
from genre_desktop.jobs.runner import main
from genre_desktop.jobs.workers import child_setup

log = logging.getLogger(__name__)

OnJob = Callable[[JobEvent], None]

KEEP_LOGS = 20
"""Log files kept for each job."""


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job ended. ``run_id`` and ``log_path`` are 0 and empty when it never began."""

    name: str
    ended: JobEnded
    seconds: float
    run_id: int = 0
    log_path: str = ""


class RunningJob:
    """A job process under way.

    Parameters
    ----------
    home:
        The user's data.
    name:
        An entry of :data:`.catalogue.JOBS`, or a ``module:function``.
    params:
        What the job is told; must pickle.
    on_event:
        Receives every :data:`~.messages.JobEvent` in a thread of its own; ``JobEnded`` is the last.
    grace_s:
        How long a cancelled job may take to stop by itself before its process tree is killed.

    Raises
    ------
    AppError
        ``no-such-job``.
    """

    def __init__(
        self,
        home: Home,
        name: str,
        params: dict[str, Any] | None = None,
        on_event: OnJob | None = None,
        grace_s: float = 2.0,
    ) -> None:
        target = _target(name)
        self.name = name
        self._home, self._on_event, self._grace_s = home, on_event, grace_s
        self._started = time.monotonic()
        self._cancelling = threading.Event()
        self._over = threading.Event()
        self._run_id = 0
        self._outcome: JobOutcome | None = None
        self._log_path = _new_log(home, name)
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        # Not a daemon: those may have no children. Left behind it is not either, see Channel.
        self._process = context.Process(
            target=main.main,
            args=(theirs, str(home.root), _plain(name), target, params or {}, str(self._log_path)),
            name=f"genre-desktop-{_plain(name)}",
            daemon=False,
        )
        with child_setup.interrupts_blocked():
            self._process.start()
        atexit.register(self.kill)  # else multiprocessing would wait for it when the app ends
        theirs.close()
        self._reader = child_setup.start_thread("job-reader", self._read)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid or 0

    @property
    def running(self) -> bool:
        """True until the outcome is known."""
        return not self._over.is_set()

    def cancel(self) -> None:
        """Stop it; its whole process tree is killed when it does not stop by itself."""
        if self.running and not self._cancelling.is_set():
            self._cancelling.set()
            try:
                self._connection.send(Cancel(0))
            except OSError:
                return  # it is just ending
            child_setup.start_thread("job-killer", self._kill_late)

    def kill(self) -> None:
        """End its process tree now."""
        self._cancelling.set()
        if self.running:
            main.end_tree(self.pid)

    def wait(self, timeout_s: float | None = None) -> JobOutcome | None:
        """How it ended; None when it still runs after ``timeout_s``."""
        self._over.wait(timeout_s)
        return self._outcome

    def _kill_late(self) -> None:
        if not self._over.wait(self._grace_s):
            log.info("%s is ended because cancelling took too long", self.name)
            main.end_tree(self.pid)

    def _read(self) -> None:
        ended: JobEnded | None = None
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                break
            if isinstance(message, JobEnded):
                ended = message
            else:
                self._tell(message)
        self._finish(ended)

    def _finish(self, ended: JobEnded | None) -> None:
        self._process.join()
        if ended is None:
            ended = self._unannounced(child_setup.describe_exit(self._process.exitcode))
            self._record(ended)
        self._connection.close()
        atexit.unregister(self.kill)
        seconds = time.monotonic() - self._started
        log_path = str(self._log_path) if self._run_id else ""
        self._outcome = JobOutcome(self.name, ended, seconds, self._run_id, log_path)
        self._over.set()
        self._tell(ended)

    def _unannounced(self, why: Message) -> JobEnded:
        if self._cancelling.is_set():
            return JobEnded("cancelled", message=message("Cancelled."))
        return JobEnded("died", problem=_died(self.name, why))

    def _record(self, ended: JobEnded) -> None:
        if not self._run_id:
            return
        database = Database(self._home.store)
        try:
            JobRuns(database).finish(self._run_id, ended.status, ended.reason)
        finally:
            database.close()

    def _tell(self, event: JobEvent) -> None:
        if isinstance(event, JobStarted):
            self._run_id = event.run_id
        if self._on_event is not None:
            try:
                self._on_event(event)
            except Exception:
                log.exception("a listener of %s failed", self.name)


def run_job(
    home: Home, name: str, params: dict[str, Any] | None = None, on_event: OnJob | None = None
) -> RunningJob:
    """Start a job; see :class:`RunningJob`."""
    return RunningJob(home, name, params, on_event)


def mark_crashed(home: Home, database: Database) -> list[JobRun]:
    """At start: find jobs marked as running whose process is gone, and say so in the history."""
    return JobRuns(database).mark_crashed(lambda name: is_running(home, name))


def is_running(home: Home, name: str) -> bool:
    """Whether any process of this home runs the job now."""
    return Lock(home, f"job-{_plain(name)}").is_taken()


def _target(name: str) -> str:
    """Return ``module:function``, which the job process imports once its environment is set."""
    if name in JOBS:
        function = JOBS[name].target
        return f"{function.__module__}:{function.__qualname__}"
    if ":" not in name:
        raise _no_such_job(name)
    return name


def _plain(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name)


def _new_log(home: Home, name: str) -> Path:
    folder = home.logs / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob(f"{_plain(name)}-[0-9]*.log"))[: -KEEP_LOGS + 1]:
        old.unlink(missing_ok=True)
    moment = time.strftime("%Y%m%d-%H%M%S")
    return folder / f"{_plain(name)}-{moment}-{os.getpid()}-{time.monotonic_ns() % 1_000_000:06d}.log"


def _no_such_job(name: str) -> AppError:
    return AppError("no-such-job", name=name, names=", ".join(JOBS))


def _died(name: str, why: Message) -> Problem:
    return Problem("job-died", name=Message(title_of(name)), why=why)
