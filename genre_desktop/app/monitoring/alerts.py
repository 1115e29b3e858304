"""Alerts and the serving state as the window sees them: looked up every second, told when they change."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.store.alerts import Alert
from genre_desktop.core.store.database import Database

LOOK_MS = 1000

log = logging.getLogger(__name__)


class AlertFeed(QObject):
    """What asks for attention.

    Other processes raise alerts too, and the store is what they share, so it is looked at every
    second: two reads of a few rows. What stood before the program started is counted, but not
    told as news.

    Parameters
    ----------
    database:
        The store, asked for at the first look.
    """

    came = Signal(object)
    """A new :class:`Alert`."""

    changed = Signal()
    """Alerts came, went, or were read; see :attr:`unread`."""

    serving_changed = Signal(object)
    """The :class:`ServingState` that holds now."""

    def __init__(self, database: Callable[[], Database], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._opened: tuple[AlertService, ServingController] | None = None
        self._first = True
        self._seen: tuple[object, ...] = ()
        self.unread: list[Alert] = []
        self.serving = ServingState()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and every second from now on."""
        self.look()
        self._timer.start()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """See what is new. A store that cannot be read now is looked at again next time."""
        try:
            centre, serving = self._open()
            news, unread, state = centre.news(), centre.unread(), serving.current()
        except (AppError, sqlite3.Error) as error:
            log.debug("alerts cannot be read now: %s", error)
            return
        self._tell(state, unread)
        first, self._first = self._first, False
        for alert in news if not first else []:
            self.came.emit(alert)

    def history(self, n: int = 200) -> list[Alert]:
        """The last ``n`` of any state, newest first; none while the store cannot be read."""
        try:
            return self._open()[0].history(n)
        except (AppError, sqlite3.Error) as error:
            log.warning("alerts cannot be read: %s", error)
            return []

    def acknowledge(self, alert_id: int) -> None:
        """The person has read it."""
        self._open()[0].acknowledge(alert_id)
        self.look()

    def acknowledge_all(self) -> None:
        """The person has read them all."""
        self._open()[0].acknowledge_all()
        self.look()

    def snooze(self, alert_id: int, seconds: float) -> None:
        """Be quiet about it for a while."""
        self._open()[0].snooze(alert_id, seconds)
        self.look()

    def _open(self) -> tuple[AlertService, ServingController]:
        if self._opened is None:
            database = self._database()
            self._opened = AlertService(database), ServingController(database)
        return self._opened

    def _tell(self, state: ServingState, unread: list[Alert]) -> None:
        seen = tuple((a.id, a.count, a.time) for a in unread)
        moved, self.serving = state != self.serving, state
        changed, self._seen, self.unread = seen != self._seen, seen, unread
        if changed:
            self.changed.emit()
        if moved:
            self.serving_changed.emit(state)
