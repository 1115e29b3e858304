import pytest

from genre_desktop.core.monitoring.alert_service import ROLL_BACK, AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.jobs.runner import alerts


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).create()


def end(db, name, result):
    runs = JobRuns(db)
    runs.finish(runs.start(name), "succeeded", "", result)


def test_a_promotion_is_reported_once_with_a_rollback_action(home, db):
    end(db, "retrain", {"promoted": True, "version": "4", "reason": "Better by more than chance."})
    for _ in range(2):
        alerts.raise_job_alerts(home, db)
    (alert,) = AlertService(db).standing()
    assert (alert.notice.code, alert.notice.level, alert.notice.action) == ("promoted", "info", ROLL_BACK)
    assert "4" in alert.notice.title
    assert alert.notice.happened == "Better by more than chance."
    assert alert.count == 1
    end(db, "roll-back", {"champion": "1"})
    alerts.raise_job_alerts(home, db)
    assert AlertService(db).standing() == []


def test_a_retrain_that_was_not_better_is_no_news(home, db):
    end(db, "retrain", {"promoted": False, "version": "4", "reason": "Not better."})
    alerts.raise_job_alerts(home, db)
    assert AlertService(db).standing() == []


@pytest.mark.parametrize(("name", "codes"), [("models", []), ("drift", ["job-died:drift"])])
def test_a_job_that_no_list_shows_raises_no_alert(home, db, name, codes):
    runs = JobRuns(db)
    runs.finish(runs.start(name), "died", "it was ended by SIGKILL")
    assert [run.name for run in alerts.raise_job_alerts(home, db)] == [name]
    assert [alert.notice.code for alert in AlertService(db).standing()] == codes


@pytest.mark.parametrize(("name", "again"), [("write-tags", False), ("drift", True)])
@pytest.mark.parametrize("status", ["failed", "died"])
def test_only_a_job_with_a_schedule_is_said_to_run_again(home, db, name, again, status):
    runs = JobRuns(db)
    runs.finish(runs.start(name), status, "it was ended by SIGKILL")
    alerts.raise_job_alerts(home, db)
    (alert,) = AlertService(db).standing()
    assert ("automatically" not in alert.notice.did) is again
