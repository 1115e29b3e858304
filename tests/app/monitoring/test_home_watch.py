"""Alerts about the home itself: a full disk, and a home that was deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.monitoring.home_watch import HomeWatch
from genre_desktop.app.monitoring.service import Monitoring
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home, make_folder
from genre_desktop.core.store.alerts import Alert
from tests.fixtures.small_disk import fill


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def test_a_full_disk_has_one_alert_until_there_is_space(small_disk: Path) -> None:
    watch = HomeWatch(Home(small_disk / "home").create())
    assert watch.look() is None
    filler = fill(small_disk)
    alert = watch.look()
    assert alert is not None
    assert alert.id < 0
    assert "about 50 MB are needed" in alert.notice.happened
    assert str(small_disk) in alert.notice.happened
    assert watch.look() is None
    assert watch.unread() == [alert]
    filler.unlink()
    assert watch.look() is None
    assert watch.unread() == []


def test_a_store_without_space_is_enough(home: Home) -> None:
    alert = HomeWatch(home).look(Problem("no-space/unknown", needed=50))
    assert alert is not None
    assert alert.notice.code == "disk-full"


def test_a_home_that_is_gone_has_an_alert(home: Home) -> None:
    watch = HomeWatch(home)
    shutil.rmtree(home.root)
    alert = watch.look()
    assert alert is not None
    assert alert.notice.code == "home-gone"
    assert str(home.root) in alert.notice.happened
    home.create()
    watch.look()
    assert watch.alert is None


def test_an_alert_that_was_read_or_snoozed_stays_so(home: Home) -> None:
    now = [0.0]
    watch = HomeWatch(home, lambda: now[0])
    full = Problem("no-space/unknown", needed=50)
    watch.look(full)
    watch.snooze(10.0)
    assert watch.unread() == []
    now[0] = 11.0
    assert len(watch.unread()) == 1
    watch.acknowledge()
    assert watch.look(full) is None
    assert watch.unread() == []


def test_the_window_gets_the_alert_where_the_store_cannot_be_opened(qtbot: QtBot, small_disk: Path) -> None:
    home = Home(small_disk / "home").create()
    filler = fill(small_disk)
    monitoring = Monitoring(home, JobManager(home))
    raised: list[Alert] = []
    monitoring.alerts.raised.connect(raised.append)
    monitoring.alerts.look()
    monitoring.alerts.look()
    assert [alert.notice.code for alert in raised] == ["disk-full"]
    assert monitoring.alerts.unread == monitoring.alerts.history() == raised
    monitoring.alerts.acknowledge(raised[0].id)
    assert monitoring.alerts.unread == []
    filler.unlink()
    monitoring.alerts.look()
    assert monitoring.alerts.history() == []
    monitoring.close()


def test_a_home_that_a_full_disk_had_no_space_for_is_not_gone(small_disk: Path) -> None:
    home = Home(small_disk / "home").use()
    watch = HomeWatch(home)
    filler = fill(small_disk)
    alert = watch.look()
    assert alert is not None
    assert alert.notice.code == "disk-full"
    filler.unlink()
    watch.look()
    assert watch.alert is None
    make_folder(home.takes)
    assert home.takes.is_dir()
