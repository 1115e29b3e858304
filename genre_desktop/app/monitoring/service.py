"""The app's care for its own models, as the window's parts share it."""

from __future__ import annotations

import threading

from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.jobs.scheduler_thread import SchedulerThread
from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.app.monitoring.metrics_endpoint import Metrics
from genre_desktop.app.monitoring.statistics import StatisticsLoader
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database


class Monitoring:
    """Alerts, statistics, what can be done, the Prometheus endpoint, and the schedule's clock once it runs.

    Parameters
    ----------
    home:
        The user's data.
    jobs:
        Starts jobs.
    """

    def __init__(self, home: Home, jobs: JobManager) -> None:
        self._home = home
        self._db: Database | None = None
        self._opening = threading.Lock()
        self.alerts = AlertFeed(self._database)
        self.statistics = StatisticsLoader(home, self._database)
        self.care = ModelActions(jobs, self._database)
        self.metrics = Metrics(home, self._database)
        self.clock: SchedulerThread | None = None

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
        self.statistics.close()
        if self._db is not None:
            self._db.close()

    def _database(self) -> Database:
        with self._opening:  # two threads may be the first
            if self._db is None:
                self._db = Database(self._home.store)
            return self._db
