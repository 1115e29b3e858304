import threading

import pytest

from genre_desktop.core.messages import message
from genre_desktop.core.monitoring.alert_service import RESTORE_STARTERS, AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import (
    CleanSeen,
    DriftSeen,
    FailoverPolicy,
    ModelFault,
    ModelHealthy,
    ServingState,
    StartersRestored,
)
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.serving_history import SwitchLog

DRIFT = DriftSeen("52 % of the features differ.")
CLEAN = CleanSeen()
TAMPERED = ModelFault("champion", "model-digest", "The champion's files were changed.")
GONE = ModelFault("fallback", "model-missing", "The fallback's folder is gone.")
WELL, FALLBACK_WELL = ModelHealthy("champion"), ModelHealthy("fallback")
RECODED = CleanSeen("Like strongly compressed files.")


@pytest.fixture
def serving(db, clock):
    return ServingController(db, clock=clock)


@pytest.fixture
def alerts(db, clock):
    return AlertService(db, clock)


def codes(alerts):
    return {alert.notice.code for alert in alerts.standing()}


def test_every_process_sees_the_same_state(db, serving, clock):
    assert serving.current() == ServingState()
    clock.pass_(5)
    switch = serving.report(TAMPERED)
    other = ServingController(db, clock=clock)
    assert other.current().active == "fallback"
    assert other.current().since == clock.now
    assert SwitchLog(db).recent() == [switch]


def test_reports_from_many_sides_are_all_counted(db, clock):
    def report():
        for _ in range(10):
            ServingController(db, FailoverPolicy(confirmations=100), clock).report(DRIFT)

    threads = [threading.Thread(target=report) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ServingController(db, clock=clock).current().drift_streak == 40


def test_events_that_change_nothing_write_nothing(db, serving):
    assert serving.report(WELL) is None
    assert db.connection.execute("SELECT count(*) FROM state").fetchone()[0] == 0


def test_drift_raises_an_alert_and_its_end_resolves_it(serving, alerts):
    serving.report(DRIFT)
    assert codes(alerts) == set()
    serving.report(DRIFT)
    assert codes(alerts) == {"drift"}
    assert "fallback" in alerts.standing()[0].notice.did
    serving.report(DRIFT)
    assert alerts.standing()[0].count == 1
    serving.report(CLEAN)
    serving.report(CLEAN)
    assert codes(alerts) == set()
    assert alerts.history()[0].resolved is not None


def test_with_both_broken_the_starter_models_are_offered(serving, alerts):
    serving.report(TAMPERED)
    serving.report(GONE)
    assert codes(alerts) == {"champion-fault", "fallback-fault", "no-model"}
    (worst,) = alerts.standing("no-model")
    assert (worst.notice.level, worst.notice.action) == ("error", RESTORE_STARTERS)
    assert "No model is available" in alerts.standing("champion-fault")[0].notice.did
    serving.report(StartersRestored())
    assert codes(alerts) == set()


def test_a_broken_fallback_raises_an_alert_while_the_champion_serves(serving, alerts):
    assert serving.report(GONE) is None
    assert codes(alerts) == {"fallback-fault"}
    serving.report(FALLBACK_WELL)
    assert codes(alerts) == set()


def test_other_compression_is_a_fact_and_no_alert(serving, alerts):
    serving.report(RECODED)
    assert not serving.current().recoded
    serving.report(RECODED)
    assert serving.current().recoded
    serving.report(CLEAN)
    assert serving.current().recoded
    serving.report(CLEAN)
    assert not serving.current().recoded
    assert (alerts.history(), serving.current().active) == ([], "champion")


def test_the_alert_of_earlier_versions_about_compression_is_resolved(serving, alerts):
    alerts.raise_(AlertMessage("recoded", "info", message("Coded differently"), message("As mp3.")))
    serving.report(CLEAN)
    assert codes(alerts) == set()


def test_state_switch_and_alert_change_together_or_not_at_all(db, serving, alerts):
    db.connection.execute("DROP TABLE switches")
    with pytest.raises(Exception, match="switches"):
        serving.report(TAMPERED)
    assert serving.current() == ServingState()
    assert codes(alerts) == set()
