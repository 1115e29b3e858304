"""The Monitor page's statistics, loaded from real stores in the background."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.jobs import drift_text
from genre_desktop.app.monitoring import statistics
from genre_desktop.app.monitoring.statistics import MonitorStatistics, StatisticsLoader
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog
from genre_desktop.core.store.predictions import PredictionLog
from tests.fixtures.qt import answer


@pytest.fixture
def loader(qtbot: QtBot, home: Home, db: Database) -> Iterator[StatisticsLoader]:
    loader = StatisticsLoader(home, lambda: db)
    yield loader
    loader.close()
    loader.deleteLater()


def gathered(qtbot: QtBot, loader: StatisticsLoader) -> MonitorStatistics:
    with qtbot.waitSignal(loader.came, timeout=20_000) as blocker:
        loader.gather()
    found = blocker.args[0]
    assert isinstance(found, MonitorStatistics)
    return found


def test_an_empty_store_has_a_schedule_and_a_memory(home: Home, db: Database) -> None:
    found = statistics.collect(home, db)
    assert (found.answered, found.failed, found.total, found.check) == (0, 0, 0, None)
    assert [row.name for row in found.schedule] == ["drift", "retrain", "sweep", "maintenance"]
    assert found.memory > 2**20


def test_answers_and_failures_are_counted(qtbot: QtBot, loader: StatisticsLoader, db: Database) -> None:
    log = PredictionLog(db)
    log.add(answer("a.mp3", "jazz"), "file")
    log.add(answer("b.mp3", "jazz", error=Problem("empty-file/made-up", title="t", reason="r")), "file")
    found = gathered(qtbot, loader)
    assert (found.genres, found.errors, found.total) == ({"jazz": 1}, {"empty-file": 1}, 2)
    assert found.last_model is not None
    assert loader.latest is found


def test_a_check_by_an_earlier_version_is_a_result(home: Home, db: Database) -> None:
    assert statistics.collect(home, db).drift_result == {}
    DriftLog(db).add(DriftCheck("1", 900, 40, 0.5, 0.35, True, "strong", counted=True))
    found = statistics.collect(home, db).drift_result
    assert drift_text.title(found) == "Possible drift"
    assert drift_text.comparison(found).startswith("40 new files were compared. 50 % of the features differ")


def test_the_period_is_asked_for_each_time(qtbot: QtBot, loader: StatisticsLoader, db: Database) -> None:
    PredictionLog(db, clock=lambda: 1000.0).add(answer("a.mp3"), "file")
    assert gathered(qtbot, loader).answered == 1
    loader.since = lambda: 2000.0
    assert gathered(qtbot, loader).answered == 0


def test_what_is_asked_for_meanwhile_is_gathered_once(qtbot: QtBot, loader: StatisticsLoader) -> None:
    came: list[MonitorStatistics] = []
    loader.came.connect(came.append)
    for _ in range(5):
        loader.gather()
    qtbot.waitUntil(lambda: len(came) == 2, timeout=20_000)
    gathered(qtbot, loader)
    assert len(came) == 3


def test_a_store_that_cannot_be_read_is_reported(qtbot: QtBot, home: Home) -> None:
    def broken() -> Database:
        raise AppError("store-unreadable/made-up", title="t", reason="r")

    loader = StatisticsLoader(home, broken)
    with qtbot.waitSignal(loader.failed, timeout=20_000) as blocker:
        loader.gather()
    assert blocker.args[0].code == "store-unreadable"
    loader.close()


def test_everything_is_forgotten(qtbot: QtBot, loader: StatisticsLoader, db: Database) -> None:
    PredictionLog(db).add(answer("a.mp3"), "file")
    with qtbot.waitSignal(loader.forgotten, timeout=20_000) as blocker:
        loader.forget_everything()
    assert blocker.args == [None]
    assert PredictionLog(db).count() == 0
