from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.core.store.database import Database


@pytest.fixture
def feed(qtbot: QtBot, db: Database) -> Iterator[AlertFeed]:
    feed = AlertFeed(lambda: db)
    yield feed
    feed.close()
    feed.deleteLater()
