"""Prometheus endpoint for the statistics of the Monitor page; off unless switched on.

The server listens on 127.0.0.1, so only this computer can read it. Metrics are read from the store per
request; ``docs/grafana-dashboard.json`` plots them.
"""

from __future__ import annotations

import contextlib
import io
import logging
import math
import re
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.statistics import StatisticsQueries
from genre_desktop.core.paths import Home
from genre_desktop.core.quoting.controls import printable
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.jobs.memory_usage import resident_bytes

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

    from prometheus_client.metrics_core import Metric

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
LOCAL_NAMES = (LOOPBACK, "localhost", "[::1]")
"""Host names under which the metrics may be read, at any port."""
MAX_CONNECTIONS = 8
MAX_REQUEST_BYTES = 16_384
LIMIT_S = 10.0
"""Seconds after which a connection is cut, however slowly its client sends or reads."""
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
            from prometheus_client import CollectorRegistry, make_wsgi_app
        except ImportError as error:
            raise AppError("metrics-missing") from error
        registry = CollectorRegistry(auto_describe=False)
        registry.register(Collector(home.store))
        try:
            self._server = make_server(
                LOOPBACK, port, _only_local(make_wsgi_app(registry)), _Server, _Handler
            )
        except OSError as error:
            raise AppError("metrics-port", port=port, error=error.strerror or str(error)) from error
        self.port = int(self._server.server_port)
        self._thread = threading.Thread(target=self._server.serve_forever, name="metrics-server", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the metrics."""
        return f"http://{LOOPBACK}:{self.port}/metrics"

    def close(self) -> None:
        """Stop serving and wait for the thread."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _only_local(application: WSGIApplication) -> WSGIApplication:
    """Refuse requests that name another host: a page of a foreign site whose name resolves to 127.0.0.1."""

    def checked(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        host = re.sub(r":\d+$", "", str(environ.get("HTTP_HOST", "")).strip().lower())
        if host not in LOCAL_NAMES:
            start("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [b"Metrics are served under 127.0.0.1 and localhost only.\n"]
        return application(environ, start)

    return checked


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each of at most :data:`MAX_CONNECTIONS` requests, which end within :data:`LIMIT_S`."""

    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._free = threading.BoundedSemaphore(MAX_CONNECTIONS)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        slow = threading.Timer(LIMIT_S, _cut, (request,))
        slow.daemon = True
        slow.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            slow.cancel()
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.debug("a request for metrics failed", exc_info=True)


class _Handler(WSGIRequestHandler):
    """Reads at most :data:`MAX_REQUEST_BYTES` and writes no log."""

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(_Limited(self.rfile, MAX_REQUEST_BYTES))

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the base's name
        """Do nothing."""


class _Limited(io.RawIOBase):
    """A stream that ends after ``limit`` bytes of another."""

    def __init__(self, stream: io.BufferedIOBase, limit: int) -> None:
        self._stream, self._left = stream, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read1(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _cut(request: socket.socket) -> None:
    with contextlib.suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)


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
    yield _counter("answers", "Answers by model.", "alias", queries.aliases())
    yield _counter("requests", "Answers and failures by source.", "source", queries.sources())
    yield _counter("errors", "Files without an answer, by reason.", "code", queries.errors())
    feedback = queries.verdicts()
    counts = {"confirmed": feedback.confirmed, "corrected": feedback.corrected}
    yield _counter("verdicts", "Confirmations and corrections of answers.", "verdict", counts)
    yield _confidence(queries)


def _latency(queries: StatisticsQueries) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(
        PREFIX + "latency_seconds", "Response time in the last day.", labels=["source", "quantile"]
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
        yield _gauge("drift_threshold", "Share that is a drift.", latest.threshold)
        yield _gauge("drift_checked_timestamp_seconds", "When it was checked.", latest.time)


def _state(database: Database, queries: StatisticsQueries) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    active = ServingController(database).current().active
    serving = GaugeMetricFamily(PREFIX + "serving", "1 for the model that answers.", labels=["alias"])
    for alias in ("champion", "fallback", "none"):
        serving.add_metric([alias], float(alias == active))
    yield serving
    yield _gauge("alerts_unread", "Unread alerts.", len(AlertService(database).unread()))
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
        family.add_metric([printable(value)], count)  # the client escapes quotes and line breaks only
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
