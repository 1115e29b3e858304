"""A second start beside a real first process that is stopped to simulate a hang."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.app.instance import lock
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.process_lock import Lock
from genre_desktop.ui import already_running
from genre_desktop.ui.already_running import AlreadyRunningDialog, ask
from genre_desktop.ui.theme.palette import DARK
from tests.fixtures.qt import PATIENCE_MS, is_linux
from tests.fixtures.shared_data import REPOSITORY

pytestmark = pytest.mark.skipif(not is_linux(), reason="stops a process")

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from genre_desktop.app.instance import lock
from genre_desktop.app.instance.server import InstanceServer
from genre_desktop.core.settings import Settings
from genre_desktop.core.paths import Home

app, home = QCoreApplication([]), Home(Path(sys.argv[1]))
instance, server = lock.acquire_lock(home, []), InstanceServer(home)
server.files_received.connect(lambda files: print(*files, flush=True))
print("ready", flush=True)
app.exec()
"""
SONG = Path("/music/song.mp3")
SILENT = AppError("window-silent/made-up", title="It does not answer", reason="It hangs.")


@pytest.fixture
def first(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock of this home and hangs."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    (tmp_path / "run").mkdir(mode=0o700)
    command = [sys.executable, "-c", FIRST, str(home.root)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        assert read_line(process) == "ready"
        process.send_signal(signal.SIGSTOP)
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.communicate()


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def box(qtbot: QtBot, home: Home, first: subprocess.Popen[str]) -> Iterator[AlreadyRunningDialog]:
    box = AlreadyRunningDialog(home, [SONG])
    qtbot.addWidget(box)
    box.show()
    yield box
    if box.instance is not None:
        box.instance.release()


def test_a_start_beside_a_hanging_window_opens_nothing_by_itself(
    home: Home, first: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "ANSWER_MS", 100)
    with pytest.raises(AppError) as silent:
        lock.acquire_lock(home, [SONG], patience_s=0.0)
    assert silent.value.problem.title == "Genre Desktop is already running but does not respond"
    assert str(home.root) in silent.value.problem.reason


def test_without_a_screen_the_error_is_raised(qtbot: QtBot, home: Home, first: subprocess.Popen[str]) -> None:
    with pytest.raises(AppError) as error:
        ask(home, [], SILENT)
    assert error.value is SILENT


@pytest.fixture
def dialog_shown(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the dialog be shown, and restore the application afterwards."""
    monkeypatch.setattr(already_running, "HEADLESS", ())
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)
    qapp.setApplicationDisplayName("")


def test_the_dialog_uses_the_theme_and_leaves_no_trace_of_it(
    qapp: QApplication, home: Home, first: subprocess.Popen[str], dialog_shown: None
) -> None:
    font, palette, sheets = qapp.font(), qapp.palette(), []
    Settings.load(home.settings)["ui.theme"] = "dark"

    def wake_up() -> None:
        sheets.append(qapp.styleSheet())
        first.send_signal(signal.SIGCONT)

    QTimer.singleShot(0, wake_up)
    assert ask(home, [SONG], SILENT) is None
    assert read_line(first) == str(SONG)
    assert DARK.window in sheets[0]
    assert (qapp.font(), qapp.palette(), qapp.styleSheet()) == (font, palette, "")
    assert qapp.quitOnLastWindowClosed()


def test_not_waiting_raises_the_error(
    qapp: QApplication, home: Home, first: subprocess.Popen[str], dialog_shown: None
) -> None:
    def leave() -> None:
        (box,) = [
            each
            for each in qapp.topLevelWidgets()
            if isinstance(each, AlreadyRunningDialog) and each.isVisible()
        ]
        box.leave.click()

    QTimer.singleShot(0, leave)
    with pytest.raises(AppError) as error:
        ask(home, [SONG], SILENT)
    assert error.value is SILENT


def test_waiting_delivers_the_files_once_the_window_answers(
    qtbot: QtBot, box: AlreadyRunningDialog, first: subprocess.Popen[str]
) -> None:
    assert "does not respond" in box.text()
    first.send_signal(signal.SIGCONT)
    with qtbot.waitSignal(box.finished, timeout=PATIENCE_MS):
        pass
    assert box.delivered
    assert box.instance is None
    assert read_line(first) == str(SONG)


def test_waiting_acquires_the_lock_once_the_window_has_ended(
    qtbot: QtBot, box: AlreadyRunningDialog, first: subprocess.Popen[str]
) -> None:
    first.kill()
    with qtbot.waitSignal(box.finished, timeout=PATIENCE_MS):
        pass
    assert box.instance is not None
    assert box.instance.primary
    assert not box.delivered


def test_another_window_can_be_opened(qtbot: QtBot, box: AlreadyRunningDialog, home: Home) -> None:
    qtbot.mouseClick(box.another, Qt.MouseButton.LeftButton)
    assert box.instance is not None
    assert not box.instance.primary
    assert Lock(home, "window").is_taken()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_return_open_nothing(qtbot: QtBot, box: AlreadyRunningDialog, key: Qt.Key) -> None:
    QTest.keyClick(box, key)
    assert not box.isVisible()
    assert box.instance is None
    assert not box.delivered
