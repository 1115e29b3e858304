"""Notices when another champion begins to answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.monitoring.alerts import AlertFeed
from genre_desktop.core.monitoring.champion import champion_version
from genre_desktop.core.paths import Home


class ChampionWatch(QObject):
    """Compares the model in use after each job and each change between champion and fallback."""

    took_over = Signal(str)  # version of a champion that was promoted, or answers again after the fallback

    def __init__(
        self, home: Home, alerts: AlertFeed, jobs: JobManager, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._home, self._alerts = home, alerts
        self._last = self.answering
        alerts.serving_changed.connect(lambda _state: self._compare())
        jobs.ended.connect(lambda _job: self._compare())

    @property
    def answering(self) -> str:
        """The champion's version while it answers; empty while the fallback does, and without a registry."""
        return champion_version(self._home) if self._alerts.serving.active == "champion" else ""

    def _compare(self) -> None:
        before, self._last = self._last, self.answering
        if self._last and self._last != before:
            self.took_over.emit(self._last)
