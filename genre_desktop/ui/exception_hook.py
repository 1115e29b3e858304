"""Handles Qt's messages and unhandled exceptions, which would otherwise go to the terminal only."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from genre_desktop.core.errors import Problem, concerns_home, problem_of

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ExceptionHook:
    """Logs Qt's messages and unhandled exceptions; ``report`` receives the problems of exceptions.

    ``report`` is called in the GUI thread only; exceptions of background threads are only logged.
    """

    def __init__(self, report: Callable[[Problem], None]) -> None:
        self._report = report
        self._previous = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._exception
        threading.excepthook = self._thread_exception
        qInstallMessageHandler(_qt_message)

    def stop(self) -> None:
        """Restore the previous handlers."""
        sys.excepthook, threading.excepthook = self._previous
        qInstallMessageHandler(None)

    def _exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._previous[0](kind, error, trace)
            return
        if concerns_home(error):  # its problem is reported as such
            log.info("something could not be stored: %s", error)
        else:
            log.error("something unplanned happened", exc_info=(kind, error, trace))
        self._report(problem_of(error))

    def _thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        name = arguments.thread.name if arguments.thread else "a thread"
        log.error("%s ended by an exception", name, exc_info=error)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
