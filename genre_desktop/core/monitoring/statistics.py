"""Statistics of the Monitor page, computed from the store."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.repository import Repository

RESTARTS = "worker_restarts"
"""Key of the counter in the key-value store."""

_ANSWERED = "error_code = '' AND genre != ''"


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of the milliseconds from file to answer over ``n`` answers; NaN when there are none."""

    n: int
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """``counts[i]`` values lie between ``edges[i]`` and ``edges[i + 1]``."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """Numbers of answered clips, and of those that the user confirmed or corrected."""

    answered: int
    confirmed: int
    corrected: int

    @property
    def correction_rate(self) -> float:
        """Share of corrections among all feedback; NaN without feedback."""
        judged = self.confirmed + self.corrected
        return self.corrected / judged if judged else float("nan")


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """One drift check in the plot over time; ``time`` in seconds since 1970."""

    time: float
    share: float
    threshold: float
    drift: bool
    counted: bool


class StatisticsQueries(Repository):
    """Statistics since a moment (seconds since 1970; 0: of all time)."""

    def drift_line(self, since: float = 0.0) -> list[DriftPoint]:
        """Return the larger drifted share of each check, oldest first."""
        query = (
            "SELECT time, MAX(drifted_share, IFNULL(encoder_share, 0.0)), threshold, drift, counted "
            "FROM drift_checks WHERE time >= ? ORDER BY id"
        )
        return [DriftPoint(r[0], r[1], r[2], bool(r[3]), bool(r[4])) for r in self._rows(query, since)]

    def genres(self, since: float = 0.0) -> dict[str, int]:
        """Return the number of answers of each genre, most frequent first."""
        return self._counts("genre", since, _ANSWERED)

    def aliases(self, since: float = 0.0) -> dict[str, int]:
        """Return the number of answers by champion and by fallback."""
        return self._counts("alias", since, _ANSWERED)

    def sources(self, since: float = 0.0) -> dict[str, int]:
        """Return the number of answers and failures by source: file, batch, live."""
        return self._counts("source", since, "1")

    def errors(self, since: float = 0.0) -> dict[str, int]:
        """Return the number of failures by code, most frequent first."""
        return self._counts("error_code", since, "error_code != ''")

    def confidence(self, since: float = 0.0, bins: int = 20) -> Histogram:
        """Return the histogram of confidence in bins of equal width from 0 to 1."""
        import numpy as np

        values = self._values("confidence", since, _ANSWERED)
        counts, edges = np.histogram(values, bins=bins, range=(0.0, 1.0))
        return Histogram(tuple(edges.tolist()), tuple(counts.tolist()))

    def latency(self, since: float = 0.0, source: str | None = None) -> Latency:
        """Return percentiles of the time to an answer, of one source if given."""
        values = self._values("latency_ms", since, "error_code = '' AND (?2 IS NULL OR source = ?2)", source)
        if not len(values):
            return Latency(0, *[float("nan")] * 3)
        import numpy as np

        return Latency(len(values), *np.percentile(values, (50, 95, 99)).tolist())

    def verdicts(self, since: float = 0.0) -> FeedbackCounts:
        """Return the numbers of active confirmations and corrections, and of answers."""
        query = "SELECT count(*) FROM corrections WHERE time >= ? AND undone IS NULL AND label"
        confirmed = self._number(f"{query} = predicted", since)
        corrected = self._number(f"{query} != predicted", since)
        return FeedbackCounts(sum(self.genres(since).values()), confirmed, corrected)

    def restarts(self) -> int:
        """Return the number of restarts of the inference worker."""
        return int(KeyValueStore(self._db).get(RESTARTS, 0))

    def worker_restarted(self, reason: Message) -> None:
        """Count a restart and raise its alert."""
        with self._db.transaction():
            KeyValueStore(self._db).add(RESTARTS)
            AlertService(self._db, self._clock).raise_(alert_messages.worker_restarted(reason))

    def _counts(self, column: str, since: float, where: str) -> dict[str, int]:
        rows = self._rows(
            f"SELECT {column}, count(*) AS n FROM predictions WHERE time >= ? AND {where} "  # noqa: S608  # literals
            f"GROUP BY {column} ORDER BY n DESC, {column}",
            since,
        )
        return {str(value): int(n) for value, n in rows}

    def _values(self, column: str, since: float, where: str, *values: object) -> list[float]:
        query = f"SELECT {column} FROM predictions WHERE time >= ?1 AND {where}"  # noqa: S608  # literals
        rows = self._rows(query, since, *values)
        return [float(value) for (value,) in rows]
