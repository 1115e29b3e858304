"""Alerts and the serving state in the window: polled every second, with signals about changes."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.monitoring.home_watch import HomeWatch
from genre_desktop.core.errors import AppError, Problem, disk_full, problem_of
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.paths import Home
from genre_desktop.core.recovery import set_aside_alerts
from genre_desktop.core.store.alerts import Alert
from genre_desktop.core.store.database import Database

POLL_MS = 1000

_UNREADABLE = (AppError, OSError, sqlite3.Error)

log = logging.getLogger(__name__)


class AlertFeed(QObject):
    """Polls the store, through which other processes raise alerts too: two reads of a few rows.

    Alerts from before the start are unread, but not new. ``database`` is called at the first poll, and at each
    further one until it succeeds. ``watch`` adds the alert about the home itself.
    """

    raised = Signal(object)
    """A new :class:`Alert`."""

    changed = Signal()
    """:attr:`unread` has changed."""

    serving_changed = Signal(object)
    """The new :class:`ServingState`."""

    def __init__(
        self,
        database: Callable[[], Database],
        watch: HomeWatch | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database, self._watch = database, watch
        self._opened: tuple[AlertService, ServingController, Database] | None = None
        self._first = True
        self._last_unread: tuple[object, ...] = ()
        self._stored_unread: list[Alert] = []
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
        new, unread, state, problem = self._read()
        fresh = None if self._watch is None else self._watch.look(problem)
        self._update(state, [*self._of_home(unread=True), *unread])
        for alert in (*new, fresh):
            if alert is not None:
                self.raised.emit(alert)

    def history(self, n: int = 200) -> list[Alert]:
        """Return the last ``n`` alerts of any state, newest first; of the store none if it cannot be read."""
        try:
            return [*self._of_home(), *self._open()[0].history(n)]
        except _UNREADABLE as error:
            log.info("alerts cannot be read: %s", error)
            return self._of_home()

    def acknowledge(self, alert_id: int) -> None:
        """Mark an alert as read."""
        if alert_id < 0 and self._watch is not None:
            self._watch.acknowledge()
        else:
            self._change(lambda service: service.acknowledge(alert_id))
        self.look()

    def acknowledge_all(self) -> None:
        """Mark all alerts as read."""
        if self._watch is not None:
            self._watch.acknowledge()
        self._change(AlertService.acknowledge_all)
        self.look()

    def snooze(self, alert_id: int, seconds: float) -> None:
        """Snooze an alert for so many seconds."""
        if alert_id < 0 and self._watch is not None:
            self._watch.snooze(seconds)
        else:
            self._change(lambda service: service.snooze(alert_id, seconds))
        self.look()

    def _of_home(self, *, unread: bool = False) -> list[Alert]:
        if self._watch is None:
            return []
        return self._watch.unread() if unread else [a for a in (self._watch.alert,) if a is not None]

    def _read(self) -> tuple[list[Alert], list[Alert], ServingState, Problem | None]:
        """Return new and unread alerts, the serving state, and why the store cannot be used."""
        try:
            service, serving, opened = self._open()
            new, unread, state = service.news(), service.unread(), serving.current()
            first, self._first = self._first, False
            self._stored_unread = unread
            set_aside_alerts.report(Home(opened.path.parent), opened)
        except _UNREADABLE as error:
            log.debug("alerts cannot be read now: %s", error)
            return [], self._stored_unread, self.serving, disk_full(error) or problem_of(error)
        return [] if first else new, unread, state, None

    def _change(self, change: Callable[[AlertService], None]) -> None:
        """Change what is stored; where that cannot be done the alert about it is shown already, or is by the next poll."""
        try:
            change(self._open()[0])
        except _UNREADABLE as error:
            log.info("an alert cannot be changed: %s", error)

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
