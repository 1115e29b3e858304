"""Opens the window: first itself, then the workers, then the plotting library."""

from __future__ import annotations

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
    """The window and what runs behind it, from start to quit.

    Parameters
    ----------
    app:
        The application, already made.
    home:
        The user's data.
    files:
        Opened at once.
    first:
        This is the window of the home, to which second starts hand their files.
    """

    def __init__(
        self, app: QApplication, home: Home, files: Sequence[Path] = (), *, first: bool = False
    ) -> None:
        self.home, self._files, self._first = home.create(), list(files), first
        self._reception: InstanceServer | None = None
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
        memory = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)
        jobs = JobManager(home)
        self.context = AppContext(home, settings, theme, client, jobs, session, PlotLoader(), memory)
        self.window = MainWindow(self.context)
        self.window.painted.connect(self._after_first_paint)
        self._garbage = GarbageCollector()
        self._complaints = ExceptionHook(self.window.show_problem)
        for each in (problem, ignored_settings_problem(settings)):
            if each is not None:
                self.window.show_problem(each)

    def show(self) -> None:
        """Put the window on screen; everything slow starts after it was painted."""
        self.window.show()

    def close(self) -> None:
        """End all threads and processes."""
        if self._reception is not None:
            self._reception.close()
        self.window.close_pages()
        self.window.lookout.close()
        self.context.watch.close()
        self.context.session.close()
        self.context.jobs.close()
        self.context.client.close()
        if self.host is not None:
            self.host.stop()
        self.context.plots.close()
        self.context.close()
        self._complaints.stop()
        self._garbage.stop()

    def _after_first_paint(self) -> None:
        self.host = WorkerPool(self.home, self.context.client.bridge, self._workers)
        self.context.client.attach(self.host)
        self.context.plots.start()
        self.context.plots.when_loaded(self._garbage.freeze)
        self.context.session.restored.connect(self._garbage.freeze)
        self.context.session.restored.connect(self.window.files.start_watching)
        self.context.session.restore()
        self._begin_the_watch()
        if self._files:
            self.window.open_paths(self._files)
        if self._first:
            self._listen_for_second_starts()

    def _listen_for_second_starts(self) -> None:
        from genre_desktop.app.instance.server import InstanceServer

        self._reception = InstanceServer(self.home, self.window)
        self._reception.files_received.connect(self._called)

    def _called(self, files: list[Path]) -> None:
        self.window.come_forward()
        if files:
            self.window.open_paths(files)

    def _begin_the_watch(self) -> None:
        context = self.context
        self._sweep = StartupCleanup(context.session, context.client, context.jobs)
        context.watch.scheduler = SchedulerThread(self.home, context.jobs.start, lambda: context.client.live)
        context.watch.scheduler.start()
        context.watch.metrics.refresh()
        context.watch.alerts.start()


def run(home: Home, files: Sequence[Path] = (), *, first: bool = True) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    ``first`` as in :class:`Application`.
    """
    app = make_application()
    program = Application(app, home, files, first=first)
    program.show()
    ticker = install_signal_handlers(app)
    try:
        return app.exec()
    finally:
        ticker.stop()
        program.close()


def make_application() -> QApplication:
    """The application with its name, icon and base style; the one there is, after a question before the window."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("genre-desktop")
    app.setApplicationDisplayName("Genre Desktop")
    app.setDesktopFileName("genre-desktop")
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setWindowIcon(QIcon(str(shipped("resources", "icons", "genre-desktop.svg"))))
    return app


def load_settings(home: Home) -> tuple[Settings, Problem | None]:
    """The person's settings; unreadable ones are left alone, told of, and replaced by the defaults."""
    try:
        return Settings.load(home.settings), None
    except AppError as error:
        aside = home.settings.with_name("settings-not-saved.json")
        return Settings(aside), error.problem


def ignored_settings_problem(settings: Settings) -> Problem | None:
    """What is to be said about values in the file that this version does not take."""
    if not settings.ignored:
        return None
    return Problem("settings-ignored", names=", ".join(settings.ignored))


def install_translations(app: QApplication, settings: Settings) -> None:
    """Use the person's language from here on; must come before the window."""
    catalogue = catalogue_module.load(catalogue_module.choose(str(settings["ui.language"])))
    catalogue_module.translate_qt(app, catalogue)
    translate.set_catalogue(catalogue)


def worker_count(settings: Settings) -> int:
    """Return the number of worker processes for folders: as set, else one per core."""
    return int(settings["analyse.workers"]) or os.cpu_count() or 1


def install_signal_handlers(app: QApplication) -> QTimer:
    """While the result lives, Ctrl+C and SIGTERM end the event loop with 128 plus their number."""
    # Python handles signals between bytecodes only; an idle Qt loop runs none, so it is woken.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: app.exit(128 + number))
    ticker = QTimer(interval=250)
    ticker.timeout.connect(lambda: None)
    ticker.start()
    return ticker
