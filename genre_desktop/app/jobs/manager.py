"""Jobs of the window: started from any thread, with signals in the window's thread."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core.messages import EMPTY, Message
from genre_desktop.core.paths import Home
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.messages import JobEnded, JobEvent, JobLog, JobStarted, Progress
from genre_desktop.jobs.runner.process import RunningJob
from genre_desktop.jobs.runner.spare import SpareProcess
from genre_desktop.jobs.tasks.registry import OPEN_REGISTRY
from genre_desktop.jobs.throughput import RemainingTime

LOG_LINES = 500
"""Log lines of a job kept in memory; its log file has all of them."""


@dataclass(eq=False)
class Job:
    """One job, running or ended.

    Attributes
    ----------
    fraction, seconds_left:
        0 to 1, and the estimated remaining time; None while unknown. Every view of the job shows these.
    ended:
        How it ended; None while it runs.
    seconds:
        How long it took; None while it runs.
    """

    id: int
    name: str
    params: dict[str, Any]
    started: float
    fraction: float | None = None
    seconds_left: float | None = None
    message: Message = EMPTY
    lines: list[str] = field(default_factory=list)
    ended: JobEnded | None = None
    run_id: int = 0
    seconds: float | None = None
    log_path: str = ""
    _remaining: RemainingTime = field(default_factory=RemainingTime, init=False, repr=False)

    @property
    def running(self) -> bool:
        """True until it has ended."""
        return self.ended is None

    def report(self, fraction: float | None, message: Message = EMPTY) -> None:
        """Set progress and remaining time; an empty message keeps the last one."""
        self.fraction, self.seconds_left = fraction, self._remaining.update(fraction)
        self.message = message or self.message


class JobManager(QObject):
    """Starts jobs and reports their progress."""

    started = Signal(object)
    """A :class:`Job` is starting."""

    changed = Signal(object)
    """A :class:`Job` has progressed or logged a line."""

    ended = Signal(object)
    """A :class:`Job` has ended; see ``job.ended``."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._processes: dict[int, RunningJob] = {}
        self._spare: SpareProcess | None = None
        self._spare_wanted = False
        self.jobs: list[Job] = []
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)

    def start(self, name: str, params: dict[str, Any] | None = None) -> RunningJob:
        """Start a job, from any thread, and return its process.

        Raises
        ------
        AppError
            ``no-such-job``.
        """
        job = Job(next(self._ids), name, dict(params or {}), time.monotonic())
        with self._lock:
            process = RunningJob(
                self._home,
                name,
                job.params,
                lambda event: self._bridge((job, event)),
                spare=self._take_spare(name),
            )
            self._processes[job.id] = process
        self._bridge((job, None))  # shows it at once, a second before its process sends an event
        return process

    def keep_spare(self, on: bool) -> None:
        """Keep a process ready for the next job that changes the champion, or end it."""
        with self._lock:
            self._spare_wanted = on
            spare, self._spare = (self._spare, None) if not on else (None, self._spare)
            if on and self._spare is None:
                self._spare = SpareProcess(self._home, OPEN_REGISTRY)
        if spare is not None:
            spare.close()

    def _take_spare(self, name: str) -> SpareProcess | None:
        """Return the spare process for a job that it is ready for; the next one is started when the job has ended."""
        spare = self._spare
        if spare is None or name not in JOBS or not JOBS[name].moves_alias or not spare.ready:
            return None
        self._spare = None
        return spare

    def running(self, name: str = "") -> list[Job]:
        """Return the running jobs, all or those of one name."""
        return [job for job in self.jobs if job.running and name in ("", job.name)]

    def cancel(self, job: Job) -> None:
        """Cancel a job; ``ended`` follows."""
        with self._lock:
            process = self._processes.get(job.id)
        if process is not None:
            process.cancel()

    def close(self) -> None:
        """Kill the process trees of all jobs, without further signals."""
        self._bridge.close()
        self.keep_spare(False)
        with self._lock:
            processes = list(self._processes.values())
        for process in processes:
            process.kill()
        for process in processes:
            process.wait(5.0)

    def _arrived(self, job_and_event: tuple[Job, JobEvent | None]) -> None:
        job, event = job_and_event
        if event is not None:
            _apply(event, job)
        if job not in self.jobs:
            self.jobs.append(job)
            self.started.emit(job)
        if isinstance(event, JobEnded):
            with self._lock:
                self._processes.pop(job.id, None)
            self.ended.emit(job)
            if self._spare_wanted:
                self.keep_spare(True)
        else:
            self.changed.emit(job)


def _apply(event: JobEvent, job: Job) -> None:
    match event:
        case JobStarted():
            job.run_id, job.log_path = event.run_id, event.log_path
        case Progress():
            job.report(event.fraction, event.message)
        case JobLog():
            job.lines = [*job.lines[-LOG_LINES:], event.text]
        case JobEnded():
            job.ended = event
            job.seconds = time.monotonic() - job.started
