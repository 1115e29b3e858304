"""Operates a window from its own event loop: what a user does, at random moments, and kills of its processes."""

from __future__ import annotations

import json
import os
import random
import time
import traceback
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from benchmarks.endurance import actions, kills
from benchmarks.endurance.actions import Stage
from benchmarks.endurance.records import Name, RunFolder
from genre_desktop.app.jobs.manager import Job
from genre_desktop.ui.application import Application

TICK_MS = 500
SETTLE_S = 10.0
"""Until the window is ready."""


class Driver(QObject):
    """Does everything in :data:`.actions.ALL` and :data:`.kills.ALL` until a moment, seconds since 1970, and closes the window."""

    def __init__(self, program: Application, folder: RunFolder, name: Name, until: float) -> None:
        super().__init__(program.window)
        self._program, self._folder, self._name = program, folder, name
        self._stage = Stage(program, folder.music(name), random.Random(f"{name}{time.time()}"), self._note)
        now = time.monotonic()
        self._end = until
        self._plan: dict[Callable[[Stage], object], float] = {
            **actions.ALL,
            **(kills.ALL if name == "long" else {}),
        }
        self._due = {action: now + SETTLE_S + self._wait(mean) for action, mean in self._plan.items()}
        self._due |= {actions.read: now + SETTLE_S, actions.listen: now + SETTLE_S}
        self._closing = False
        program.context.jobs.ended.connect(self._job_ended)
        self._note("opened", pid=os.getpid())
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _note(self, what: str, **values: object) -> None:
        self._folder.note(self._name, what, **values)

    def _wait(self, mean_s: float) -> float:
        return min(3 * mean_s, self._stage.rng.expovariate(1 / mean_s))

    def _tick(self) -> None:
        self._write_roles()
        if time.time() >= self._end or self._closing:
            self._close()
            return
        now = time.monotonic()
        for action, due in list(self._due.items()):
            if now >= due:
                self._due[action] = now + self._wait(self._plan[action])
                self._do(action)

    def _do(self, action: Callable[[Stage], object]) -> None:
        try:
            if action(self._stage):
                self._note(f"did {action.__name__}")
        except Exception:  # a script that fails must be seen in the report, and not end the run
            self._note("script failed", action=action.__name__, trace=traceback.format_exc())

    def _job_ended(self, job: Job) -> None:
        assert job.ended is not None
        self._note(
            f"ended {job.name}",
            status=job.ended.status,
            seconds=job.seconds,
            promoted=bool(job.ended.result.get("promoted")),
        )

    def _close(self) -> None:
        """Close the window as a user does, and say yes to the question whether to stop what runs."""
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.button(QMessageBox.StandardButton.Yes).click()
        elif not self._closing:
            self._closing = True
            self._note("closes")
            for dialog in self._program.window.findChildren(QDialog):
                dialog.reject()
            # Not in this call: while the slot of a timer waits for an answer, Qt does not call it again.
            QTimer.singleShot(0, self._program.window.close)

    def _write_roles(self) -> None:
        path = self._folder.roles(self._name)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(self._stage.roles()), "utf-8")
        beside.replace(path)
