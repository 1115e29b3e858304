"""Starts the window, then the workers, then the plotting library."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QStyleFactory

from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.garbage_collector import GarbageCollector
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.i18n import catalogue as catalogue_module
from genre_desktop.app.i18n import translate
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.jobs.scheduler_thread import SchedulerThread
from genre_desktop.app.jobs.startup_cleanup import StartupCleanup
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.own_files.reader import UnreadableFile, read_bytes
from genre_desktop.core.own_files.set_aside import set_aside
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.exception_hook import ExceptionHook
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.window.file_actions import REMEMBERED
from genre_desktop.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from genre_desktop.app.instance.server import InstanceServer


class Application:
    """The window, its workers and its services, from start to quit.

    Parameters
    ----------
    app:
        The Qt application.
    home:
        The user's data.
    files:
        Opened after the start.
    first:
        Whether this is the first window of the home, which opens the files of later starts.
    """

    def __init__(
        self, app: QApplication, home: Home, files: Sequence[Path] = (), *, first: bool = False
    ) -> None:
        self.home, self._files, self._first = home.create().use(), list(files), first
        self._server: InstanceServer | None = None
        self.host: WorkerPool | None = None
        settings, problem = load_settings(home)
        install_translations(app, settings)
        self._workers = worker_count(settings)
        theme = Theme(app, settings, home.root / "cache" / "theme")
        client = WorkerClient()
        session = AnalysisSession(
            client,
            lambda: settings["analyse.mode"],
            self._workers,
            home,
            remembers=(lambda: all(settings[key] for key in REMEMBERED)) if first else None,
        )
        memory = WindowMemory(window_memory(home))
        jobs = JobManager(home)
        self.context = AppContext(home, settings, theme, client, jobs, session, PlotLoader(), memory)
        self.window = MainWindow(self.context)
        self.window.painted.connect(self._after_first_paint)
        self._garbage = GarbageCollector()
        self._exception_hook = ExceptionHook(self.window.show_problem)
        settings.on_unsaved = self.window.show_problem
        for each in (problem, ignored_settings_problem(settings)):
            if each is not None:
                self.window.show_problem(each)

    def show(self) -> None:
        """Show the window; everything slow starts after the first paint."""
        self.window.show()

    def close(self) -> None:
        """Stop all threads and processes."""
        if self._server is not None:
            self._server.close()
        self.window.close_pages()
        self.window.notifications.close()
        self.context.monitoring.close()
        self.context.session.close()
        self.context.jobs.close()
        self.context.client.close()
        if self.host is not None:
            self.host.stop()
        self.context.plots.close()
        self.context.close()
        self._exception_hook.stop()
        self._garbage.stop()

    def _after_first_paint(self) -> None:
        self.host = WorkerPool(self.home, self.context.client.bridge, self._workers)
        self.context.client.attach(self.host)
        self.context.plots.start()
        self.context.plots.when_loaded(self._garbage.freeze)
        self.context.session.restored.connect(self._garbage.freeze)
        self.context.session.restored.connect(self.window.file_actions.start_watching)
        self.context.session.restore()
        self._start_monitoring()
        if self._files:
            self.window.open_paths(self._files)
        if self._first:
            self._start_server()

    def _start_server(self) -> None:
        from genre_desktop.app.instance.server import InstanceServer

        self._server = InstanceServer(self.home, self.window)
        self._server.files_received.connect(self._open_from_second_start)

    def _open_from_second_start(self, files: list[Path]) -> None:
        self.window.request_attention()
        if files:
            self.window.open_paths(files)

    def _start_monitoring(self) -> None:
        context = self.context
        self._cleanup = StartupCleanup(context.session, context.client, context.jobs)
        context.monitoring.scheduler = SchedulerThread(
            self.home, context.jobs.start, lambda: context.client.live
        )
        context.monitoring.scheduler.start()
        context.monitoring.metrics.refresh()
        context.monitoring.alerts.start()


class WindowMemory(QSettings):
    """What the window remembers; nothing any more once its folder was deleted, which Qt would create again."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), QSettings.Format.IniFormat)
        self._folder = path.parent

    def setValue(self, key: str, value: object) -> None:
        """Remember a value."""
        if self._folder.is_dir():
            super().setValue(key, value)


def run(home: Home, files: Sequence[Path] = (), *, first: bool = True) -> int:
    """Run the application until its window is closed; return the exit code."""
    app = make_application()
    application = Application(app, home, files, first=first)
    application.show()
    ticker = install_signal_handlers(app)
    try:
        return app.exec()
    finally:
        ticker.stop()
        application.close()


def make_application() -> QApplication:
    """Return the Qt application with name, icon and base style; an existing one is reused."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("genre-desktop")
    app.setApplicationDisplayName("Genre Desktop")
    app.setDesktopFileName("genre-desktop")
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setWindowIcon(QIcon(str(shipped("resources", "icons", "genre-desktop.svg"))))
    return app


def window_memory(home: Home) -> Path:
    """Return the file of the window's size and position, after setting aside what Qt could not read, or not end reading."""
    path = home.root / "window.ini"
    with contextlib.suppress(OSError):
        try:
            read_bytes(path)
        except UnreadableFile:
            set_aside(path)
    return path


def load_settings(home: Home) -> tuple[Settings, Problem | None]:
    """Return the user's settings; if unreadable, defaults that are saved elsewhere, and the problem."""
    try:
        return Settings.load(home.settings), None
    except AppError as error:
        return Settings(home.settings.with_name("settings-not-saved.json")), error.problem


def ignored_settings_problem(settings: Settings) -> Problem | None:
    """Return the problem that names values in the file that this version does not support."""
    if not settings.ignored:
        return None
    return Problem("settings-ignored", names=", ".join(settings.ignored))


def install_translations(app: QApplication, settings: Settings) -> None:
    """Set the user's language; must be called before the window is created."""
    catalogue = catalogue_module.load(catalogue_module.choose(str(settings["ui.language"])))
    catalogue_module.translate_qt(app, catalogue)
    translate.set_catalogue(catalogue)


def worker_count(settings: Settings) -> int:
    """Return the number of worker processes for folders: as set, else one per core."""
    return int(settings["analyse.workers"]) or os.cpu_count() or 1


def install_signal_handlers(app: QApplication) -> QTimer:
    """Let Ctrl+C and SIGTERM end the event loop with 128 plus their number while the returned timer exists."""
    # Python runs signal handlers between bytecodes only, of which an idle Qt loop executes none.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: app.exit(128 + number))
    ticker = QTimer(interval=250)
    ticker.timeout.connect(lambda: None)
    ticker.start()
    return ticker
