"""Alerts and the serving state in the window: polled every second, with signals about changes."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.paths import Home
from genre_desktop.core.recovery import set_aside_alerts
from genre_desktop.core.store.alerts import Alert
from genre_desktop.core.store.database import Database

POLL_MS = 1000

log = logging.getLogger(__name__)


class AlertFeed(QObject):
    """Polls the store, through which other processes raise alerts too: two reads of a few rows.

    Alerts from before the start are unread, but not new. ``database`` is called at the first poll.
    """

    raised = Signal(object)
    """A new :class:`Alert`."""

    changed = Signal()
    """:attr:`unread` has changed."""

    serving_changed = Signal(object)
    """The new :class:`ServingState`."""

    def __init__(self, database: Callable[[], Database], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._opened: tuple[AlertService, ServingController, Database] | None = None
        self._first = True
        self._last_unread: tuple[object, ...] = ()
        self.unread: list[Alert] = []
        self.serving = ServingState()
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Start polling."""
        self.look()
        self._timer.start()

    def close(self) -> None:
        """Stop polling."""
        self._timer.stop()

    def look(self) -> None:
        """Poll the store and emit what has changed; retried at the next poll if it cannot be read."""
        try:
            service, serving, opened = self._open()
            set_aside_alerts.report(Home(opened.path.parent), opened)
            new, unread, state = service.news(), service.unread(), serving.current()
        except (AppError, sqlite3.Error) as error:
            log.debug("alerts cannot be read now: %s", error)
            return
        self._update(state, unread)
        first, self._first = self._first, False
        for alert in new if not first else []:
            self.raised.emit(alert)

    def history(self, n: int = 200) -> list[Alert]:
        """Return the last ``n`` alerts of any state, newest first; none if the store cannot be read."""
        try:
            return self._open()[0].history(n)
        except (AppError, sqlite3.Error) as error:
            log.warning("alerts cannot be read: %s", error)
            return []

    def acknowledge(self, alert_id: int) -> None:
        """Mark an alert as read."""
        self._open()[0].acknowledge(alert_id)
        self.look()

    def acknowledge_all(self) -> None:
        """Mark all alerts as read."""
        self._open()[0].acknowledge_all()
        self.look()

    def snooze(self, alert_id: int, seconds: float) -> None:
        """Snooze an alert for so many seconds."""
        self._open()[0].snooze(alert_id, seconds)
        self.look()

    def _open(self) -> tuple[AlertService, ServingController, Database]:
        if self._opened is None:
            database = self._database()
            self._opened = AlertService(database), ServingController(database), database
        return self._opened

    def _update(self, state: ServingState, unread: list[Alert]) -> None:
        last_unread = tuple((alert.id, alert.count, alert.time) for alert in unread)
        serving_changed, self.serving = state != self.serving, state
        changed, self._last_unread, self.unread = last_unread != self._last_unread, last_unread, unread
        if changed:
            self.changed.emit()
        if serving_changed:
            self.serving_changed.emit(state)
