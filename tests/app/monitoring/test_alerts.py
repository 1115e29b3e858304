"""Alerts and serving state as they reach the window's thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import ModelFault
from genre_desktop.core.store.alerts import Alert
from genre_desktop.core.store.database import Database

FAILED = alert_messages.job_failed("sweep", "Registry sweep", "It is busy.")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = Database(tmp_path / "store.db")
    yield db
    db.close()


@pytest.fixture
def desk(qtbot: QtBot, db: Database) -> Iterator[AlertFeed]:
    desk = AlertFeed(lambda: db)
    yield desk
    desk.close()
    desk.deleteLater()


def test_what_another_process_raises_is_news(qtbot: QtBot, desk: AlertFeed, db: Database) -> None:
    desk.start()
    other = Database(db.path)
    with qtbot.waitSignal(desk.came, timeout=20_000) as blocker:
        AlertService(other).raise_(FAILED)
    other.close()
    alert = blocker.args[0]
    assert isinstance(alert, Alert)
    assert alert.notice == FAILED
    assert [unread.id for unread in desk.unread] == [alert.id]


def test_what_stood_before_is_unread_but_no_news(desk: AlertFeed, db: Database) -> None:
    came: list[Alert] = []
    desk.came.connect(came.append)
    AlertService(db).raise_(FAILED)
    assert len(desk.history()) == 1
    desk.look()
    desk.look()
    assert came == []
    assert len(desk.unread) == 1


def test_reading_is_told(desk: AlertFeed, db: Database) -> None:
    changes: list[int] = []
    desk.changed.connect(lambda: changes.append(len(desk.unread)))
    AlertService(db).raise_(FAILED)
    desk.look()
    desk.look()
    desk.acknowledge(desk.unread[0].id)
    assert changes == [1, 0]


def test_a_snoozed_alert_is_quiet(desk: AlertFeed, db: Database) -> None:
    AlertService(db).raise_(FAILED)
    desk.look()
    desk.snooze(desk.unread[0].id, 3600)
    assert desk.unread == []
    assert desk.history()[0].open


def test_a_change_of_who_serves_is_told_once(desk: AlertFeed, db: Database) -> None:
    states: list[str] = []
    desk.serving_changed.connect(lambda state: states.append(state.active))
    desk.look()
    ServingController(db).report(ModelFault("champion", "model-missing", "It is gone."))
    desk.look()
    desk.look()
    assert states == ["fallback"]
    assert desk.serving.reason == "It is gone."


def test_a_store_that_cannot_be_opened_is_tried_again(db: Database) -> None:
    tries = iter([AppError("store-unreadable/made-up", title="t", reason="r"), db])

    def database() -> Database:
        found = next(tries)
        if isinstance(found, AppError):
            raise found
        return found

    desk = AlertFeed(database)
    AlertService(db).raise_(FAILED)
    desk.look()
    assert desk.unread == []
    desk.look()
    assert len(desk.unread) == 1
