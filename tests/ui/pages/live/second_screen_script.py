"""Open the Now view of a window on the second of two screens; print the screen and the place of the view.

The screens are those of Qt's offscreen platform, which the caller configures.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.window.main_window import MainWindow


def main(folder: Path) -> None:
    """Run the window without workers."""
    app = QApplication([])
    home = Home(folder / "home").create()
    settings, client = Settings.load(home.settings), WorkerClient()
    theme, session, jobs = Theme(app, settings, folder), AnalysisSession(client, home=home), JobManager(home)
    memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    context = AppContext(home, settings, theme, client, jobs, session, PlotLoader(), memory)
    window = MainWindow(context)
    window.show()
    for screen in app.screens():
        window.move(screen.geometry().topLeft())
        app.processEvents()
        for _ in range(2):  # open, and close
            context.actions["live.now"].trigger()
            app.processEvents()
            view = window.live.now
            if view is not None and view.isVisible():
                print(view.screen().name(), view.isFullScreen(), *view.geometry().getRect(), flush=True)
    window.close_pages()
    window.notifications.close()
    for part in (jobs, session, client, context):
        part.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
