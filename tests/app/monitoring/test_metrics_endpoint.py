"""The Prometheus endpoint as configured by the settings, over real HTTP."""

from __future__ import annotations

import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from genre_desktop.app.monitoring.metrics_endpoint import Metrics
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import BY_KEY, Settings
from genre_desktop.core.store.database import Database


@pytest.fixture
def metrics(home: Home, db: Database) -> Iterator[Metrics]:
    metrics = Metrics(home, lambda: db)
    yield metrics
    metrics.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def apply(metrics: Metrics) -> None:
    """Apply the settings, and wait until it is done."""
    metrics.refresh()
    metrics._executor.submit(lambda: None).result()


def names(port: int) -> set[str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as response:
        text = response.read().decode()
    return {family.name for family in text_string_to_metric_families(text)}


def is_served(port: int) -> bool:
    try:
        return bool(names(port))
    except urllib.error.URLError:
        return False


def codes(db: Database) -> list[str]:
    return [alert.notice.code for alert in AlertService(db).standing()]


def test_it_is_off_by_default(home: Home, metrics: Metrics) -> None:
    assert BY_KEY["metrics.prometheus"].default is False
    apply(metrics)
    assert metrics._endpoint is None
    assert not is_served(int(BY_KEY["metrics.port"].default))


def test_it_starts_moves_and_stops_with_the_settings(home: Home, db: Database, metrics: Metrics) -> None:
    settings, first, second = Settings.load(home.settings), free_port(), free_port()
    settings["metrics.port"] = first
    settings["metrics.prometheus"] = True
    apply(metrics)
    assert {"genre_desktop_serving", "genre_desktop_memory_bytes"} <= names(first)
    kept = metrics._endpoint
    apply(metrics)
    assert metrics._endpoint is kept
    settings["metrics.port"] = second
    apply(metrics)
    assert (is_served(first), is_served(second)) == (False, True)
    settings["metrics.prometheus"] = False
    apply(metrics)
    assert not is_served(second)
    assert codes(db) == []


def test_a_taken_port_is_an_alert_until_another_is_chosen(home: Home, db: Database, metrics: Metrics) -> None:
    settings = Settings.load(home.settings)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings["metrics.port"] = other.getsockname()[1]
        settings["metrics.prometheus"] = True
        apply(metrics)
        (alert,) = AlertService(db).standing()
        assert alert.notice.code == "metrics-failed"
        assert str(settings["metrics.port"]) in alert.notice.happened
        assert "another port" in alert.notice.can_do
        assert "metrics-port" in alert.notice.details
    settings["metrics.port"] = free_port()
    apply(metrics)
    assert is_served(settings["metrics.port"])
    assert codes(db) == []


def test_a_missing_package_is_an_alert_until_it_is_switched_off(
    home: Home, db: Database, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    settings = Settings.load(home.settings)
    settings["metrics.prometheus"] = True
    apply(metrics)
    (alert,) = AlertService(db).standing()
    assert "prometheus-client" in alert.notice.happened
    assert "pip install" in alert.notice.can_do
    settings["metrics.prometheus"] = False
    apply(metrics)
    assert codes(db) == []


def test_closing_ends_it(home: Home, db: Database) -> None:
    settings, port = Settings.load(home.settings), free_port()
    settings["metrics.port"] = port
    settings["metrics.prometheus"] = True
    metrics = Metrics(home, lambda: db)
    apply(metrics)
    assert is_served(port)
    metrics.close()
    assert not is_served(port)


def test_unreadable_settings_switch_nothing_on(home: Home, db: Database, metrics: Metrics) -> None:
    home.settings.write_text("{")
    apply(metrics)
    assert metrics._endpoint is None
    assert codes(db) == []
