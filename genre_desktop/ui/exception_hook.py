"""Catches what would otherwise go to a terminal that nobody sees: Qt's messages, unplanned exceptions."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from genre_desktop.core.errors import Problem, problem_of

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ExceptionHook:
    """Sends Qt's messages and exceptions to the log, and the latter's problem to ``tell``.

    ``tell`` is called in the window's thread only; exceptions of background threads are logged.
    """

    def __init__(self, tell: Callable[[Problem], None]) -> None:
        self._tell = tell
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._exception
        threading.excepthook = self._thread_exception
        qInstallMessageHandler(_qt_message)

    def stop(self) -> None:
        """Put things back as they were."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)

    def _exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        log.error("something unplanned happened", exc_info=(kind, error, trace))
        self._tell(problem_of(error))

    def _thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        name = arguments.thread.name if arguments.thread else "a thread"
        log.error("%s ended by an exception", name, exc_info=error)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
