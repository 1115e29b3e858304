"""Runs the real window while a function looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from genre_desktop.ui.application import Application

TOO_LATE = 3
"""Exit code where the window did not end in time."""


def run(app: QApplication, program: Application, look: Callable[[], object], wait_ms: int) -> int:
    """Show the window, and call ``look`` ten times a second until the program ends; return the exit code."""
    timer = QTimer(interval=100)
    timer.timeout.connect(look)
    timer.start()
    QTimer.singleShot(wait_ms, lambda: app.exit(TOO_LATE))
    program.show()
    try:
        return app.exec()
    finally:
        timer.stop()
        program.close()


def run_steps(
    app: QApplication, program: Application, steps: Iterator[Callable[[], bool]], wait_ms: int
) -> int:
    """As :func:`run`; go on with the next step each time the condition that the last one yielded holds."""
    awaited = [next(steps)]

    def look() -> None:
        if awaited[0]():
            awaited[0] = next(steps)

    return run(app, program, look, wait_ms)
