from __future__ import annotations

from contextlib import closing

import pytest

from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.own_files.set_aside import set_aside
from genre_desktop.core.paths import Home
from genre_desktop.core.recovery import set_aside_alerts
from genre_desktop.core.store.database import Database


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).create()


def test_each_file_that_was_set_aside_has_one_alert(home):
    home.settings.write_text("x")
    aside = set_aside(home.settings)
    with closing(Database(home.store)) as db:
        for _ in range(3):
            set_aside_alerts.report(home, db)
        (alert,) = AlertService(db).unread()
        assert alert.count == 1
        assert str(aside) in alert.notice.happened
        AlertService(db).acknowledge(alert.id)
        home.settings.write_text("y")
        set_aside(home.settings)
        set_aside_alerts.report(home, db)
        (alert,) = AlertService(db).standing()
        assert alert.count == 2


def test_a_damaged_store_is_reported_in_the_new_one(home):
    home.store.write_bytes(b"no database" * 1000)
    with closing(Database(home.store)) as db:
        set_aside_alerts.report(home, db)
        (alert,) = AlertService(db).unread()
        assert (alert.notice.code, alert.notice.level) == ("set-aside:genre_desktop.db", "error")


@pytest.mark.parametrize(
    "name", ["genre_desktop.db", "settings.json", "schedule.db", "mlflow.db", "other.json"]
)
def test_every_kind_has_its_texts(home, name):
    (home.root / name).write_text("x")
    notice = set_aside_alerts.notice(home, set_aside(home.root / name))
    assert notice.title
    assert notice.did
    assert notice.can_do
