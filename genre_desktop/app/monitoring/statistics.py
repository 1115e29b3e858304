"""Statistics of the Monitor page, loaded in a background thread: a store may hold years of predictions."""

from __future__ import annotations

import logging
import math
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.core.errors import AppError, Problem, concerns_home, problem_of
from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring.drift_progress import DriftProgress, DriftRequirements
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
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.serving_history import ServingChange, SwitchLog
from genre_desktop.core.types import ModelRef

if TYPE_CHECKING:
    from genre_desktop.jobs.schedule.status import ScheduleRow

DRIFT_POINTS = 500
"""Maximum number of checks in the plot; the newest."""

log = logging.getLogger(__name__)

_NO_LATENCY = Latency(0, math.nan, math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class MonitorStatistics:
    """Statistics of one period.

    ``since`` and ``taken`` are seconds since 1970, ``memory`` bytes of the program and all its
    processes, ``total`` the number of all recorded answers and failures. ``drift_result`` is what the last drift check
    returned, with what is still needed by now; empty before the first.
    """

    since: float = 0.0
    taken: float = 0.0
    serving: ServingState = field(default_factory=ServingState)
    last_model: ModelRef | None = None
    drift: list[DriftPoint] = field(default_factory=list)
    switches: list[ServingChange] = field(default_factory=list)
    check: DriftCheck | None = None
    drift_result: Mapping[str, Any] = field(default_factory=dict)
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
        """Number of answers in the period."""
        return sum(self.genres.values())

    @property
    def failed(self) -> int:
        """Number of files without an answer in the period."""
        return sum(self.errors.values())


def collect(home: Home, db: Database, since: float = 0.0) -> MonitorStatistics:
    """Return the statistics; takes tens of milliseconds with a hundred thousand answers.

    Raises
    ------
    AppError
        The settings cannot be read.
    """
    from genre_desktop.jobs.memory_usage import resident_bytes
    from genre_desktop.jobs.schedule import status  # half a second of imports, too long before the window

    settings = Settings.load(home.settings)
    serving, check = ServingController(db).current(), DriftLog(db).latest()
    queries, predictions = StatisticsQueries(db), PredictionLog(db)
    last = next(iter(predictions.recent(1)), None)
    return MonitorStatistics(
        since=since,
        taken=time.time(),
        serving=serving,
        last_model=last.model if last is not None and last.model.version else None,
        drift=queries.drift_line(since)[-DRIFT_POINTS:],
        switches=SwitchLog(db).recent(200, since),
        check=check,
        drift_result=_drift_result(db, settings, serving, check),
        genres=queries.genres(since),
        aliases=queries.aliases(since),
        errors=queries.errors(since),
        confidence=queries.confidence(since),
        latency=queries.latency(since),
        verdicts=queries.verdicts(since),
        restarts=queries.restarts(),
        memory=resident_bytes(),
        total=predictions.count(),
        schedule=status.rows(home, db),
    )


def _drift_result(
    db: Database, settings: Settings, serving: ServingState, check: DriftCheck | None
) -> dict[str, Any]:
    progress = DriftProgress(db)
    result = progress.last_result() or _of_check(check)
    if not result:
        return {}
    needs = DriftRequirements(settings["drift.minimum_clips"], settings["drift.confirmations"])
    needed = needs.missing(serving, progress.waiting())
    return result | {"needed": needed, "confirmed": bool(serving.drifted)}


def _of_check(check: DriftCheck | None) -> dict[str, Any]:
    """Return the result of one window of a check by an earlier version, which did not store that of all."""
    if check is None:
        return {}
    compared = check.n_current
    return check.to_dict() | {"compared": compared, "new": compared if check.counted else 0, "windows": 1}


@dataclass(frozen=True, slots=True)
class _Deleted:
    problem: Problem | None


class StatisticsLoader(QObject):
    """Loads statistics on demand; requests during loading cause one more load afterwards."""

    came = Signal(object)
    """New :class:`MonitorStatistics`."""

    failed = Signal(object)
    """The :class:`Problem` of a failed load."""

    forgotten = Signal(object)
    """All data was deleted: None, or a :class:`Problem`."""

    def __init__(self, home: Home, database: Callable[[], Database], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._database = home, database
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._executor = ThreadPoolExecutor(1, "statistics")
        self._loading, self._again = False, False
        self.since: Callable[[], float] = lambda: 0.0
        self.latest: MonitorStatistics | None = None

    def gather(self) -> None:
        """Load the statistics; ``came`` or ``failed`` follows."""
        if self._loading:
            self._again = True
            return
        self._loading = True
        since = self.since()
        self._executor.submit(self._run, lambda: collect(self._home, self._database(), since))

    def forget_everything(self) -> None:
        """Delete all data in the store; ``forgotten`` follows."""
        self._executor.submit(self._run, self._delete_all)

    def record_restart(self, reason: str) -> None:
        """Record a restart of the analysis process, with its alert."""
        self._executor.submit(
            self._run, lambda: StatisticsQueries(self._database()).worker_restarted(Message(reason))
        )

    def close(self) -> None:
        """Wait for the current task, without further signals."""
        self._bridge.close()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _run(self, task: Callable[[], object]) -> None:
        try:
            self._bridge(task())
        except (AppError, OSError, sqlite3.Error) as error:
            level = (
                logging.INFO if concerns_home(error) else logging.WARNING
            )  # of which the window has an alert
            log.log(level, "the statistics could not be loaded: %s", error)
            self._bridge(problem_of(error))

    def _delete_all(self) -> _Deleted:
        from genre_desktop.jobs.tasks import store_maintenance

        try:
            store_maintenance.forget(self._home, self._database())
        except (AppError, OSError, sqlite3.Error) as error:
            return _Deleted(problem_of(error))
        return _Deleted(None)

    def _arrived(self, event: object) -> None:
        if isinstance(event, _Deleted):
            self.forgotten.emit(event.problem)
            self.gather()
            return
        if event is None:
            return
        self._loading = False
        if isinstance(event, MonitorStatistics):
            self.latest = event
            self.came.emit(event)
        elif isinstance(event, Problem):
            self.failed.emit(event)
        if self._again:
            self._again = False
            self.gather()
