"""Prometheus endpoint for the statistics of the Monitor page; off unless switched on.

The server listens on 127.0.0.1, so only this computer can read it. Metrics are read from the store per
request; ``docs/grafana-dashboard.json`` plots them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.statistics import StatisticsQueries
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.jobs.memory_usage import resident_bytes

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

LOOPBACK = "127.0.0.1"
PREFIX = "genre_desktop_"
DAY_S = 86_400.0


class MetricsServer:
    """An HTTP server with ``/metrics`` on 127.0.0.1; at port 0 the system chooses one.

    Raises
    ------
    AppError
        ``metrics-missing`` when ``prometheus-client`` is not installed, ``metrics-port`` when
        the port is taken.
    """

    def __init__(self, home: Home, port: int) -> None:
        try:
            from prometheus_client import CollectorRegistry, start_http_server
        except ImportError as error:
            raise AppError("metrics-missing") from error
        registry = CollectorRegistry(auto_describe=False)
        registry.register(Collector(home.store))
        try:
            self._server, self._thread = start_http_server(port, addr=LOOPBACK, registry=registry)
        except OSError as error:
            raise AppError("metrics-port", port=port, error=error.strerror or str(error)) from error
        self.port = int(self._server.server_port)

    @property
    def url(self) -> str:
        """The address of the metrics."""
        return f"http://{LOOPBACK}:{self.port}/metrics"

    def close(self) -> None:
        """Stop serving and wait for the thread."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Collector:
    """Reads the metrics; ``prometheus_client`` calls it in a thread per request, each with its own connection."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def describe(self) -> list[Metric]:
        """Return nothing: the names depend on the store."""
        return []

    def collect(self) -> list[Metric]:
        """Return the current metrics."""
        with closing(Database(self._store)) as database:
            queries = StatisticsQueries(database)
            return [*_answers(queries), _latency(queries), *_drift(database), *_state(database, queries)]


def _answers(queries: StatisticsQueries) -> Iterator[Metric]:
    yield _counter("predictions", "Answers by genre.", "genre", queries.genres())
    yield _counter("answers", "Answers by the model that gave them.", "alias", queries.aliases())
    yield _counter("requests", "Answers and failures by source.", "source", queries.sources())
    yield _counter("errors", "Files without an answer, by reason.", "code", queries.errors())
    feedback = queries.verdicts()
    counts = {"confirmed": feedback.confirmed, "corrected": feedback.corrected}
    yield _counter("verdicts", "What people said about answers.", "verdict", counts)
    yield _confidence(queries)


def _latency(queries: StatisticsQueries) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(
        PREFIX + "latency_seconds", "Time to an answer in the last day.", labels=["source", "quantile"]
    )
    since = time.time() - DAY_S
    for source in queries.sources(since):
        latency = queries.latency(since, source)
        for quantile, value in (("0.5", latency.p50), ("0.95", latency.p95), ("0.99", latency.p99)):
            if not math.isnan(value):
                family.add_metric([source, quantile], value / 1000)
    return family


def _drift(database: Database) -> Iterator[Metric]:
    latest = DriftLog(database).latest()
    if latest is not None:
        yield _gauge("drift_share", "Share of signal features that differ.", latest.drifted_share)
        if latest.encoder_share is not None:
            help_text = "Share of the music encoder's features that differ."
            yield _gauge("drift_encoder_share", help_text, latest.encoder_share)
        yield _gauge("drift_threshold", "Share that makes a drift.", latest.threshold)
        yield _gauge("drift_checked_timestamp_seconds", "When it was checked.", latest.time)


def _state(database: Database, queries: StatisticsQueries) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    active = ServingController(database).current().active
    serving = GaugeMetricFamily(PREFIX + "serving", "1 for the model that answers.", labels=["alias"])
    for alias in ("champion", "fallback", "none"):
        serving.add_metric([alias], float(alias == active))
    yield serving
    yield _gauge("alerts_unread", "Alerts that ask for attention.", len(AlertService(database).unread()))
    yield CounterMetricFamily(
        PREFIX + "worker_restarts", "Restarts of the analysis process.", value=queries.restarts()
    )
    yield _gauge("memory_bytes", "Resident memory, worker processes included.", resident_bytes())


def _gauge(name: str, text: str, value: float) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(PREFIX + name, text, value=value)


def _counter(name: str, text: str, label: str, values: dict[str, int]) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(PREFIX + name, text, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family


def _confidence(queries: StatisticsQueries) -> Metric:
    from prometheus_client.core import HistogramMetricFamily

    histogram = queries.confidence(bins=10)
    buckets: list[Any] = []
    total, weighted = 0, 0.0
    for low, high, count in zip(histogram.edges[:-1], histogram.edges[1:], histogram.counts, strict=True):
        total += count
        weighted += (low + high) / 2 * count  # the sum of the answers is not stored
        buckets.append((f"{high:g}", total))
    family = HistogramMetricFamily(PREFIX + "confidence", "Probability of the first answer.")
    family.add_metric([], [*buckets, ("+Inf", total)], sum_value=weighted)
    return family
