"""Runs one job (retrain, drift check, import, …) in its own process, which can be killed at any time."""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError, Problem, disk_full, raise_if_full
from genre_desktop.core.messages import Message, message
from genre_desktop.core.paths import Home, make_folder
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.job_runs import JobRun, JobRuns
from genre_desktop.jobs import pipe
from genre_desktop.jobs.catalogue import JOBS, title_of
from genre_desktop.jobs.messages import Cancel, JobEnded, JobEvent, JobStarted
from genre_desktop.jobs.process_lock import Lock
from genre_desktop.jobs.runner import main, unrecorded
from genre_desktop.jobs.runner.spare import SpareProcess
from genre_desktop.jobs.workers import child_setup

log = logging.getLogger(__name__)

OnJob = Callable[[JobEvent], None]

KEEP_LOGS = 20
"""Log files kept per job."""


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job ended; ``run_id`` and ``log_path`` are 0 and empty when it did not start."""

    name: str
    ended: JobEnded
    seconds: float
    run_id: int = 0
    log_path: str = ""


class RunningJob:
    """A job in its process, started on construction.

    Parameters
    ----------
    name:
        An entry of :data:`.catalogue.JOBS`, or a ``module:function``.
    params:
        The function's second argument; must pickle.
    on_event:
        Receives every :data:`~.messages.JobEvent` in another thread; ``JobEnded`` is the last.
    grace_s:
        Seconds a cancelled job has to stop before its process tree is killed.
    spare:
        A process that is ready to run it, which saves the time to start one.

    Raises
    ------
    AppError
        ``no-such-job``; ``no-space`` if there is none for its log.
    """

    def __init__(
        self,
        home: Home,
        name: str,
        params: dict[str, Any] | None = None,
        on_event: OnJob | None = None,
        grace_s: float = 2.0,
        spare: SpareProcess | None = None,
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
        arguments = (
            str(home.root),
            home.in_use,
            _plain(name),
            target,
            params or {},
            str(self._log_path),
            name in JOBS and JOBS[name].urgent,
        )
        if spare is None or not self._take(spare, arguments):
            self._start(arguments)
        atexit.register(self.kill)  # else multiprocessing would wait for it when the app ends
        self._reader = child_setup.start_thread("job-reader", self._read)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid or 0

    @property
    def running(self) -> bool:
        """True until the outcome is known."""
        return not self._over.is_set()

    def cancel(self) -> None:
        """Cancel the job; its process tree is killed if it does not stop in time."""
        if self.running and not self._cancelling.is_set():
            self._cancelling.set()
            try:
                pipe.send(self._connection, Cancel(0))
            except OSError:
                return  # the process is exiting
            child_setup.start_thread("job-killer", self._kill_late)

    def kill(self) -> None:
        """Kill the process tree."""
        self._cancelling.set()
        if self.running:
            main.end_tree(self.pid)

    def wait(self, timeout_s: float | None = None) -> JobOutcome | None:
        """Return how the job ended; None if it is still running after ``timeout_s``."""
        self._over.wait(timeout_s)
        return self._outcome

    def _take(self, spare: SpareProcess, arguments: tuple[Any, ...]) -> bool:
        """Run the job in a spare process; return False if that has ended."""
        try:
            spare.run(arguments)
        except (OSError, EOFError):
            log.info("the spare process has ended")
            spare.close()
            return False
        self._process, self._connection = spare.process, spare.connection
        return True

    def _start(self, arguments: tuple[Any, ...]) -> None:
        """Run the job in a new process."""
        context = multiprocessing.get_context("spawn")
        self._connection, child_end = context.Pipe()
        # Not a daemon: those may have no children. It ends with its parent all the same, see Channel.
        self._process = context.Process(
            target=main.main,
            args=(child_end, *arguments),
            name=f"genre-desktop-{_plain(self.name)}",
            daemon=False,
        )
        with child_setup.interrupts_blocked():
            self._process.start()
        child_end.close()

    def _kill_late(self) -> None:
        if not self._over.wait(self._grace_s):
            log.info("%s is killed because cancelling took too long", self.name)
            main.end_tree(self.pid)

    def _read(self) -> None:
        ended: JobEnded | None = None
        while True:
            try:
                message = pipe.receive(self._connection)
            except pipe.DamagedMessageError as error:
                log.warning("%s is stopped: %s", self.name, error)
                main.end_tree(self.pid)
                break
            except (EOFError, OSError):
                break
            if isinstance(message, JobEnded):
                ended = message
            else:
                self._emit(message)
        self._finish(ended)

    def _finish(self, ended: JobEnded | None) -> None:
        self._process.join()
        if ended is None:
            ended = self._crashed(child_setup.describe_exit(self._process.exitcode))
            self._record(ended)
        elif not ended.recorded:
            unrecorded.keep(self._home.store, self._run_id, ended)
        self._connection.close()
        atexit.unregister(self.kill)
        seconds = time.monotonic() - self._started
        log_path = str(self._log_path) if self._run_id and _has_text(self._log_path) else ""
        self._outcome = JobOutcome(self.name, ended, seconds, self._run_id, log_path)
        self._over.set()
        self._emit(ended)

    def _crashed(self, why: Message) -> JobEnded:
        if self._cancelling.is_set():
            return JobEnded("cancelled", message=message("Cancelled."))
        return JobEnded("died", problem=Problem("job-died", name=Message(title_of(self.name)), why=why))

    def _record(self, ended: JobEnded) -> None:
        if not self._run_id:
            return
        try:
            with closing(Database(self._home.store)) as database:
                JobRuns(database).finish(self._run_id, ended.status, ended.reason)
        except Exception as error:  # the job is over all the same; mark_crashed records it later
            unrecorded.keep(self._home.store, self._run_id, ended)
            if disk_full(error):
                log.info("the end of %s cannot be recorded: %s", self.name, error)
            else:
                log.exception("the end of %s could not be recorded", self.name)
            self._emit(main.not_recorded(error))

    def _emit(self, event: JobEvent) -> None:
        if isinstance(event, JobStarted):
            self._run_id = event.run_id
        if self._on_event is not None:
            try:
                self._on_event(event)
            except Exception:
                log.exception("a listener of %s failed", self.name)


def mark_crashed(home: Home, database: Database) -> list[JobRun]:
    """Mark recorded runs whose process is gone as crashed, and return them.

    Runs of which this process knows how they ended get that end.
    """
    unrecorded.record(database)
    return JobRuns(database).mark_crashed(lambda name: is_running(home, name))


def is_running(home: Home, name: str) -> bool:
    """Return whether any process of this home runs the job."""
    return Lock(home, f"job-{_plain(name)}").is_taken()


def _target(name: str) -> str:
    """Return ``module:function``, which the job process imports once its environment is set."""
    if name in JOBS:
        function = JOBS[name].target
        return f"{function.__module__}:{function.__qualname__}"
    if ":" not in name:
        raise AppError("no-such-job", name=name, names=", ".join(JOBS))
    return name


def _plain(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name)


def _has_text(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _new_log(home: Home, name: str) -> Path:
    folder = home.logs / "jobs"
    try:
        make_folder(folder)
    except OSError as error:
        raise_if_full(error, folder)
        raise
    for old in sorted(folder.glob(f"{_plain(name)}-[0-9]*.log"))[: -KEEP_LOGS + 1]:
        old.unlink(missing_ok=True)
    moment = time.strftime("%Y%m%d-%H%M%S")
    return folder / f"{_plain(name)}-{moment}-{os.getpid()}-{time.monotonic_ns() % 1_000_000:06d}.log"
