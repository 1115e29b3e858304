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
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.alerts import Alert
from genre_desktop.core.store.database import Database

FAILED = alert_messages.job_failed("sweep", "Registry clean-up", "It is busy.")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = Database(tmp_path / "store.db")
    yield db
    db.close()


def test_what_another_process_raises_is_news(qtbot: QtBot, feed: AlertFeed, db: Database) -> None:
    feed.start()
    other = Database(db.path)
    with qtbot.waitSignal(feed.raised, timeout=20_000) as blocker:
        AlertService(other).raise_(FAILED)
    other.close()
    alert = blocker.args[0]
    assert isinstance(alert, Alert)
    assert alert.notice == FAILED
    assert [unread.id for unread in feed.unread] == [alert.id]


def test_an_earlier_alert_is_unread_but_not_new(feed: AlertFeed, db: Database) -> None:
    raised: list[Alert] = []
    feed.raised.connect(raised.append)
    AlertService(db).raise_(FAILED)
    assert len(feed.history()) == 1
    feed.look()
    feed.look()
    assert raised == []
    assert len(feed.unread) == 1


def test_reading_is_signalled(feed: AlertFeed, db: Database) -> None:
    changes: list[int] = []
    feed.changed.connect(lambda: changes.append(len(feed.unread)))
    AlertService(db).raise_(FAILED)
    feed.look()
    feed.look()
    feed.acknowledge(feed.unread[0].id)
    assert changes == [1, 0]


def test_a_snoozed_alert_is_quiet(feed: AlertFeed, db: Database) -> None:
    AlertService(db).raise_(FAILED)
    feed.look()
    feed.snooze(feed.unread[0].id, 3600)
    assert feed.unread == []
    assert feed.history()[0].open


def test_a_change_of_the_serving_model_is_signalled_once(feed: AlertFeed, db: Database) -> None:
    states: list[str] = []
    feed.serving_changed.connect(lambda state: states.append(state.active))
    feed.look()
    ServingController(db).report(ModelFault("champion", "model-missing", "It is gone."))
    feed.look()
    feed.look()
    assert states == ["fallback"]
    assert feed.serving.reason == "It is gone."


def test_a_store_that_cannot_be_opened_is_tried_again(db: Database) -> None:
    tries = iter([AppError("store-unreadable/made-up", title="t", reason="r"), db])

    def database() -> Database:
        found = next(tries)
        if isinstance(found, AppError):
            raise found
        return found

    feed = AlertFeed(database)
    AlertService(db).raise_(FAILED)
    feed.look()
    assert feed.unread == []
    feed.look()
    assert len(feed.unread) == 1


def test_a_file_that_was_set_aside_is_reported(qtbot: QtBot, feed: AlertFeed, db: Database) -> None:
    feed.start()
    (db.path.parent / "settings.json").write_text("{")
    with qtbot.waitSignal(feed.raised, timeout=20_000) as blocker:
        Settings.load(db.path.parent / "settings.json")
    assert blocker.args[0].notice.code == "set-aside:settings.json"
