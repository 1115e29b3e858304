"""What every page is given: settings, looks, workers, the session and the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction, QUndoStack

from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.monitoring.service import Monitoring
from genre_desktop.app.sound.playback import Playback
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.ports import Notifier, Opener
from genre_desktop.ui.theme.theme import Theme


class SettingsNotifier(QObject):
    """Tells who wants to know that the person changed a setting."""

    changed = Signal(str)
    """The key of the setting."""


@dataclass
class AppContext:
    """The parts pages share.

    Attributes
    ----------
    memory:
        Where windows and columns were; unlike ``settings`` nothing a person would look up.
    actions:
        By id; filled before the first page is made.
    notifier, opener:
        What the window does for its parts; the window sets them before it makes any.
    """

    home: Home
    settings: Settings
    theme: Theme
    client: WorkerClient
    jobs: JobManager
    session: AnalysisSession
    plots: PlotLoader
    memory: QSettings
    actions: Mapping[str, QAction] = field(default_factory=dict)
    notifier: Notifier = field(init=False)
    opener: Opener = field(init=False)

    @cached_property
    def database(self) -> Database:
        """The store, opened at first use. ``AppError`` when it cannot be."""
        return Database(self.home.store)

    @cached_property
    def changes(self) -> SettingsNotifier:
        """Settings that are changed in the preferences."""
        return SettingsNotifier()

    @cached_property
    def playback(self) -> Playback:
        """What plays songs; one for the whole window."""
        return Playback(int(self.settings["play.volume"]))

    @cached_property
    def undo(self) -> QUndoStack:
        """What was done to labels and clips and can be taken back, on every page."""
        return QUndoStack()

    @cached_property
    def watch(self) -> Monitoring:
        """Alerts, figures, and care for the models."""
        return Monitoring(self.home, self.jobs)

    def close(self) -> None:
        """Close what was opened here."""
        if "watch" in self.__dict__:
            self.watch.close()
        if "playback" in self.__dict__:
            self.playback.close()
        if "undo" in self.__dict__:
            self.undo.blockSignals(True)  # it would tell a window that is gone
            self.undo.clear()
        if "database" in self.__dict__:
            self.__dict__.pop("database").close()

    @property
    def restores(self) -> bool:
        """Whether to open things where they were closed."""
        return bool(self.settings["window.restore"])
