"""Runs the real program for ``test_process_lifetime``: killed, resumed, and closed while it works.

``python -m tests.e2e.startup_script die|go-on HOME OUT FOLDER MORE``
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox

from genre_desktop import environment
from genre_desktop.app.analysis.rows import State
from genre_desktop.core.paths import Home
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.core.store.results_list import ResultsListStore
from genre_desktop.ui.application import Application, make_application
from tests.e2e.driver import command

STEP_MS = 20


class Story:
    """Steps that each wait until they can be done."""

    def __init__(self, program: Application, out: Path, steps: list[Callable[[], bool]]) -> None:
        self.program, self.out, self._steps = program, out, steps
        self.seen: dict[str, Any] = {}
        self.timer = QTimer(interval=STEP_MS)
        self.timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        if self._steps and self._steps[0]():
            self._steps.pop(0)

    def write(self) -> None:
        self.out.write_text(json.dumps(self.seen), "utf-8")


def done(program: Application) -> int:
    return sum(row.state is State.DONE for row in program.window.analyse.model.rows)


def die(program: Application, out: Path) -> Story:
    """End by SIGKILL once some answers of the folder, but not all, are kept."""
    story = Story(program, out, [])

    def kill() -> bool:
        rows = ResultsListStore(program.context.database).page(0, 1000)
        kept = sum(row.state == State.DONE for row in rows)
        if kept < 3 or kept == len(rows):
            return False
        children = psutil.Process().children(recursive=True)
        story.seen = {"kept": kept, "children": [child.pid for child in children]}
        story.write()
        os.kill(os.getpid(), signal.SIGKILL)
        return True

    story._steps.append(kill)
    return story


def go_on(program: Application, out: Path, files: int, more: Path) -> Story:
    """Go on where the other one died; then quit with a folder and a retrain under way."""
    story = Story(program, out, [])

    def accept() -> bool:
        buttons = program.window.notice.findChildren(QAbstractButton)
        offers = [found for found in buttons if found.text() == "Resume" and found.isVisible()]
        for offer in offers:
            offer.click()
        return bool(offers)

    def finish_reading() -> bool:
        if done(program) < files or program.context.session.busy:
            return False
        story.seen["answered"] = done(program)
        program.window.open_paths([more])
        program.context.jobs.start("retrain", {"trials": 1})
        return True

    def quit_early() -> bool:
        jobs = program.context.jobs.running("retrain")
        if not jobs or not jobs[0].run_id or not program.context.session.busy:
            return False
        story.seen["run_id"] = jobs[0].run_id
        story.seen["family"] = [child.pid for child in psutil.Process().children(recursive=True)]
        QTimer.singleShot(0, program.window.close)
        return True

    def agree() -> bool:
        boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]
        for box in boxes:
            story.seen["question"] = box.text()
            box.button(QMessageBox.StandardButton.Yes).click()
        return bool(boxes)

    story._steps += [accept, finish_reading, quit_early, agree]
    return story


def main() -> None:
    mode, home, out, folder, more = sys.argv[1], *map(Path, sys.argv[2:])
    environment.set_up(Home(home).numba_cache)
    app = make_application()
    program = Application(app, Home(home), [folder] if mode == "die" else [], first=True)
    program.window.show()
    files = len(list(folder.iterdir()))
    story = die(program, out) if mode == "die" else go_on(program, out, files, more)
    story.timer.start()
    story.seen["code"] = app.exec()
    story.timer.stop()
    database = program.context.database
    run_id = story.seen.get("run_id", 0)
    program.context.jobs.close()
    run = JobRuns(database).get(run_id)
    story.seen["job"] = run.status if run else ""
    program.close()
    left = psutil.Process().children(recursive=True)
    story.seen["children"] = [words for child in left if (words := command(child))]
    story.seen["threads"] = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    story.write()


if __name__ == "__main__":
    main()
