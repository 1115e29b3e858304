from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.dialogs import quit as quit_dialog
from genre_desktop.ui.pages.analyse.page import AnalysePage
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.window.main_window import MainWindow
from tests.fixtures import qt
from tests.fixtures.qt import PATIENCE_MS, Workers

qt.quiet_platform()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def settings(home: Home) -> Settings:
    return Settings.load(home.settings)


@pytest.fixture
def theme(qapp: QApplication, settings: Settings, tmp_path: Path) -> Iterator[Theme]:
    qapp.setStyle("Fusion")
    font, palette = qapp.font(), qapp.palette()
    theme = Theme(qapp, settings, tmp_path / "theme")
    yield theme
    shiboken6.delete(theme)
    qapp.setFont(font)
    qapp.setPalette(palette)  # by which the next theme knows whether the desktop is dark


@pytest.fixture
def plots() -> Iterator[PlotLoader]:
    plots = PlotLoader()
    yield plots
    plots.close()


@pytest.fixture
def client(qtbot: QtBot) -> WorkerClient:
    return WorkerClient()


@pytest.fixture
def workers(client: WorkerClient) -> Workers:
    return Workers(client)


@pytest.fixture
def context(
    home: Home, settings: Settings, theme: Theme, client: WorkerClient, workers: Workers, plots: PlotLoader
) -> Iterator[AppContext]:
    session = AnalysisSession(client, home=home)
    memory = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)
    jobs = JobManager(home)
    shared = AppContext(home, settings, theme, client, jobs, session, plots, memory)
    yield shared
    jobs.close()
    shared.close()
    session.close()
    client.close()


@dataclass
class Desk:
    """A window with fake workers, and helpers to operate it."""

    window: MainWindow
    workers: Workers
    bot: QtBot

    @property
    def page(self) -> AnalysePage:
        return self.window.analyse

    @property
    def rows(self) -> list[ResultRow]:
        return self.page.model.rows

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=PATIENCE_MS)

    def load_plots(self) -> None:
        """Load the plotting library, as after the first paint."""
        self.window.context.plots.start()
        self.until(lambda: self.page.panel.view is not None)

    def open(
        self, *names: str, genre: str = "rock", folder: Path = Path("/music"), **changes: Any
    ) -> list[ResultRow]:
        """Open files and complete their analysis; ``changes`` are fields of their answers."""
        before = len(self.rows)
        self.window.open_paths([folder / name for name in names])
        self.until(lambda: len(self.rows) == before + len(names))
        self.workers.answer_all(genre, **changes)
        self.until(lambda: all(row.state is State.DONE for row in self.rows[before:]))
        self.until(lambda: not self.window.context.session.busy)
        self.page.model.settle()
        return self.rows[before:]


@pytest.fixture
def desk(
    context: AppContext, workers: Workers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    # Closing the window at the end of a test must not wait for a click on Yes.
    monkeypatch.setattr(quit_dialog, "ask_to_quit", lambda *_: QMessageBox.StandardButton.Yes)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield Desk(window, workers, qtbot)
    shiboken6.delete(
        window
    )  # now, not when the garbage is collected: hidden windows would be painted in later tests


def mime(*paths: Path | str) -> QMimeData:
    """Return the drag data of a file manager."""
    data = QMimeData()
    data.setUrls([QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(widget: QWidget, data: QMimeData) -> bool:
    """Drag over a widget; return whether it would accept the drop."""
    event = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, *_INPUT)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drag_away(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Drag and drop on a widget; return whether it or a parent accepted the drop."""
    drag(widget, data)
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, *_INPUT)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


_INPUT = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
