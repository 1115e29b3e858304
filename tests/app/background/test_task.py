from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.core.errors import AppError
from tests.fixtures.qt import GONE, PATIENCE_MS


def test_the_answer_comes_in_the_windows_thread(qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    task = BackgroundTask(lambda: threading.current_thread().name, "background")
    task.done.connect(lambda _answer: where.append(threading.current_thread()))
    with qtbot.waitSignal(task.done, timeout=PATIENCE_MS) as blocker:
        task.start()
        task.start()  # once at a time
    assert blocker.args == ["background"]
    assert where == [threading.main_thread()]
    assert not task.running


def test_what_goes_wrong_is_a_problem(qtbot: QtBot) -> None:
    def work() -> None:
        raise AppError(GONE)

    task = BackgroundTask(work, "background")
    with qtbot.waitSignal(task.failed, timeout=PATIENCE_MS) as blocker:
        task.start()
    assert blocker.args == [GONE]


def test_closing_waits_and_emits_nothing(qtbot: QtBot) -> None:
    go, answers = threading.Event(), []
    task = BackgroundTask(lambda: go.wait(20), "background")
    task.done.connect(answers.append)
    task.start()
    go.set()
    task.close()
    qtbot.wait(1)
    assert answers == []
