"""The window, started with a store from elsewhere: its list, every page, and a message on its socket."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import traceback
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from fuzz.mutation.documents import sqlite_pages
from fuzz.outcome import Broken
from fuzz.seeds import homes
from fuzz.target import Target
from genre_desktop.core.paths import Home

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from genre_desktop.ui.context import AppContext

_PAGES = ("analyse", "library", "monitor")
"""Those that show the store; the others start processes for sound and models."""

_SHOWN_S = 0.15
"""Seconds that each page is shown."""


def window(path: Path) -> str:
    """Open the window with this store, show every page, close it."""
    app = _application()
    raised: list[str] = []
    sys.excepthook = lambda kind, error, trace: raised.append(_described(kind, error, trace))
    with tempfile.TemporaryDirectory(prefix="genre-fuzz-") as folder:
        home = Home(Path(folder)).create()
        shutil.copyfile(path, home.store)
        rows = _shown(app, home)
    if raised:
        raise Broken(f"the window raised {raised[0]}")
    return f"{min(rows, 5)} rows"


def _shown(app: QApplication, home: Home) -> int:
    import shiboken6

    from genre_desktop.ui.window.main_window import MainWindow

    context = _context(app, home)
    try:
        opened = MainWindow(context)
        opened.show()
        context.session.restore()
        for page in _PAGES:
            opened.show_page(page)
            _process_events(app, _SHOWN_S)
        rows = len(opened.analyse.model.rows)
        shiboken6.delete(opened)
        return rows
    finally:
        context.jobs.close()
        context.close()
        context.session.close()
        context.client.close()
        context.plots.close()
        shiboken6.delete(context.theme)


def _context(app: QApplication, home: Home) -> AppContext:
    from PySide6.QtCore import QSettings

    from genre_desktop.app.analysis.session import AnalysisSession
    from genre_desktop.app.background.worker_client import WorkerClient
    from genre_desktop.app.jobs.manager import JobManager
    from genre_desktop.core.settings import Settings
    from genre_desktop.ui.context import AppContext
    from genre_desktop.ui.plotting.loader import PlotLoader
    from genre_desktop.ui.theme.theme import Theme

    settings, client = Settings.load(home.settings), WorkerClient()
    session = AnalysisSession(client, home=home, remembers=lambda: True)
    memory = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)
    theme = Theme(app, settings, home.root / "cache" / "theme")
    return AppContext(home, settings, theme, client, JobManager(home), session, PlotLoader(), memory)


@cache
def _application() -> QApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    return QApplication(["fuzz"])


def _process_events(app: QApplication, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)


def _described(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    traceback.print_exception(kind, error, trace)
    place = next(
        (f for f in reversed(frames) if "genre_desktop" in f.filename), frames[-1] if frames else None
    )
    return f"{kind.__name__} in {Path(place.filename).name}:{place.name}" if place else kind.__name__


TARGETS = (
    Target(
        "window", "the window with a store from elsewhere", homes.stores, window, (sqlite_pages, sqlite_pages)
    ),
)
