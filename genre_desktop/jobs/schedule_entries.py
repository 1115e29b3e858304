"""Which jobs run by themselves, how often, and after how much news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from genre_desktop.core.options import Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog

MINUTE, DAY = 60.0, 86_400.0


@dataclass(frozen=True, slots=True)
class News:
    """A count that also makes a job due.

    ``mark(db)`` is how far things are now, ``waiting(db, mark)`` how much has come since;
    ``key`` names the setting with the number that makes the job due (0: never).
    """

    key: str
    unit: str
    mark: Callable[[Database], int]
    waiting: Callable[[Database, int], int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A scheduled job.

    ``key`` names the setting that holds its interval in units of ``unit_s`` seconds (0: off).
    """

    name: str
    title: str
    description: str
    key: str
    unit_s: float
    news: News | None = None

    def interval_s(self, settings: Settings) -> float:
        """Seconds between two runs; 0 when it is off."""
        return float(settings[self.key]) * self.unit_s

    def trigger(self, settings: Settings) -> str:
        """When it runs, in words."""
        parts = []
        every = int(settings[self.key])
        if every:
            parts.append(_every(every, "minute" if self.unit_s == MINUTE else "day"))
        if self.news is not None and settings[self.news.key]:
            parts.append(f"after {settings[self.news.key]} {self.news.unit}")
        return " and ".join(parts) or "off"


def _every(n: int, unit: str) -> str:
    hours, rest = divmod(n, 60)
    if unit == "minute" and not rest:
        n, unit = hours, "hour"
    return f"every {unit}" if n == 1 else f"every {n} {unit}s"


def _new_predictions(db: Database, mark: int) -> int:
    log = PredictionLog(db)
    return log.count(since=mark, source="file") + log.count(since=mark, source="batch")


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "drift",
        "Drift check",
        "Compares what you play with what the champion learned from.",
        "drift.every_minutes",
        MINUTE,
        News(
            "drift.every_predictions",
            "new predictions",
            lambda db: PredictionLog(db).last_id(),
            _new_predictions,
        ),
    ),
    Entry(
        "retrain",
        "Retraining",
        "Trains a candidate on your library and corrections; it serves only if it is better.",
        "train.every_days",
        DAY,
        News(
            "train.after_corrections",
            "new corrections",
            lambda db: Corrections(db).last_id(),
            lambda db, mark: Corrections(db).waiting(after=mark),
        ),
    ),
    Entry(
        "sweep",
        "Registry sweep",
        "Clears away what an interrupted training left behind.",
        "jobs.sweep_every_days",
        DAY,
    ),
    Entry(
        "maintenance",
        "Store maintenance",
        "Deletes what is older than you keep and tidies the library file.",
        "jobs.maintenance_every_days",
        DAY,
    ),
)

BY_NAME: dict[str, Entry] = {entry.name: entry for entry in ENTRIES}
