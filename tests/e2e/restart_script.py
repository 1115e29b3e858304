"""Runs the real program for ``test_restart_after_crash``: killed with a list, restarted, closed, restarted.

``python -m tests.e2e.restart_script die|go-on|look HOME OUT [FILE…]``
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton

from genre_desktop import environment
from genre_desktop.app.analysis.rows import State
from genre_desktop.core.paths import Home
from genre_desktop.core.store.results_list import ResultsListStore
from genre_desktop.ui.application import Application, make_application
from tests.e2e.startup_script import Story


def listed(program: Application) -> list[list[str]]:
    """File name, state and genre of every row, in the order of the list."""
    return [[row.name, row.state.value, row.genre] for row in program.window.analyse.model.rows]


def die(program: Application, out: Path) -> Story:
    """End by SIGKILL once the store knows an answer and a file without one."""
    story = Story(program, out, [])

    def kill() -> bool:
        rows = ResultsListStore(program.context.database).page(0, 1000)
        done = [row for row in rows if row.state == State.DONE]
        if not done or len(done) == len(rows):
            return False
        story.seen["known"] = [[Path(row.path).name, row.brief.genre if row.brief else ""] for row in rows]
        story.seen["children"] = [child.pid for child in psutil.Process().children(recursive=True)]
        story.write()
        os.kill(os.getpid(), signal.SIGKILL)
        return True

    story._steps.append(kill)
    return story


def go_on(program: Application, out: Path) -> Story:
    """Record the list, resume reading, remove the first row, close the window."""
    story = Story(program, out, [])

    def accept() -> bool:
        buttons = program.window.notice.findChildren(QAbstractButton)
        offers = [found for found in buttons if found.text() == "Resume" and found.isVisible()]
        if offers:
            story.seen["rows"] = listed(program)
            offers[0].click()
        return bool(offers)

    def finish() -> bool:
        rows = program.window.analyse.model.rows
        if program.context.session.busy or any(row.state is not State.DONE for row in rows):
            return False
        page = program.window.analyse
        page.table.show_row(rows[0])
        page.remove()
        story.seen["left"] = listed(program)
        QTimer.singleShot(0, program.window.close)
        return True

    story._steps += [accept, finish]
    return story


def look(program: Application, out: Path) -> Story:
    """Record the list; check that the selected row shows its answer and its spectrogram."""
    story = Story(program, out, [])

    def choose() -> bool:
        if not program.window.analyse.model.rows or program.context.session.restoring:
            return False
        story.seen["rows"] = listed(program)
        program.window.analyse.table.show_row(program.window.analyse.model.rows[-1])
        return True

    def see() -> bool:
        page = program.window.analyse
        if not page.panel.has_picture:
            return False
        answer = page.current.answer if page.current else None
        story.seen["segments"] = len(answer.segments) if answer else 0
        story.seen["card"] = page.card.answer.isVisible()
        QTimer.singleShot(0, program.window.close)
        return True

    story._steps += [choose, see]
    return story


def main() -> None:
    mode, home, out, *files = sys.argv[1], *map(Path, sys.argv[2:])
    environment.set_up(Home(home).numba_cache)
    app = make_application()
    program = Application(app, Home(home), files, first=True)
    program.show()
    story = {"die": die, "go-on": go_on, "look": look}[mode](program, out)
    story.timer.start()
    story.seen["code"] = app.exec()
    story.timer.stop()
    program.close()
    story.write()


if __name__ == "__main__":
    main()
