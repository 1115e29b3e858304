from __future__ import annotations

from contextlib import closing

from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.recovery import row_alerts
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from tests.core.store.samples import answer


def test_damaged_rows_are_reported_once_with_their_number(tmp_path):
    with closing(Database(tmp_path / "store.db")) as db:
        PredictionLog(db).add(answer("a"), "file")
        row_alerts.report(db)
        assert AlertService(db).history() == []
        db.connection.execute("UPDATE predictions SET probabilities = '{'")
        for _ in range(3):
            assert PredictionLog(db).recent() == []
            row_alerts.report(db)
        (alert,) = AlertService(db).unread()
        assert alert.count == 1
        assert "predictions (1)" in alert.notice.happened
