"""Starts and stops the Prometheus endpoint according to the settings."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError, Problem, concerns_home, problem_of
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database

if TYPE_CHECKING:
    from genre_desktop.jobs.prometheus import MetricsServer

log = logging.getLogger(__name__)


class Metrics:
    """The endpoint, opened and closed in its own thread; an alert reports that it cannot be opened."""

    def __init__(self, home: Home, database: Callable[[], Database]) -> None:
        self._home, self._database = home, database
        self._executor = ThreadPoolExecutor(1, "metrics")
        self._endpoint: MetricsServer | None = None
        self._port = 0
        self._closed = False

    def refresh(self) -> None:
        """Apply the settings soon."""
        if not self._closed:
            self._executor.submit(self._apply)

    def close(self) -> None:
        """Stop serving and wait for the thread. Safe to repeat."""
        if not self._closed:
            self._closed = True
            self._executor.submit(self._stop)
            self._executor.shutdown(wait=True)

    def _apply(self) -> None:
        problem = self._serve(self._configured_port())
        try:
            alerts = AlertService(self._database())
            if problem is not None:
                alerts.raise_(alert_messages.metrics_failed(problem))
            elif alerts.standing(alert_messages.METRICS_FAILED):
                alerts.resolve(alert_messages.METRICS_FAILED)
        except (AppError, OSError, sqlite3.Error) as error:
            level = (
                logging.INFO if concerns_home(error) else logging.WARNING
            )  # of which the window has an alert
            log.log(level, "the alert about the Prometheus endpoint could not be stored: %s", error)

    def _configured_port(self) -> int:
        """Return the port of the settings, or 0 if the endpoint is off."""
        try:
            settings = Settings.load(self._home.settings)
        except AppError:  # the window reports it
            return 0
        return int(settings["metrics.port"]) if settings["metrics.prometheus"] else 0

    def _serve(self, port: int) -> Problem | None:
        if self._endpoint is not None and port == self._port:
            return None
        self._stop()
        if not port:
            return None
        try:
            from genre_desktop.jobs.prometheus import MetricsServer

            self._endpoint = MetricsServer(self._home, port)
        except AppError as error:
            log.warning("%s", error)
            return error.problem
        except Exception as error:
            log.exception("the Prometheus endpoint could not be started")
            return problem_of(error)
        self._port = port
        log.info("metrics are served at %s", self._endpoint.url)
        return None

    def _stop(self) -> None:
        endpoint, self._endpoint = self._endpoint, None
        if endpoint is not None:
            endpoint.close()
