"""Runs the real program in this process, opens files, waits for the answers and writes its state as JSON.

``python -m tests.e2e.driver HOME OUT FILE…``
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import psutil
from PySide6.QtCore import QThread, QTimer

from genre_desktop import environment
from genre_desktop.app.analysis.rows import State
from genre_desktop.core.paths import Home
from genre_desktop.ui import application as window_program

DONE = (State.DONE, State.FAILED)


def drive(home: Home, files: list[Path]) -> dict[str, object]:
    """Open the window on ``files``; returns answers, loaded modules, and what was left at the end."""
    app = window_program.make_application()
    program = window_program.Application(app, home, files)
    program.show()

    def check() -> None:
        rows = program.window.analyse.model.rows
        answered = len(rows) == len(files) and all(row.state in DONE for row in rows)
        if answered and program.window.analyse.panel.has_picture:
            program.window.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(check)
    timer.start()
    code = app.exec()
    timer.stop()
    rows = program.window.analyse.model.rows
    seen = {
        "code": code,
        "answers": [row.answer.to_dict() if row.answer else None for row in rows],
        "problems": [row.problem.code if row.problem else None for row in rows],
        "modules": sorted(sys.modules),
    }
    program.close()
    return seen | {
        "children": [line for child in psutil.Process().children(recursive=True) if (line := command(child))],
        "threads": [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()],
        "qt_threads": [str(thread) for thread in app.findChildren(QThread) if thread.isRunning()],
    }


def command(process: psutil.Process) -> str:
    """Return the command line of a process; empty for Python's resource tracker, which ends with its parent."""
    line = " ".join(process.cmdline())
    return "" if "resource_tracker" in line else line


def main() -> None:
    home, out, *files = sys.argv[1:]
    environment.set_up(Home(Path(home)).numba_cache)
    seen = drive(Home(Path(home)), [Path(file) for file in files])
    Path(out).write_text(json.dumps(seen), "utf-8")


if __name__ == "__main__":
    main()
