"""What a user does in a window, each action with the mean of the seconds between two times."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from benchmarks.endurance.songs import TAGGABLE
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.tag_rules import Edit, tag_name
from genre_desktop.core.types import GENRES
from genre_desktop.ui.actions.page_specs import PAGES
from genre_desktop.ui.application import Application
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.window.main_window import MainWindow

DIALOGS = ("edit.preferences", "help.keys", "help.about", "help.log", "file.tags", "file.restore_tags")
LOOK_MS = 3000
"""For which a dialog stays open."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A running program and what operates it. An action returns whether it did something."""

    program: Application
    music: Path
    rng: random.Random
    note: Callable[..., None]

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def context(self) -> AppContext:
        return self.program.context

    @property
    def answered(self) -> list[ResultRow]:
        return [row for row in self.window.analyse.model.rows if row.state is State.DONE and row.genre]

    def jobs(self) -> dict[int, str]:
        """The job processes and their names."""
        return {process.pid: process.name for process in list(self.context.jobs._processes.values())}

    def roles(self) -> dict[str, str]:
        """The processes this window knows, by their ids as text."""
        host = self.program.host
        workers = host.status().workers if host is not None else ()
        known = {worker.pid: "worker" for worker in workers} | self.jobs()
        return {str(os.getpid()): "window"} | {str(pid): role for pid, role in known.items()}


def read(stage: Stage) -> bool:
    """Analyse the list again, or clear it and open the folder."""
    session, rows = stage.context.session, stage.window.analyse.model.rows
    if session.busy or session.restoring:
        return False
    if rows and stage.rng.random() > 0.1:
        session.reanalyse(rows)
    else:
        stage.window.analyse.clear()
        stage.window.open_paths([stage.music])
    return True


def give_up(stage: Stage) -> bool:
    """Cancel reading."""
    stage.window.cancel()
    return True


def rest(stage: Stage) -> bool:
    """Pause, and go on a little later."""
    stage.context.session.pause()
    QTimer.singleShot(LOOK_MS, stage.context.session.resume)
    return True


def correct(stage: Stage) -> bool:
    """Correct or confirm one answer."""
    rows = stage.answered
    if not rows:
        return False
    stage.window.analyse.table.show_row(stage.rng.choice(rows))
    stage.window.analyse.correct(stage.rng.choice(["", *GENRES]))
    return True


def undo(stage: Stage) -> bool:
    """Undo what was done last, or redo it."""
    stage.rng.choice((stage.window.undo, stage.window.undo, stage.window.redo))()
    return True


def select(stage: Stage) -> bool:
    """Look at another row."""
    rows = stage.window.analyse.model.rows
    if rows:
        stage.window.analyse.table.show_row(stage.rng.choice(rows))
    return bool(rows)


def play(stage: Stage) -> bool:
    """Play the row that is shown, or pause."""
    stage.window.analyse.play("toggle")
    return True


def write_tags(stage: Stage) -> bool:
    """Write genres into files; undoing it restores them."""
    rows = [row for row in stage.answered if row.path.suffix in TAGGABLE]
    if not rows or stage.window.file_actions.tags.busy:
        return False
    chosen = stage.rng.sample(rows, min(3, len(rows)))
    genre = tag_name(stage.rng.choice(GENRES))
    stage.window.file_actions._write(tuple(Edit(str(row.path), (genre,)) for row in chosen))
    return True


def listen(stage: Stage) -> bool:
    """Stop and start live mode; the window begins without it."""
    if stage.window.live.listener.listening:
        stage.window.listen()
        QTimer.singleShot(LOOK_MS, stage.window.listen)
    else:
        stage.window.listen()
    return True


def record(stage: Stage) -> bool:
    """Record what is heard for some seconds."""
    live = stage.window.live
    if not live.listener.listening or live.listener.recording:
        return False
    stage.window.record()

    def stop() -> None:
        if live.listener.recording:
            stage.window.record()

    QTimer.singleShot(4 * LOOK_MS, stop)
    return True


def change_theme(stage: Stage) -> bool:
    stage.context.theme.choose(stage.rng.choice(("system", "light", "dark")))
    return True


def change_page(stage: Stage) -> bool:
    stage.window.show_page(stage.rng.choice(PAGES).id)
    return True


def open_dialog(stage: Stage) -> bool:
    """Open a dialog and close it."""
    stage.context.actions[stage.rng.choice(DIALOGS)].trigger()

    def close() -> None:
        for dialog in stage.window.findChildren(QDialog):
            dialog.close()

    QTimer.singleShot(LOOK_MS, close)
    return True


def retrain(stage: Stage) -> bool:
    """Train two quick families, sometimes with the chance of becoming champion."""
    params = {"families": ["lda", "logistic"], "trials": 1, "promote": stage.rng.random() < 0.3}
    return _start(stage, "retrain", params)


def check_drift(stage: Stage) -> bool:
    return _start(stage, "drift")


def tidy(stage: Stage) -> bool:
    """The jobs that run once a day."""
    return _start(stage, stage.rng.choice(("sweep", "maintenance")))


def _start(stage: Stage, name: str, params: dict[str, object] | None = None) -> bool:
    """Start a job where none runs, as the schedule does: two that change the registry wait for each other."""
    if stage.context.jobs.running():
        return False
    stage.context.jobs.start(name, params)
    return True


ALL: dict[Callable[[Stage], object], float] = {
    read: 3,
    select: 7,
    correct: 8,
    change_page: 15,
    undo: 20,
    listen: 60,
    change_theme: 45,
    open_dialog: 60,
    play: 60,
    write_tags: 60,
    rest: 200,
    give_up: 200,
    record: 240,
    check_drift: 150,
    retrain: 240,
    tidy: 500,
}
"""The actions and the means of the seconds between two times."""
