"""The alert centre: raised anywhere, in any process; shown in one place."""

from __future__ import annotations

import time
from collections.abc import Callable

from genre_desktop.core.store.alerts import Alert, AlertMessage, AlertStore
from genre_desktop.core.store.database import Database

OPEN_REPORT = "open-report"
ROLL_BACK = "roll-back"
RESTORE_STARTERS = "restore-starters"
OPEN_JOBS = "open-jobs"
"""Names of the actions whose buttons alerts show; the window's action registry knows them."""

_WORSE = {"info": 0, "warning": 1, "error": 2}


class AlertService:
    """Raises, reads and settles alerts.

    Two alerts of one code never stand side by side: a repetition raises the count of the
    standing one, with the newest words. What was acknowledged or snoozed stays so unless it
    got worse, so a check that fails every hour does not nag every hour. Alerts of level
    ``info`` tell of something that is over already: reading one settles it.

    Parameters
    ----------
    db:
        The store.
    clock:
        Seconds since 1970, for tests.
    """

    def __init__(self, db: Database, clock: Callable[[], float] = time.time) -> None:
        self._db = db
        self._store = AlertStore(db)
        self._clock = clock
        self._told: dict[int, int] = {}

    def raise_(self, notice: AlertMessage) -> Alert:
        """Raise an alert, or count a repetition; returns it as it stands now."""
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
        """The person has read it; it stays in the history."""
        now = self._clock()
        with self._db.transaction():
            alert = self._store.get(alert_id)
            over = now if alert is not None and alert.notice.level == "info" else None
            self._store.mark(alert_id, acknowledged=now, resolved=over)

    def acknowledge_all(self) -> None:
        """The person has read them all."""
        with self._db.transaction():
            for alert in self.unread():
                self.acknowledge(alert.id)

    def snooze(self, alert_id: int, seconds: float) -> None:
        """Be quiet about it for a while; afterwards it is unread again."""
        self._store.mark(alert_id, snoozed_until=self._clock() + seconds)

    def resolve(self, code: str) -> None:
        """What alerts of this code tell of is over."""
        with self._db.transaction():
            for alert in self._store.standing(code):
                self._store.mark(alert.id, resolved=self._clock())

    def standing(self, code: str | None = None) -> list[Alert]:
        """Alerts that are not resolved, newest first."""
        return self._store.standing(code)

    def unread(self) -> list[Alert]:
        """Those that ask for attention now, newest first; their number is the badge."""
        now = self._clock()
        return [alert for alert in self._store.standing() if alert.unread(now)]

    def history(self, n: int = 200) -> list[Alert]:
        """The last ``n`` of any state, newest first."""
        return self._store.recent(n)

    def get(self, alert_id: int) -> Alert | None:
        """One alert, or None when it is gone."""
        return self._store.get(alert_id)

    def news(self) -> list[Alert]:
        """Unread alerts that this object has not handed out yet, oldest first.

        The window polls this for toasts: other processes raise alerts too, and the store is
        what they share. An alert whose snooze ended is news again, and so is a repeated one of
        level ``info``.
        """
        unread = self.unread()
        fresh = [alert for alert in unread if self._is_news(alert)]
        self._told = {alert.id: alert.count for alert in unread}
        return sorted(fresh, key=lambda alert: (alert.time, alert.id))

    def _is_news(self, alert: Alert) -> bool:
        told = self._told.get(alert.id)
        return told is None or (alert.notice.level == "info" and told != alert.count)
