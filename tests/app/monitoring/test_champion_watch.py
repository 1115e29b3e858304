from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.app.monitoring.champion_watch import ChampionWatch
from genre_desktop.core.monitoring.champion import SNAPSHOT
from genre_desktop.core.monitoring.serving_state import ModelPromoted
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from tests.ui.store_writer import Writer


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path).create()
    home.registry.mkdir(parents=True, exist_ok=True)
    promote(home, "1")
    return home


@pytest.fixture
def db(home: Home) -> Iterator[Database]:
    db = Database(home.store)
    yield db
    db.close()


def promote(home: Home, version: str) -> None:
    (home.registry / SNAPSHOT).write_text(json.dumps({"aliases": {"champion": version}}))


def test_a_promotion_is_noticed_after_the_job(home: Home, feed: AlertFeed) -> None:
    jobs = JobManager(home)
    watch, seen = ChampionWatch(home, feed, jobs), []
    watch.took_over.connect(seen.append)
    jobs.ended.emit(None)
    assert seen == []
    promote(home, "2")
    jobs.ended.emit(None)
    jobs.ended.emit(None)
    assert (seen, watch.answering) == (["2"], "2")
    jobs.close()


def test_the_return_from_the_fallback_is_noticed(home: Home, feed: AlertFeed, db: Database) -> None:
    jobs, writer = JobManager(home), Writer(db)
    watch, seen = ChampionWatch(home, feed, jobs), []
    watch.took_over.connect(seen.append)
    writer.alarms()
    feed.look()
    assert (seen, watch.answering) == ([], "")
    writer.serving.report(ModelPromoted())
    feed.look()
    assert (seen, watch.answering) == (["1"], "1")
    jobs.close()
