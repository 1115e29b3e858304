from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.core.errors import AppError
from tests.fixtures.qt import GONE, PATIENCE_MS


def test_the_answer_comes_in_the_windows_thread(qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    errand = BackgroundTask(lambda: threading.current_thread().name, "asking")
    errand.done.connect(lambda _answer: where.append(threading.current_thread()))
    with qtbot.waitSignal(errand.done, timeout=PATIENCE_MS) as came:
        errand.start()
        errand.start()  # once at a time
    assert came.args == ["asking"]
    assert where == [threading.main_thread()]
    assert not errand.running


def test_what_goes_wrong_is_a_problem(qtbot: QtBot) -> None:
    def work() -> None:
        raise AppError(GONE)

    errand = BackgroundTask(work, "asking")
    with qtbot.waitSignal(errand.failed, timeout=PATIENCE_MS) as came:
        errand.start()
    assert came.args == [GONE]


def test_closing_waits_and_tells_nobody(qtbot: QtBot) -> None:
    go, answers = threading.Event(), []
    errand = BackgroundTask(lambda: go.wait(20), "asking")
    errand.done.connect(answers.append)
    errand.start()
    go.set()
    errand.close()
    qtbot.wait(1)
    assert answers == []
