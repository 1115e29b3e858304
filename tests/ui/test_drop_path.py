"""The modules that handle a dropped folder, traced from the real window to the worker pool."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis import session as session_module
from genre_desktop.app.analysis.session import AnalysisSession
from genre_desktop.app.background.worker_client import WorkerClient
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.sound.playback import Playback
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.workers import pool
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.dialogs import quit as quit_module
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.window import main_window
from genre_desktop.ui.window.main_window import MainWindow
from tests.fixtures.qt import PATIENCE_MS
from tests.fixtures.shared_data import REPOSITORY
from tests.ui.conftest import drop, mime

MOST_MODULES = 25
MOST_ENTRIES = 2
QUIET_MS = 500
DRAWING = frozenset(
    {"paintEvent", "eventFilter", "event", "resizeEvent", "sizeHint", "minimumSizeHint", "heightForWidth"}
)
"""Qt calls these while it arranges and draws widgets, which happens at any time and is no step of the path."""


class CallTrace:
    """Records calls of the package's functions in all threads started after it."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.entries: list[str] = []
        self._recording = False
        sys.setprofile(self._note)
        threading.setprofile(self._note)

    def start(self) -> None:
        self._recording = True

    def stop(self) -> None:
        self._recording = False

    def is_quiet(self, qtbot: QtBot) -> bool:
        """Whether nothing is called for a while: what the window starts in the background is done."""
        self.modules.clear()
        self.start()
        qtbot.wait(QUIET_MS)
        self.stop()
        return not self.modules

    def close(self) -> None:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]  # None removes it

    def _note(self, frame: FrameType, event: str, _argument: object) -> None:
        if not self._recording or event != "call" or _is_drawing(frame):
            return
        name = str(frame.f_globals.get("__name__", ""))
        if not name.startswith("genre_desktop."):
            return
        self.modules.add(name)
        if name == session_module.__name__ and isinstance(frame.f_locals.get("self"), AnalysisSession):
            caller = frame.f_back
            if caller is None or caller.f_globals.get("__name__") != name:
                self.entries.append(frame.f_code.co_name)


def _is_drawing(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code.co_name not in DRAWING:
        frame = frame.f_back
    return frame is not None


@pytest.fixture
def trace() -> Iterator[CallTrace]:
    trace = CallTrace()
    yield trace
    trace.close()


@pytest.fixture
def window(
    trace: CallTrace,
    home: Home,
    theme: Theme,
    plots: PlotLoader,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """A window with a stored list and real workers without warm-up."""
    monkeypatch.setattr(quit_module, "ask_to_quit", lambda *_: QMessageBox.StandardButton.Yes)
    client = WorkerClient()
    session = AnalysisSession(client, home=home, remembers=lambda: True)
    memory = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat)
    context = AppContext(
        home, Settings(home.settings), theme, client, JobManager(home), session, plots, memory
    )
    context.__dict__["playback"] = Playback(
        50, look=lambda: None
    )  # or its search for devices ends at any time
    window = MainWindow(context)
    with WorkerPool(home, client.bridge, warm=None) as workers:
        client.attach(workers)
        with qtbot.waitSignals([window.painted, session.restored, client.ready], timeout=PATIENCE_MS):
            window.show()
            session.restore()
        qtbot.waitUntil(lambda: trace.is_quiet(qtbot), timeout=PATIENCE_MS)
        yield window
        window.close()
        window.close_pages()
        window.notifications.close()
        for part in (session, context.jobs, client, context):
            part.close()
    window.analyse.model.settle()
    shiboken6.delete(window)


def test_a_dropped_folder_passes_few_modules_and_enters_the_session_twice(
    window: MainWindow, trace: CallTrace, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.mp3").write_bytes(b"no sound")
    submit: Callable[..., int] = WorkerPool.submit
    asked: list[str] = []
    take_drop = MainWindow.dropEvent

    def noted_drop(window: MainWindow, event: QDropEvent) -> None:
        trace.start()
        take_drop(window, event)

    def noted(workers: WorkerPool, op: str, *arguments: object) -> int:
        trace.stop()
        trace.modules.add(pool.__name__)
        asked.append(op)
        return submit(workers, op, *arguments)

    monkeypatch.setattr(MainWindow, "dropEvent", noted_drop)
    monkeypatch.setattr(WorkerPool, "submit", noted)
    assert drop(window, mime(folder))
    qtbot.waitUntil(lambda: bool(asked), timeout=PATIENCE_MS)
    assert asked[0] == "analyse"
    assert {main_window.__name__, session_module.__name__} <= trace.modules
    assert len(trace.modules) <= MOST_MODULES, "\n".join(sorted(trace.modules))
    assert len(trace.entries) <= MOST_ENTRIES, trace.entries
    page = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    files = {name.removeprefix("genre_desktop.").replace(".", "/") + ".py" for name in trace.modules}
    below = {file for file in files if file.startswith(("app/", "jobs/", "audio/"))}
    assert {file for file in below if f"`{file}`" not in page} == set()
