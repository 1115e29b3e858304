"""Keeps the Prometheus endpoint as the settings want it: on or off, at one port or another."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from genre_desktop.core.errors import AppError, Problem, problem_of
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database

if TYPE_CHECKING:
    from genre_desktop.jobs.prometheus import MetricsServer

log = logging.getLogger(__name__)


class Metrics:
    """The endpoint of one program. It is opened and closed in a thread of its own, off the window's.

    Parameters
    ----------
    home:
        The user's data; its settings say what is wanted.
    database:
        The store, for the alert when the endpoint cannot be had.
    """

    def __init__(self, home: Home, database: Callable[[], Database]) -> None:
        self._home, self._database = home, database
        self._hands = ThreadPoolExecutor(1, "metrics")
        self._endpoint: MetricsServer | None = None
        self._port = 0
        self._closed = False

    def refresh(self) -> None:
        """Follow the settings soon; an alert tells when that cannot be done."""
        if not self._closed:
            self._hands.submit(self._follow)

    def close(self) -> None:
        """Stop serving, and wait until nobody is served any more. Safe to call twice."""
        if not self._closed:
            self._closed = True
            self._hands.submit(self._stop)
            self._hands.shutdown(wait=True)

    def _follow(self) -> None:
        problem = self._serve(self._wanted())
        try:
            centre = AlertService(self._database())
            if problem is not None:
                centre.raise_(alert_messages.metrics_failed(problem))
            elif centre.standing(alert_messages.METRICS_FAILED):
                centre.resolve(alert_messages.METRICS_FAILED)
        except (AppError, sqlite3.Error):
            log.warning("the alert of the Prometheus endpoint could not be kept", exc_info=True)

    def _wanted(self) -> int:
        """The port to serve at; 0: none."""
        try:
            settings = Settings.load(self._home.settings)
        except AppError:  # somebody else tells the person; unreadable settings switch nothing on
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
        log.info("figures are served at %s", self._endpoint.url)
        return None

    def _stop(self) -> None:
        endpoint, self._endpoint = self._endpoint, None
        if endpoint is not None:
            endpoint.close()
