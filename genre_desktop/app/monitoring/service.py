"""The app's care for its own models, as the window's parts share it."""

from __future__ import annotations

import threading

from genre_desktop.app.jobs.manager import JobDesk
from genre_desktop.app.jobs.model_actions import Care
from genre_desktop.app.jobs.scheduler_thread import Clock
from genre_desktop.app.monitoring.alerts import AlertDesk
from genre_desktop.app.monitoring.metrics_endpoint import Metrics
from genre_desktop.app.monitoring.statistics import FiguresDesk
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database


class Watch:
    """Alerts, figures, what can be done, the Prometheus endpoint, and the schedule's clock once it runs.

    Parameters
    ----------
    home:
        The user's data.
    jobs:
        Starts jobs.
    """

    def __init__(self, home: Home, jobs: JobDesk) -> None:
        self._home = home
        self._db: Database | None = None
        self._opening = threading.Lock()
        self.alerts = AlertDesk(self._database)
        self.figures = FiguresDesk(home, self._database)
        self.care = Care(jobs, self._database)
        self.metrics = Metrics(home, self._database)
        self.clock: Clock | None = None

    def settings_changed(self) -> None:
        """Let the schedule and the Prometheus endpoint follow the settings."""
        if self.clock is not None:
            self.clock.refresh()
        self.metrics.refresh()

    def close(self) -> None:
        """Stop the clock and all looking."""
        if self.clock is not None:
            self.clock.close()
        self.metrics.close()
        self.alerts.close()
        self.figures.close()
        if self._db is not None:
            self._db.close()

    def _database(self) -> Database:
        with self._opening:  # two threads may be the first
            if self._db is None:
                self._db = Database(self._home.store)
            return self._db
