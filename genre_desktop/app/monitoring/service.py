"""The monitoring services that the parts of the window share."""

from __future__ import annotations

import threading

from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.jobs.model_actions import ModelActions
from genre_desktop.app.jobs.scheduler_thread import SchedulerThread
from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.app.monitoring.champion_watch import ChampionWatch
from genre_desktop.app.monitoring.home_watch import HomeWatch
from genre_desktop.app.monitoring.metrics_endpoint import Metrics
from genre_desktop.app.monitoring.statistics import StatisticsLoader
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database


class Monitoring:
    """Alerts, statistics, model actions, the Prometheus endpoint, and the scheduler once it is started."""

    def __init__(self, home: Home, jobs: JobManager) -> None:
        self._home = home
        self._db: Database | None = None
        self._opening = threading.Lock()
        self.alerts = AlertFeed(self._database, HomeWatch(home))
        self.statistics = StatisticsLoader(home, self._database)
        self.champion = ChampionWatch(home, self.alerts, jobs)
        self.model_actions = ModelActions(jobs, self._database)
        self.metrics = Metrics(home, self._database)
        self.scheduler: SchedulerThread | None = None

    def settings_changed(self) -> None:
        """Apply changed settings to the scheduler and the Prometheus endpoint."""
        if self.scheduler is not None:
            self.scheduler.refresh()
        self.metrics.refresh()

    def close(self) -> None:
        """Stop all services."""
        if self.scheduler is not None:
            self.scheduler.close()
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
