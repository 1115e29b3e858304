"""Keep in the store which model answers, and raise the alerts that follow."""

from __future__ import annotations

import time
from collections.abc import Callable

from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving_state import Event, FailoverPolicy, ServingState, state_from, step
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.serving_history import ServingChange, SwitchLog


class ServingController:
    """Keeps the state in the store, so that every process agrees on who serves.

    Parameters
    ----------
    db:
        The store.
    policy:
        How much evidence a change needs.
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
        """Who serves now, and why; one small read."""
        document = self._state.get(self.KEY)
        return ServingState() if document is None else state_from(document)

    def report(self, event: Event) -> ServingChange | None:
        """Take in one event: state, switch and alerts change together or not at all."""
        now = self._clock()
        with self._db.transaction():
            before = self.current()
            after, switch = step(before, event, self._policy, now)
            if after != before:
                self._state.set(self.KEY, after.to_dict())
                self._tell(before, after)
            if switch is not None:
                self._switches.add(switch)
        return switch

    def switches(self, n: int = 100) -> list[ServingChange]:
        """The last switches, newest first."""
        return self._switches.recent(n)

    def _tell(self, before: ServingState, after: ServingState) -> None:
        """Raise what became true, resolve what is no longer true."""
        old, new = _conditions(before), _conditions(after)
        for code in old.keys() - new.keys():
            self._alerts.resolve(code)
        for code, notice in new.items():
            if code not in old or (old[code].level, old[code].did) != (notice.level, notice.did):
                self._alerts.raise_(notice)


def _conditions(state: ServingState) -> dict[str, AlertMessage]:
    found = []
    if state.champion_fault is not None:
        found.append(
            alert_messages.champion_fault(
                state.champion_fault.code, state.champion_fault.reason, state.active
            )
        )
    if state.fallback_fault is not None:
        found.append(alert_messages.fallback_fault(state.fallback_fault.code, state.fallback_fault.reason))
    if state.drifted:
        found.append(alert_messages.drift(state.drifted, state.active))
    if state.recoded:
        found.append(alert_messages.codec_changed(state.recoded))
    if state.active == "none":
        found.append(alert_messages.no_model(state.reason))
    return {notice.code: notice for notice in found}
