"""The objects shared by all pages: settings, theme, workers, session and actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction, QUndoStack

from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.i18n import tag_names
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.monitoring.service import Monitoring
from genre_desktop.app.sound.playback import Playback
from genre_desktop.audio.sandbox import pool
from genre_desktop.core.music_tags import TagVocabulary
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.ports import Notifier, Opener
from genre_desktop.ui.theme.theme import Theme

TAG_WORDS = "tags.words"
"""The setting with the user's words for tags."""

UNDO_STEPS = 200
"""Changes that can be undone; each keeps its rows, which may be a long list, in memory."""


class SettingsNotifier(QObject):
    """Emits ``changed`` when the user changed a setting."""

    changed = Signal(str)
    """The key of the setting."""


@dataclass
class AppContext:
    """The objects that pages share.

    Attributes
    ----------
    memory:
        Geometry of windows and columns, which the user does not edit as ``settings``.
    actions:
        By id; set before the first page is built.
    notifier, opener:
        The window, set before it builds its parts.
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

    def __post_init__(self) -> None:
        self.apply_tag_words()

    def apply_tag_words(self) -> None:
        """Use the user's words for tags in everything that is shown from now on."""
        tag_names.set_vocabulary(TagVocabulary.parse(self.settings[TAG_WORDS]))

    @cached_property
    def database(self) -> Database:
        """The store, opened on first use. Raises ``AppError`` if it cannot be opened."""
        return Database(self.home.store)

    @cached_property
    def changes(self) -> SettingsNotifier:
        """The notifier of changed settings."""
        return SettingsNotifier()

    @cached_property
    def playback(self) -> Playback:
        """The player of the window."""
        pool.use(str(self.settings["decoder.sandbox"]))
        return Playback(int(self.settings["play.volume"]))

    @cached_property
    def undo(self) -> QUndoStack:
        """The undo stack of all pages, with the last :data:`UNDO_STEPS` changes."""
        stack = QUndoStack()
        stack.setUndoLimit(UNDO_STEPS)
        return stack

    @cached_property
    def monitoring(self) -> Monitoring:
        """Alerts, statistics and model maintenance."""
        return Monitoring(self.home, self.jobs)

    def close(self) -> None:
        """Close the objects that were opened on first use."""
        if "monitoring" in self.__dict__:
            self.monitoring.close()
        if "playback" in self.__dict__:
            self.playback.close()
        if "undo" in self.__dict__:
            self.undo.blockSignals(True)  # its window is deleted already
            self.undo.clear()
        if "database" in self.__dict__:
            self.__dict__.pop("database").close()

    @property
    def restores(self) -> bool:
        """Whether to restore the geometry and state of the last time."""
        return bool(self.settings["window.restore"])
