"""What :mod:`.large_library_probe` does with the window, step by step, and how long each blocks it."""

from __future__ import annotations

import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from genre_desktop.core.store.predictions import PredictionLog

if TYPE_CHECKING:
    from genre_desktop.ui.application import Application

STEPS = ("search", "filter", "sort", "scroll", "select_all", "export", "pages", "drift", "maintenance")
TICK_S = 0.01
PATIENCE_S = 900.0
TYPED = "amber jazz 12"
SORTED = ("file", "genre", "confidence", "status", "runner_up", "duration", "model", "tags", "style", "")
SCROLL_S = 4.0
CORRECTED_EVERY_S = 0.5


class Blocked:
    """A timer every 10 ms: how late it came at most, and the most processor time of this thread between two ticks."""

    def __init__(self) -> None:
        self._late, self._worked = array("d"), array("d")
        self._timer = QTimer(interval=round(TICK_S * 1000))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = self._last_worked = 0.0

    def start(self) -> None:
        self._last, self._last_worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> tuple[float, float, int]:
        """Return the greatest lateness and work in milliseconds, and how many ticks were over 50 ms late."""
        self._tick()
        self._timer.stop()
        late, worked = list(self._late), list(self._worked)
        del self._late[:], self._worked[:]
        return max(late), max(worked), sum(value > 50 for value in late)

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._late.append(max(0.0, (now - self._last - TICK_S) * 1000))
        self._worked.append((worked - self._last_worked) * 1000)
        self._last, self._last_worked = now, worked


class FirstPage(QObject):
    """Notes when the list is first painted with rows in it."""

    def __init__(self, table: Any, noted: Callable[[], object]) -> None:
        super().__init__()
        self._table, self._noted = table, noted
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._table.model().rowCount():
            self._table.viewport().removeEventFilter(self)
            QTimer.singleShot(0, self._noted)
        return False


class Steps:
    """The steps; times are added to ``found``."""

    def __init__(self, program: Application, found: dict[str, float], born: float) -> None:
        self.program, self.found = program, found
        self.window, self.context = program.window, program.context
        self.analyse = self.window.analyse
        self._blocked = Blocked()
        self._restored = False
        self.context.session.restored.connect(self._list_is_back)
        self._first = FirstPage(
            self.analyse.table, lambda: found.setdefault("first page", time.time() - born - found["window"])
        )
        self._born = born

    def run(self, picture: str, only: Sequence[str] = ()) -> None:
        self._blocked.start()
        self.run_until(lambda: self._restored)
        self._note("restoring")
        self.found["restored"] = time.time() - self._born - self.found["window"]
        self.found["rows"] = self.analyse.model.rowCount()
        self.run_until(lambda: self.program.host is not None and self.context.plots.is_loaded)
        self.run_for(3.0)
        self.found["memory"] = psutil.Process().memory_info().rss / 2**20
        if picture:
            self.window.grab().save(picture)
        for name in STEPS:
            if not only or name in only:
                getattr(self, name)()
        self.found["memory at the end"] = psutil.Process().memory_info().rss / 2**20

    def search(self) -> None:
        field = self.analyse.filters.search
        for place in range(len(TYPED)):
            with self.blocked("search"):
                QTest.keyClicks(field, TYPED[place])
                self.run_for(0.4)
        with self.blocked("search"):
            field.clear()
            self.run_for(0.4)

    def filter(self) -> None:
        bar = self.analyse.filters
        for box in (bar.genres, bar.tags, bar.states):
            for place in (1, min(4, box.count() - 1), 0):
                with self.blocked("filter"):
                    box.setCurrentIndex(place)
                    self.run_for(0.3)

    def sort(self) -> None:
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            for key in SORTED:
                place = _column(key)
                with self.blocked("sort", key or "added"):
                    self.analyse.table.sortByColumn(place, order)
                    self.run_for(0.2)
        self.analyse.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    def scroll(self) -> None:
        bar = self.analyse.table.verticalScrollBar()
        with self.blocked("scroll"):
            started = time.perf_counter()
            while (share := (time.perf_counter() - started) / SCROLL_S) < 1:
                bar.setValue(round(share * bar.maximum()))
                self.run_for(0.016)
            for _ in range(100):
                bar.setValue(bar.value() - 36)
                self.run_for(0.016)

    def select_all(self) -> None:
        with self.blocked("select all"):
            self.analyse.table.selectAll()
            self.run_for(0.3)
        self.analyse.table.show_row(self.analyse.model.rows[0])

    def export(self) -> None:
        exporter = self.window.file_actions.exporter
        done: list[object] = []
        exporter.saved.connect(done.append)
        exporter.failed.connect(done.append)
        path = self.context.home.root / "export.csv"
        with self.blocked("export"):
            started = time.perf_counter()
            exporter.save(path, self.analyse.model.shown)
            self.run_until(lambda: bool(done))
            self.found["export"] = time.perf_counter() - started
        self.found["exported"] = path.read_text("utf-8-sig").count("\n") - 1

    def pages(self) -> None:
        self._page("library", lambda page: bool(page.entries))
        library: Any = self.window.page("library")
        for place in range(len(TYPED)):
            with self.blocked("library search"):
                QTest.keyClicks(library.search, TYPED[place])
                self.run_for(0.3)
        library.search.clear()
        loader = self.context.monitoring.statistics
        came: list[object] = []
        loader.came.connect(came.append)
        self._page("monitor", lambda _page: bool(came))
        came.clear()
        with self.blocked("monitor, all time"):
            started = time.perf_counter()
            monitor: Any = self.window.page("monitor")
            monitor.period.setCurrentIndex(3)
            self.run_until(lambda: bool(came))
            self.found["monitor, all time"] = time.perf_counter() - started
            self.run_for(0.3)
        self.window.show_page("analyse")
        self._page("models", lambda page: bool(page.models) and not self.context.jobs.running("models"))
        self.window.show_page("analyse")
        with self.blocked("models, again"):
            from genre_desktop.ui.window.page_factory import FACTORIES

            started = time.perf_counter()
            page = FACTORIES["models"](self.context)  # as after the next start
            self.window.stack.addWidget(page)
            self.window.stack.setCurrentWidget(page)
            self.run_for(0.0)
            self.found["models shown"] = time.perf_counter() - started
            self.run_until(lambda: not self.context.jobs.running("models"))

    def drift(self) -> None:
        with self.blocked("drift"):
            self.found["drift job"] = self._job("drift")
        command = [sys.executable, "-m", "benchmarks.large_library_drift", str(self.context.home.root)]
        self.found["drift check"] = float(subprocess.check_output(command, text=True).splitlines()[-1])

    def maintenance(self) -> None:
        """Retention deletes a fifth, while the user corrects answers."""
        self.window.show_page("analyse")
        self.context.settings["privacy.keep_days"] = 292
        rows, table = self.analyse.model.rows, self.analyse.table
        corrections = QTimer(interval=round(CORRECTED_EVERY_S * 1000))
        places = iter(range(len(rows) - 1, 0, -1))

        self.found["correction: late"] = self.found["correction: worked"] = self.found["correction: over"] = (
            0.0
        )

        def correct() -> None:
            table.show_row(rows[next(places)])
            started, worked = time.perf_counter(), time.thread_time()
            self.analyse.correct("jazz")
            late, worked = (time.perf_counter() - started) * 1000, (time.thread_time() - worked) * 1000
            self.found["correction: late"] = max(self.found["correction: late"], late)
            self.found["correction: worked"] = max(self.found["correction: worked"], worked)
            self.found["correction: over"] += late > 50

        before = PredictionLog(self.context.database).count()
        with self.blocked("maintenance"):
            corrections.timeout.connect(correct)
            corrections.start()
            self.found["maintenance"] = self._job("maintenance")
            corrections.stop()
        self.found["deleted"] = before - PredictionLog(self.context.database).count()

    def _job(self, name: str) -> float:
        """Run a job and return its seconds."""
        ended: list[Any] = []
        connection = self.context.jobs.ended.connect(
            lambda job: ended.append(job) if job.name == name else None
        )
        started = time.perf_counter()
        self.context.jobs.start(name)
        self.run_until(lambda: bool(ended))
        self.context.jobs.ended.disconnect(connection)
        assert ended[0].ended.status == "succeeded", ended[0].ended
        return time.perf_counter() - started

    def _page(self, name: str, ready: Callable[[Any], bool]) -> None:
        with self.blocked(name):
            started = time.perf_counter()
            self.window.show_page(name)
            page = self.window.page(name)
            self.run_until(lambda: ready(page))
            self.run_for(0.0)
            self.found[name] = time.perf_counter() - started
            self.run_for(0.5)

    @contextmanager
    def blocked(self, name: str, case: str = "") -> Iterator[None]:
        """Note the longest time that the window is blocked within; the longest of a name counts."""
        self.run_for(0.1)
        self._blocked.start()
        yield
        self._note(name, case)

    def _note(self, name: str, case: str = "") -> None:
        late, worked, over = self._blocked.stop()
        for key in (name, *([f"{name} {case}"] if case else [])):
            for what, value in (("late", late), ("worked", worked)):
                self.found[f"{key}: {what}"] = max(self.found.get(f"{key}: {what}", 0.0), value)
            self.found[f"{key}: over"] = self.found.get(f"{key}: over", 0) + over

    def _list_is_back(self) -> None:
        self._restored = True

    def run_until(self, condition: Callable[[], bool]) -> None:
        if not condition():
            self._run(PATIENCE_S, condition)
            assert condition()

    def run_for(self, seconds: float) -> None:
        self._run(seconds)

    def _run(self, seconds: float, until: Callable[[], bool] | None = None) -> None:
        loop, end, look = QEventLoop(), QTimer(singleShot=True), QTimer(interval=5)
        end.timeout.connect(loop.quit)
        end.start(round(seconds * 1000))
        if until is not None:
            look.timeout.connect(lambda: loop.quit() if until() else None)
            look.start()
        loop.exec()


def _column(key: str) -> int:
    from genre_desktop.app.analysis.table_model import COLUMNS

    return next((place for place, column in enumerate(COLUMNS) if column.key == key), -1)
