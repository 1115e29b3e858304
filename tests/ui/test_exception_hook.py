from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.ui.exception_hook import ExceptionHook


@pytest.fixture
def reported(qtbot: QtBot) -> Iterator[list[Problem]]:
    before = sys.excepthook
    reported: list[Problem] = []
    hook = ExceptionHook(reported.append)
    yield reported
    hook.stop()
    assert sys.excepthook is before


def raise_it(error: BaseException) -> None:
    try:
        raise error
    except BaseException as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_an_exception_is_logged_and_reported(
    reported: list[Problem], caplog: pytest.LogCaptureFixture
) -> None:
    raise_it(KeyError("oops"))
    raise_it(AppError("known", title="A known problem", reason="Because.", hint="Do that."))
    assert [problem.code for problem in reported] == ["unexpected", "known"]
    assert "Traceback" not in reported[0].reason
    assert "Traceback" in caplog.text


def test_threads_are_logged_only(reported: list[Problem], caplog: pytest.LogCaptureFixture) -> None:
    def work() -> None:
        raise ValueError("in the background")

    thread = threading.Thread(target=work, name="worker-bee")
    thread.start()
    thread.join()
    assert reported == []
    assert "worker-bee ended by an exception" in caplog.text


def test_messages_of_qt_reach_the_log(reported: list[Problem], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "qt"):
        qWarning("a warning of Qt's")
    assert ("qt", logging.WARNING, "a warning of Qt's") in caplog.record_tuples


def test_ctrl_c_is_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    before: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: before.append(kind))
    reported: list[Problem] = []
    hook = ExceptionHook(reported.append)
    raise_it(KeyboardInterrupt())
    hook.stop()
    assert (before, reported) == ([KeyboardInterrupt], [])
