import math
from dataclasses import replace

import pytest

from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.statistics import DriftPoint, StatisticsQueries
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import ModelRef
from tests.core.store.samples import answer, failure
from tests.core.store.test_drift_checks import CHECK


@pytest.fixture
def log(db, clock):
    return PredictionLog(db, clock)


@pytest.fixture
def monitor(db, clock):
    return StatisticsQueries(db, clock)


def test_an_empty_store_has_empty_statistics(monitor):
    assert monitor.genres() == {}
    assert monitor.drift_line() == []
    assert monitor.latency().n == 0
    assert math.isnan(monitor.latency().p99)
    assert math.isnan(monitor.verdicts().correction_rate)
    assert sum(monitor.confidence().counts) == 0
    assert monitor.restarts() == 0


def test_counts_leave_failures_apart(log, monitor):
    for genre in ("pop", "jazz", "pop"):
        log.add(answer(genre=genre), "file")
    log.add(answer(genre="jazz", model=ModelRef("genre", "2", "fallback")), "live")
    log.add(failure(), "batch")
    assert list(monitor.genres().items()) == [("jazz", 2), ("pop", 2)]
    assert monitor.aliases() == {"champion": 3, "fallback": 1}
    assert monitor.sources() == {"file": 3, "batch": 1, "live": 1}
    assert monitor.errors() == {"empty-file": 1}


def test_speech_is_no_genre_and_has_no_confidence(log, monitor):
    log.add(answer(genre="", confidence=0.0, model=None, kind="speech"), "file")
    assert monitor.genres() == {}
    assert monitor.aliases() == {}
    assert sum(monitor.confidence().counts) == 0
    assert monitor.sources() == {"file": 1}


def test_statistics_of_a_period(log, monitor, clock):
    log.add(answer(genre="pop"), "file")
    clock.pass_(100)
    log.add(answer(genre="jazz"), "file")
    assert monitor.genres(since=clock.now) == {"jazz": 1}


def test_confidence_lands_in_its_bin(log, monitor):
    for value in (0.0, 0.05, 0.31, 1.0):
        log.add(answer(confidence=value), "file")
    histogram = monitor.confidence(bins=10)
    assert histogram.counts == (2, 0, 0, 1, 0, 0, 0, 0, 0, 1)
    assert len(histogram.edges) == 11


def test_latency_percentiles_by_source(log, monitor):
    for value in range(1, 101):
        log.add(answer(elapsed_ms=float(value)), "file")
    log.add(answer(elapsed_ms=9999.0), "live")
    latency = monitor.latency(source="file")
    assert (latency.n, latency.p50) == (100, 50.5)
    assert 95 <= latency.p95 <= 96
    assert 99 <= latency.p99 <= 100
    assert monitor.latency().n == 101


def test_verdicts_count_active_corrections(db, log, monitor, clock):
    corrections = Corrections(db, clock)
    ids = [log.add(answer(name), "file") for name in "abcd"]
    corrections.add(ids[0], "jazz")
    corrections.add(ids[1], "pop")
    corrections.undo(corrections.add(ids[2], "pop"))
    verdicts = monitor.verdicts()
    assert (verdicts.answered, verdicts.confirmed, verdicts.corrected) == (4, 1, 1)
    assert verdicts.correction_rate == 0.5


def test_the_drift_line_runs_forward(db, monitor, clock):
    log = DriftLog(db, clock)
    log.add(CHECK)
    clock.pass_(5)
    log.add(replace(CHECK, encoder_share=CHECK.drifted_share + 0.1))
    line = monitor.drift_line()
    assert line[0] == DriftPoint(clock.now - 5, CHECK.drifted_share, 0.3, True, True)
    assert line[1].share == CHECK.drifted_share + 0.1  # the larger of the two
    assert len(monitor.drift_line(since=clock.now)) == 1


def test_a_worker_restart_is_counted_and_raises_an_alert(db, monitor, clock):
    monitor.worker_restarted("It did not answer for 60 s.")
    monitor.worker_restarted("It did not answer for 60 s.")
    assert monitor.restarts() == 2
    (alert,) = AlertService(db, clock).standing("worker-restarted")
    assert alert.count == 2
