from __future__ import annotations

import contextlib
import json
import re
import socket
import sys
import threading
import urllib.request
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import ModelFault
from genre_desktop.core.monitoring.statistics import StatisticsQueries
from genre_desktop.core.paths import Home
from genre_desktop.core.quoting.controls import printable
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.jobs.prometheus import PREFIX, MetricsServer
from tests.core.store.samples import answer, failure
from tests.core.store.test_drift_checks import CHECK

DASHBOARD = Path(__file__).parents[2] / "docs" / "grafana-dashboard.json"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).create()


@pytest.fixture
def endpoint(home):
    served = MetricsServer(home, 0)
    yield served
    served.close()


def scrape(endpoint):
    """Every sample as ``{(name, labels): value}``."""
    with urllib.request.urlopen(endpoint.url) as response:
        text = response.read().decode()
    return {
        (sample.name.removeprefix(PREFIX), tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def fill(db):
    log = PredictionLog(db)
    ids = [log.add(answer(genre=genre, elapsed_ms=200.0), "file") for genre in ("pop", "pop", "jazz")]
    log.add(failure(), "batch")
    corrections = Corrections(db)
    corrections.add(ids[0], "pop")
    corrections.add(ids[1], "rock")
    DriftLog(db).add(CHECK)
    StatisticsQueries(db).worker_restarted("It hung.")
    ServingController(db).report(ModelFault("champion", "model-missing", "It is gone."))


def test_the_name_of_a_genre_sends_nothing_to_a_terminal(home, endpoint):
    label = '\x1b[31m"a"\\n\n\u202e<b>'
    with closing(Database(home.store)) as database:
        PredictionLog(database).add(answer(genre=label), "file")
    with urllib.request.urlopen(endpoint.url) as response:
        text = response.read().decode()
    assert text.replace("\n", "").isprintable()
    assert ("predictions_total", (("genre", printable(label)),)) in scrape(endpoint)


def test_an_empty_store_is_no_reason_to_fail(endpoint):
    samples = scrape(endpoint)
    assert samples["serving", (("alias", "champion"),)] == 1
    assert samples["memory_bytes", ()] > 10_000_000
    assert ("drift_share", ()) not in samples


def test_the_metrics_are_those_of_the_monitor_page(db, endpoint):
    fill(db)
    samples = scrape(endpoint)
    assert samples["predictions_total", (("genre", "pop"),)] == 2
    assert samples["answers_total", (("alias", "champion"),)] == 3
    assert samples["requests_total", (("source", "batch"),)] == 1
    assert samples["errors_total", (("code", "empty-file"),)] == 1
    assert samples["verdicts_total", (("verdict", "corrected"),)] == 1
    assert samples["latency_seconds", (("quantile", "0.95"), ("source", "file"))] == pytest.approx(0.2)
    assert ("latency_seconds", (("quantile", "0.95"), ("source", "batch"))) not in samples
    assert samples["drift_share", ()] == pytest.approx(CHECK.drifted_share)
    assert samples["drift_threshold", ()] == 0.3
    assert samples["serving", (("alias", "fallback"),)] == 1
    assert samples["serving", (("alias", "champion"),)] == 0
    assert samples["worker_restarts_total", ()] == 1
    assert samples["alerts_unread", ()] == 2
    assert (
        samples["confidence_bucket", (("le", "0.8"),)] + samples["confidence_bucket", (("le", "0.9"),)] >= 3
    )
    assert samples["confidence_count", ()] == 3


def test_only_this_computer_can_read_it(endpoint):
    assert endpoint.url.startswith("http://127.0.0.1:")
    assert endpoint._server.server_address[0] == "127.0.0.1"


def ask(endpoint, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", endpoint.port), timeout=60) as line:
        line.sendall(request)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while more := line.recv(65_536):
                answer += more
    return answer


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"127.0.0.1", b"200"),
        (b"LOCALHOST:9464", b"200"),
        (b"[::1]:9464", b"200"),
        (b"evil.example", b"421"),
        (b"127.0.0.1.evil.example", b"421"),
        (b"", b"421"),
    ],
)
def test_another_host_name_is_refused(endpoint, host, status):
    assert ask(endpoint, b"GET /metrics HTTP/1.0\r\nHost: " + host + b"\r\n\r\n").split()[1] == status


def test_too_long_a_request_is_cut(endpoint):
    lines = b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(90))
    assert b"genre_desktop" not in ask(endpoint, b"GET / HTTP/1.0\r\n" + lines + b"Host: 127.0.0.1\r\n\r\n")


def test_idle_clients_are_cut_and_the_next_is_served(home, monkeypatch):
    monkeypatch.setattr("genre_desktop.jobs.prometheus.LIMIT_S", 0.2)
    endpoint = MetricsServer(home, 0)
    address = ("127.0.0.1", endpoint.port)
    with closing(endpoint), contextlib.ExitStack() as stack:
        idle = [stack.enter_context(socket.create_connection(address, timeout=60)) for _ in range(50)]
        for line in idle:
            with contextlib.suppress(ConnectionError):
                assert line.recv(1) == b""
        monkeypatch.setattr("genre_desktop.jobs.prometheus.LIMIT_S", 60.0)
        assert b"200" in ask(endpoint, b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")


def test_a_taken_port_is_a_problem(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(AppError) as caught:
            MetricsServer(home, other.getsockname()[1])
    assert caught.value.problem.code == "metrics-port"


def test_a_missing_package_is_a_problem(home, monkeypatch):
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(AppError) as caught:
        MetricsServer(home, 0)
    assert caught.value.problem.code == "metrics-missing"


def test_closing_leaves_no_thread_and_frees_the_port(home):
    before = set(threading.enumerate())
    served = MetricsServer(home, 0)
    port = served.port
    served.close()
    assert set(threading.enumerate()) == before
    MetricsServer(home, port).close()


def test_the_dashboard_plots_metrics_that_exist(db, endpoint):
    fill(db)
    exposed = {PREFIX + name for name, _ in scrape(endpoint)}
    dashboard = json.loads(DASHBOARD.read_text("utf-8"))
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    assert len(queries) >= 10
    for query in queries:
        named = set(re.findall(PREFIX + r"\w+", query))
        assert named, query
        assert named <= exposed, query


def test_a_request_leaves_no_connection_open(home, endpoint):
    def open_files():
        return [file.path for file in psutil.Process().open_files() if file.path == str(home.store)]

    scrape(endpoint)
    before = len(open_files())
    for _ in range(5):
        scrape(endpoint)
    assert len(open_files()) <= before
