"""All figures of the Monitor page, gathered in a background thread: a store may hold years."""

from __future__ import annotations

import contextlib
import logging
import math
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core.errors import AppError, Problem, problem_of
from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.monitoring.statistics import (
    DriftPoint,
    FeedbackCounts,
    Histogram,
    Latency,
    StatisticsQueries,
)
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.serving_history import ServingChange, SwitchLog
from genre_desktop.core.types import ModelRef

if TYPE_CHECKING:
    from genre_desktop.jobs.schedule.status import ScheduleRow

DRIFT_POINTS = 500
"""Checks drawn at most; of more only the newest."""

log = logging.getLogger(__name__)

_NO_LATENCY = Latency(0, math.nan, math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class MonitorStatistics:
    """What the page shows of one period.

    ``since`` and ``taken`` are seconds since 1970, ``memory`` bytes of the program and all its
    processes, ``total`` the answers and failures remembered in all.
    """

    since: float = 0.0
    taken: float = 0.0
    serving: ServingState = field(default_factory=ServingState)
    last_model: ModelRef | None = None
    drift: list[DriftPoint] = field(default_factory=list)
    switches: list[ServingChange] = field(default_factory=list)
    check: DriftCheck | None = None
    genres: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    confidence: Histogram = field(default_factory=lambda: Histogram((), ()))
    latency: Latency = _NO_LATENCY
    verdicts: FeedbackCounts = field(default_factory=lambda: FeedbackCounts(0, 0, 0))
    restarts: int = 0
    memory: int = 0
    total: int = 0
    schedule: list[ScheduleRow] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """Answers in the period."""
        return sum(self.genres.values())

    @property
    def failed(self) -> int:
        """Files without an answer in the period."""
        return sum(self.errors.values())


def collect(home: Home, db: Database, since: float = 0.0) -> MonitorStatistics:
    """Gather everything; some tens of milliseconds with a hundred thousand answers.

    Raises
    ------
    AppError
        The settings cannot be read.
    """
    from genre_desktop.jobs.schedule import status  # half a second of imports that no window waits for

    monitor, log_of = StatisticsQueries(db), PredictionLog(db)
    last = next(iter(log_of.recent(1)), None)
    return MonitorStatistics(
        since=since,
        taken=time.time(),
        serving=ServingController(db).current(),
        last_model=last.model if last is not None and last.model.version else None,
        drift=monitor.drift_line(since)[-DRIFT_POINTS:],
        switches=SwitchLog(db).recent(200, since),
        check=DriftLog(db).latest(),
        genres=monitor.genres(since),
        aliases=monitor.aliases(since),
        errors=monitor.errors(since),
        confidence=monitor.confidence(since),
        latency=monitor.latency(since),
        verdicts=monitor.verdicts(since),
        restarts=monitor.restarts(),
        memory=memory(),
        total=log_of.count(),
        schedule=status.rows(home, db),
    )


def memory() -> int:
    """Bytes that the program and its child processes hold in memory (resident)."""
    import psutil  # not before the window stands

    total = 0
    with contextlib.suppress(psutil.Error):
        me = psutil.Process()
        for process in (me, *me.children(recursive=True)):
            with contextlib.suppress(psutil.Error):  # it has just ended
                total += int(process.memory_info().rss)
    return total


@dataclass(frozen=True, slots=True)
class _Forgotten:
    problem: Problem | None


class StatisticsLoader(QObject):
    """Gathers figures on demand; what is asked for while it gathers is gathered once afterwards."""

    came = Signal(object)
    """New :class:`MonitorStatistics`."""

    failed = Signal(object)
    """The :class:`Problem` that kept them from being gathered."""

    forgotten = Signal(object)
    """Everything was forgotten: None, or the :class:`Problem` that remains."""

    def __init__(self, home: Home, database: Callable[[], Database], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._database = home, database
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._hands = ThreadPoolExecutor(1, "figures")
        self._working, self._again = False, False
        self.since: Callable[[], float] = lambda: 0.0
        self.latest: MonitorStatistics | None = None

    def gather(self) -> None:
        """``came`` follows."""
        if self._working:
            self._again = True
            return
        self._working = True
        since = self.since()
        self._hands.submit(self._work, lambda: collect(self._home, self._database(), since))

    def forget_everything(self) -> None:
        """Empty the store; ``forgotten`` follows."""
        self._hands.submit(self._work, lambda: _forgotten(self._home, self._database()))

    def note_restart(self, reason: str) -> None:
        """Count a restart of the analysis process, with its alert."""
        self._hands.submit(self._work, lambda: _restarted(self._database(), reason))

    def close(self) -> None:
        """Wait for what is under way; nobody is told any more."""
        self._bridge.close()
        self._hands.shutdown(wait=True, cancel_futures=True)

    def _work(self, task: Callable[[], object]) -> None:
        try:
            self._bridge(task())
        except (AppError, OSError, sqlite3.Error) as error:
            log.warning("the figures could not be gathered: %s", error)
            self._bridge(problem_of(error))

    def _arrived(self, event: object) -> None:
        if isinstance(event, _Forgotten):
            self.forgotten.emit(event.problem)
            self.gather()
            return
        if event is None:
            return
        self._working = False
        if isinstance(event, MonitorStatistics):
            self.latest = event
            self.came.emit(event)
        elif isinstance(event, Problem):
            self.failed.emit(event)
        if self._again:
            self._again = False
            self.gather()


def _forgotten(home: Home, db: Database) -> _Forgotten:
    try:
        from genre_desktop.jobs.tasks import store_maintenance

        store_maintenance.forget(home, db)
    except (AppError, OSError, sqlite3.Error) as error:
        return _Forgotten(problem_of(error))
    return _Forgotten(None)


def _restarted(db: Database, reason: str) -> None:
    StatisticsQueries(db).worker_restarted(Message(reason))
