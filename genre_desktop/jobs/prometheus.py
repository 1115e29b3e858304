"""The Monitor page's figures for those who run Prometheus and Grafana; off unless switched on.

Only this computer can read it: the server listens on 127.0.0.1. Figures are read from the store
when somebody asks, so it costs nothing in between. ``docs/grafana-dashboard.json`` draws them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.statistics import StatisticsQueries
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.jobs import memory_usage

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

LOOPBACK = "127.0.0.1"
PREFIX = "genre_desktop_"
DAY_S = 86_400.0


class MetricsServer:
    """A small HTTP server with ``/metrics``.

    Parameters
    ----------
    home:
        The user's data.
    port:
        On 127.0.0.1; 0 lets the system choose.

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
        """Where Prometheus scrapes."""
        return f"http://{LOOPBACK}:{self.port}/metrics"

    def close(self) -> None:
        """Stop serving and wait for the thread."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Collector:
    """What ``prometheus_client`` asks; every request has a thread of its own and so a store of its own."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def describe(self) -> list[Metric]:
        """Nothing ahead of time: names follow from the figures."""
        return []

    def collect(self) -> list[Metric]:
        """Every figure as it is now."""
        database = Database(self._store)
        try:
            return list(StoreMetrics(database).collect())
        finally:
            database.close()


class StoreMetrics:
    """The figures of a store as Prometheus has them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._monitor = StatisticsQueries(database)

    def collect(self) -> Iterator[Metric]:
        """Every figure as it is now."""
        yield from self._answers()
        yield from self._latency()
        yield from self._drift()
        yield from self._state()

    def _answers(self) -> Iterator[Metric]:
        monitor = self._monitor
        yield _counter("predictions", "Answers by genre.", "genre", monitor.genres())
        yield _counter("answers", "Answers by the model that gave them.", "alias", monitor.aliases())
        yield _counter("requests", "Answers and failures by source.", "source", monitor.sources())
        yield _counter("errors", "Files without an answer, by reason.", "code", monitor.errors())
        verdicts = monitor.verdicts()
        said = {"confirmed": verdicts.confirmed, "corrected": verdicts.corrected}
        yield _counter("verdicts", "What people said about answers.", "verdict", said)
        yield _confidence(monitor)

    def _latency(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        family = GaugeMetricFamily(
            PREFIX + "latency_seconds", "Time to an answer in the last day.", labels=["source", "quantile"]
        )
        since = time.time() - DAY_S
        for source in self._monitor.sources(since):
            found = self._monitor.latency(since, source)
            for quantile, value in (("0.5", found.p50), ("0.95", found.p95), ("0.99", found.p99)):
                if not math.isnan(value):
                    family.add_metric([source, quantile], value / 1000)
        yield family

    def _drift(self) -> Iterator[Metric]:
        latest = DriftLog(self._database).latest()
        if latest is not None:
            yield _gauge("drift_share", "Share of features that differ.", latest.drifted_share)
            yield _gauge("drift_threshold", "Share that makes a drift.", latest.threshold)
            yield _gauge("drift_checked_timestamp_seconds", "When it was checked.", latest.time)

    def _state(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        active = ServingController(self._database).current().active
        serving = GaugeMetricFamily(PREFIX + "serving", "1 for the model that answers.", labels=["alias"])
        for alias in ("champion", "fallback", "none"):
            serving.add_metric([alias], float(alias == active))
        yield serving
        yield _gauge(
            "alerts_unread", "Alerts that ask for attention.", len(AlertService(self._database).unread())
        )
        yield _total("worker_restarts", "Restarts of the analysis process.", self._monitor.restarts())
        used = memory_usage.used()
        yield _gauge(
            "memory_bytes",
            "Resident memory, worker processes included.",
            (used.own + used.children) * memory_usage.MIB,
        )


def _gauge(name: str, words: str, value: float) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(PREFIX + name, words, value=value)


def _counter(name: str, words: str, label: str, values: dict[str, int]) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(PREFIX + name, words, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family


def _total(name: str, words: str, value: int) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    return CounterMetricFamily(PREFIX + name, words, value=value)


def _confidence(monitor: StatisticsQueries) -> Metric:
    from prometheus_client.core import HistogramMetricFamily

    found = monitor.confidence(bins=10)
    buckets: list[Any] = []
    total = 0
    for upper, count in zip(found.edges[1:], found.counts, strict=True):
        total += count
        buckets.append((f"{upper:g}", total))
    middles = ((low + high) / 2 for low, high in zip(found.edges[:-1], found.edges[1:], strict=True))
    about = sum(middle * count for middle, count in zip(middles, found.counts, strict=True))
    family = HistogramMetricFamily(PREFIX + "confidence", "Probability of the first answer.")
    family.add_metric([], [*buckets, ("+Inf", total)], sum_value=about)
    return family
