"""A drift check in its real process, with an installation of Evidently that cannot be imported."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.drift_progress import JUDGED
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftLog
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import ModelRef
from genre_desktop.jobs.runner import alerts
from genre_desktop.jobs.runner.process import RunningJob
from genre_desktop.ml.drift import codec_shift
from tests.core.store.samples import answer

PATIENCE_S = 240.0


@pytest.mark.timeout(600)
def test_the_check_fails_with_an_alert_and_nothing_is_switched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home").create()
    damaged = tmp_path / "damaged" / "evidently"
    damaged.mkdir(parents=True)
    (damaged / "__init__.py").write_text("raise ImportError('a file of Evidently is damaged')\n")
    with closing(Database(home.store)) as db:
        drifted = 3 * codec_shift.load().before[:60]
        for number, row in enumerate(drifted):
            PredictionLog(db).add(
                answer(str(number), features=row, model=ModelRef("genre", "1", "champion")), "batch"
            )
        with monkeypatch.context() as patch:
            patch.syspath_prepend(damaged.parent)  # a spawned process inherits the path
            outcome = RunningJob(home, "drift").wait(PATIENCE_S)
        assert outcome is not None
        assert outcome.ended.status == "failed"
        problem = outcome.ended.problem
        assert problem is not None
        assert problem.code == "drift-check-failed"
        assert "a file of Evidently is damaged" in problem.reason
        assert ServingController(db).current().active == "champion"
        assert ServingController(db).current().drift_streak == 0
        assert (DriftLog(db).recent(), KeyValueStore(db).get(JUDGED, 0)) == ([], 0)
        alerts.raise_job_alerts(home, db)
        (alert,) = AlertService(db).standing()
        assert alert.notice.code == "job-failed:drift"
        assert "a file of Evidently is damaged" in alert.notice.happened
