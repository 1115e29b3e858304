"""Runs the monitoring of the models in the real program and writes the observations as JSON.

``python -m tests.e2e.monitoring_script STORY HOME OUT CLEAN CALLS``: ``STORY`` is ``drift`` or ``broken``; the
two folders have the same songs, unchanged and over a telephone, labelled by folder. Nothing is faked: real
window, worker processes, jobs, models and files. Buttons are clicked, questions answered with yes.
"""

from __future__ import annotations

import json
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from genre_desktop import environment
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.jobs.manager import Job
from genre_desktop.core.monitoring.alert_service import ROLL_BACK
from genre_desktop.core.paths import Home
from genre_desktop.ml.inference.model_cache import ModelCache
from genre_desktop.ui import application as window_program
from genre_desktop.ui.pages.monitor.page import MonitorPage
from tests.e2e.driver import command

Step = Callable[[], object]
PATIENCE_MS = 500_000


class Browser(QObject):
    """What would be opened in a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


class Story:
    """Every method that yields waits until what it yields is true."""

    def __init__(self, program: window_program.Application, clean: Path, calls: Path) -> None:
        self.program, self.window = program, program.window
        self.context, self.monitoring = program.context, program.context.monitoring
        self.clean, self.calls = sorted(clean.rglob("*.flac")), calls
        self.seen: dict[str, Any] = {"toasts": [], "asked": []}
        self.ended: list[Job] = []
        self.browser = Browser()
        QDesktopServices.setUrlHandler("file", self.browser, "open")
        self.context.jobs.ended.connect(self.ended.append)
        self.monitoring.alerts.raised.connect(lambda alert: self.seen["toasts"].append(alert.notice.code))

    def drift(self) -> Iterator[Step]:
        """Music drifts away, the fallback serves, a retrain brings the champion back; then a roll-back."""
        yield from self.clean_music()
        yield from self.calls_come()
        yield from self.report()
        yield from self.retrain()
        yield from self.clean_again()
        yield from self.roll_back()

    def broken(self) -> Iterator[Step]:
        """Champion and fallback break, and the starter models are restored."""
        yield from self.play("whole", self.clean[:1])
        yield lambda: self.ran("sweep")  # it registers the starter models after the first answer
        self.break_models()
        yield from self.play("broken", self.clean[:1])
        self.monitoring.alerts.look()
        self.note("broken")
        banner = self.window.notifications.banner
        (restore,) = [b for b in banner.findChildren(QPushButton) if b.text() == "Restore starter models"]
        self.press(restore)
        yield lambda: self.ran("restore-starters")
        self.seen["restore"] = self.result()
        self.monitoring.alerts.look()
        yield from self.play("restored", self.clean[:1])
        self.note("restored")

    def clean_music(self) -> Iterator[Step]:
        yield from self.play("clean", self.clean)
        yield from self.check("clean")
        self.note("clean")
        url = f"http://127.0.0.1:{self.context.settings['metrics.port']}/metrics"
        with urllib.request.urlopen(url) as answer:
            self.seen["metrics"] = answer.read().decode()

    def calls_come(self) -> Iterator[Step]:
        files = sorted(self.calls.rglob("*.flac"))
        yield from self.play("calls", files)
        yield from self.check("calls")
        yield lambda: bool(self.alert_codes())
        self.monitoring.alerts.look()
        self.window.show_page("analyse")
        self.note("calls")
        yield from self.play("one call", files[:1])
        self.seen["card"] = self.texts(self.window.analyse)

    def report(self) -> Iterator[Step]:
        self.window.notifications.show("alerts")
        page = self.monitor()
        yield lambda: page.alerts.current is not None
        self.press(page.alerts.card.action)
        yield lambda: self.browser.opened
        self.seen["report"] = self.browser.opened[0]

    def retrain(self) -> Iterator[Step]:
        yield from self.job("import", {"path": str(self.calls)})
        self.monitoring.model_actions.run("retrain", {"families": ["lda"], "trials": 6})
        yield lambda: self.ran("retrain")
        self.seen["retrain"] = self.result()
        self.monitoring.alerts.look()
        self.note("retrained")

    def clean_again(self) -> Iterator[Step]:
        yield from self.play("calls again", sorted(self.calls.rglob("*.flac"))[::2])
        yield from self.check("calls again")
        self.note("calls again")

    def roll_back(self) -> Iterator[Step]:
        """As the button of the alert about a new champion does it."""
        QTimer.singleShot(0, lambda: self.window.notifications.apply(ROLL_BACK))
        yield lambda: self.ran("roll-back")
        self.seen["roll-back"] = self.result()

    def break_models(self) -> None:
        """A bit of the champion's files is flipped, the fallback's folder is gone."""
        home = self.program.home
        champion, fallback = (ModelCache(home).find(alias).path(home) for alias in ("champion", "fallback"))
        part = min(path for path in champion.iterdir() if path.suffix in (".skops", ".ubj"))
        raw = bytearray(part.read_bytes())
        raw[-1] ^= 1
        part.write_bytes(raw)
        fallback.rename(fallback.with_name("gone"))

    def play(self, name: str, files: list[Path]) -> Iterator[Step]:
        rows = self.window.analyse.model.rows
        known = [row for row in rows if row.path in set(files)]
        if known:
            self.context.session.reanalyse(known)
        self.window.open_paths([file for file in files if file not in {row.path for row in known}])
        yield lambda: not self.context.session.busy and len(self.rows(files)) == len(files)
        self.seen[f"answers {name}"] = [answered(row) for row in self.rows(files)]

    def check(self, name: str) -> Iterator[Step]:
        self.window.notifications.show("overview")
        self.press(self.monitor().overview.serving.check)
        yield lambda: self.ran("drift")
        self.seen[f"check {name}"] = {k: v for k, v in self.result().items() if k != "features"}

    def job(self, name: str, params: dict[str, Any]) -> Iterator[Step]:
        self.context.jobs.start(name, params)
        yield lambda: self.ran(name)
        self.seen[name] = self.result()

    def press(self, button: QPushButton) -> None:
        assert button.isEnabled(), button.text()
        QTimer.singleShot(0, button.click)  # a question that it asks must not hold up the story

    def note(self, name: str) -> None:
        """What the window shows now."""
        notifications = self.window.notifications
        self.seen[f"window {name}"] = {
            "alerts": self.alert_codes(),
            "banner": notifications.banner.accessibleName()
            if self.monitoring.alerts.serving.active != "champion"
            else "",
            "status": self.window.status_bar.serving.text(),
            "reason": str(self.monitoring.alerts.serving.reason),
            "bell": notifications.bell.count,
            "serving": self.monitoring.alerts.serving.active,
        }

    def monitor(self) -> MonitorPage:
        page = self.window.page("monitor")
        assert isinstance(page, MonitorPage)
        return page

    def rows(self, files: list[Path]) -> list[ResultRow]:
        wanted = set(files)
        done = (State.DONE, State.FAILED)
        return [row for row in self.window.analyse.model.rows if row.path in wanted and row.state in done]

    def ran(self, name: str) -> bool:
        """True once for each run of a job that is over."""
        found = next((job for job in self.ended if job.name == name), None)
        if found is None:
            return False
        self.ended.remove(found)
        assert found.ended is not None
        assert found.ended.status == "succeeded", (name, found.ended, found.lines[-5:])
        self._last = found
        return True

    def result(self) -> dict[str, Any]:
        assert self._last.ended is not None
        return self._last.ended.result or {}

    def alert_codes(self) -> list[str]:
        return sorted(alert.notice.code for alert in self.monitoring.alerts.unread)

    def texts(self, widget: QWidget) -> list[str]:
        words = [child.accessibleName() for child in widget.findChildren(QWidget) if child.isVisible()]
        return [word for word in words if word]

    def answer_questions(self) -> None:
        """Say yes to whatever is asked."""
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            yes = [b for b in box.buttons() if box.buttonRole(b) == QMessageBox.ButtonRole.AcceptRole]
            self.seen["asked"].append(box.text())
            yes[0].click()


def answered(row: ResultRow) -> dict[str, Any]:
    if row.answer is None or row.answer.model is None:
        kind = {"kind": row.answer.kind} if row.answer is not None and row.problem is None else {}
        return {"problem": row.problem.code if row.problem else None} | kind
    model = row.answer.model
    return {"alias": model.alias, "version": model.version, "because": model.because}


def live_through(chosen: str, home: Home, clean: Path, calls: Path) -> dict[str, Any]:
    """Start the program, live the story, close the window."""
    app = window_program.make_application()
    program = window_program.Application(app, home)
    program.show()
    story = Story(program, clean, calls)
    steps: Iterator[Step] = {"drift": story.drift, "broken": story.broken}[chosen]()
    waiting: list[Step] = [lambda: True]
    busy = [False]

    def look() -> None:
        story.answer_questions()
        if busy[0]:
            return
        busy[0] = True
        try:
            while waiting[0]():
                waiting[0] = next(steps)
        except StopIteration:
            program.window.close()
        except Exception as error:
            story.seen["problem"] = repr(error)
            program.window.close()
        finally:
            busy[0] = False

    def give_up() -> None:
        story.seen["problem"] = f"stuck; so far: {list(story.seen)}"
        program.window.close()

    timer, patience = QTimer(interval=20), QTimer(interval=PATIENCE_MS, singleShot=True)
    timer.timeout.connect(look)
    patience.timeout.connect(give_up)
    timer.start()
    patience.start()
    app.exec()
    timer.stop()
    patience.stop()
    program.close()
    children = [w for child in psutil.Process().children(recursive=True) if (w := command(child))]
    threads = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    return story.seen | {"children": children, "threads": threads}


def main() -> None:
    where, out, clean, calls = map(Path, sys.argv[2:])
    home = Home(where)
    environment.set_up(home.numba_cache)
    seen = live_through(sys.argv[1], home, clean, calls)
    out.write_text(json.dumps(seen, default=str), "utf-8")


if __name__ == "__main__":
    main()
