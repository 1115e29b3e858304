"""The life cycle of alerts, which any process may raise."""

from __future__ import annotations

import time
from collections.abc import Callable

from genre_desktop.core.store.alerts import Alert, AlertMessage, AlertStore
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.repository import Repository

OPEN_REPORT = "open-report"
ROLL_BACK = "roll-back"
RESTORE_STARTERS = "restore-starters"
RESTORE_ANSWERS = "restore-answers"
OPEN_JOBS = "open-jobs"
"""Names of the actions, in the window's registry, whose buttons alerts show."""

_WORSE = {"info": 0, "warning": 1, "error": 2}


class AlertService(Repository):
    """Raises, reads and resolves alerts.

    There is at most one open alert of a code: a repetition increases its count and updates its
    text. An acknowledged or snoozed alert stays so unless its level rises, so that a check that
    fails every hour does not notify every hour. Alerts of level ``info`` report something that
    is over already: acknowledging one resolves it.
    """

    def __init__(self, db: Database, clock: Callable[[], float] = time.time) -> None:
        super().__init__(db, clock)
        self._store = AlertStore(db)
        self._reported: dict[int, int] = {}

    def raise_(self, notice: AlertMessage) -> Alert:
        """Raise an alert, or count a repetition; return its current state."""
        moment = self._clock()
        with self._db.transaction():
            standing = self._store.standing(notice.code)
            worse = not standing or _WORSE[notice.level] > _WORSE[standing[0].notice.level]
            if worse:
                self.resolve(notice.code)
                alert_id = self._store.insert(notice, moment)
            else:
                alert_id = standing[0].id
                self._store.repeat(alert_id, notice, moment)
            alert = self._store.get(alert_id)
        assert alert is not None  # noqa: S101  # just written, in this transaction
        return alert

    def acknowledge(self, alert_id: int) -> None:
        """Mark an alert as read; it stays in the history."""
        now = self._clock()
        with self._db.transaction():
            alert = self._store.get(alert_id)
            over = now if alert is not None and alert.notice.level == "info" else None
            self._store.mark(alert_id, acknowledged=now, resolved=over)

    def acknowledge_all(self) -> None:
        """Mark all alerts as read."""
        with self._db.transaction():
            for alert in self.unread():
                self.acknowledge(alert.id)

    def snooze(self, alert_id: int, seconds: float) -> None:
        """Hide an alert for a while; afterwards it is unread again."""
        self._store.mark(alert_id, snoozed_until=self._clock() + seconds)

    def resolve(self, code: str) -> None:
        """Mark the open alerts of this code as resolved."""
        with self._db.transaction():
            for alert in self._store.standing(code):
                self._store.mark(alert.id, resolved=self._clock())

    def standing(self, code: str | None = None) -> list[Alert]:
        """Return the alerts that are not resolved, newest first."""
        return self._store.standing(code)

    def unread(self) -> list[Alert]:
        """Return the alerts that need attention now, newest first; their number is the badge."""
        now = self._clock()
        return [alert for alert in self._store.standing() if alert.unread(now)]

    def history(self, n: int = 200) -> list[Alert]:
        """Return the last ``n`` in any state, newest first."""
        return self._store.recent(n)

    def get(self, alert_id: int) -> Alert | None:
        """Return one alert, or None when it was deleted."""
        return self._store.get(alert_id)

    def news(self) -> list[Alert]:
        """Return the unread alerts that this object has not returned yet, oldest first.

        The window polls this for notifications, because other processes raise alerts too. An alert
        whose snooze ended is returned again, and so is a repeated one of level ``info``.
        """
        unread = self.unread()
        fresh = [alert for alert in unread if self._is_news(alert)]
        self._reported = {alert.id: alert.count for alert in unread}
        return sorted(fresh, key=lambda alert: (alert.time, alert.id))

    def _is_news(self, alert: Alert) -> bool:
        count = self._reported.get(alert.id)
        return count is None or (alert.notice.level == "info" and count != alert.count)
