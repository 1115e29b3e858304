"""Store which model answers, and raise the alerts that follow."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving_state import Event, FailoverPolicy, ServingState, state_from, step
from genre_desktop.core.own_files.damaged_rows import ERRORS
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.serving_history import ServingChange, SwitchLog

_RETIRED = "recoded"
"""Code of the alert that earlier versions raised about compressed music; the Monitor page shows that now."""

log = logging.getLogger(__name__)


class ServingController:
    """Keeps the serving state in the store, so that every process uses the same model.

    Parameters
    ----------
    db:
        The store.
    policy:
        Evidence that a change needs.
    clock:
        Seconds since 1970, for tests.
    """

    KEY = "serving"

    def __init__(
        self, db: Database, policy: FailoverPolicy | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._db = db
        self._policy = policy or FailoverPolicy()
        self._clock = clock
        self._state = KeyValueStore(db)
        self._switches = SwitchLog(db)
        self._alerts = AlertService(db, clock)

    def current(self) -> ServingState:
        """Return the current state; one small read."""
        document = self._state.get(self.KEY)
        if document is None:
            return ServingState()
        try:
            return state_from(document)
        except ERRORS:
            log.warning("the serving state is damaged; the champion answers", exc_info=True)
            return ServingState()

    def report(self, event: Event) -> ServingChange | None:
        """Apply one event; state, switch and alerts change in one transaction."""
        now = self._clock()
        with self._db.transaction():
            before = self.current()
            after, switch = step(before, event, self._policy, now)
            if after != before:
                self._state.set(self.KEY, after.to_dict())
                self._update_alerts(before, after)
            if switch is not None:
                self._switches.add(switch)
        return switch

    def _update_alerts(self, before: ServingState, after: ServingState) -> None:
        """Raise alerts for new conditions, and resolve those that ended."""
        old, new = _conditions(before), _conditions(after)
        for code in (old.keys() - new.keys()) | {_RETIRED}:
            self._alerts.resolve(code)
        for code, notice in new.items():
            if code not in old or (old[code].level, old[code].did) != (notice.level, notice.did):
                self._alerts.raise_(notice)


def _conditions(state: ServingState) -> dict[str, AlertMessage]:
    found = []
    if (fault := state.champion_fault) is not None:
        found.append(alert_messages.champion_fault(fault.code, fault.reason, state.active))
    if (fault := state.fallback_fault) is not None:
        found.append(alert_messages.fallback_fault(fault.code, fault.reason))
    if state.drifted:
        found.append(alert_messages.drift(state.drifted, state.active))
    if state.active == "none":
        found.append(alert_messages.no_model(state.reason))
    return {notice.code: notice for notice in found}
