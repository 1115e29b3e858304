"""The serving state of a home, whose store may not be there yet: on a full disk none can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import Event, FailoverPolicy, ServingState
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings

if TYPE_CHECKING:
    from genre_desktop.core.store.serving_history import ServingChange


class HomeMonitor:
    """Opens the store of ``home`` when it is first needed, and again at each use while that fails."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._opened: ServingController | None = None

    def current(self) -> ServingState:
        """Return which model serves, and why; ``AppError`` if the store cannot be opened."""
        return self._controller().current()

    def report(self, event: Event) -> ServingChange | None:
        """Process one event; return the switch it caused, if any. ``AppError`` if the store cannot be opened."""
        return self._controller().report(event)

    def _controller(self) -> ServingController:
        if self._opened is None:
            from genre_desktop.core.store.database import Database

            policy = FailoverPolicy(confirmations=self._confirmations())
            self._opened = ServingController(Database(self._home.store), policy)
        return self._opened

    def _confirmations(self) -> int:
        try:
            return int(Settings.load(self._home.settings)["drift.confirmations"])
        except AppError:
            return FailoverPolicy().confirmations
