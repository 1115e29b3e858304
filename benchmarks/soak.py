"""Half an hour of live mode, a retrain in the midst of it: memory, dropouts, pictures a second, late ticks.

``SOAK_MINUTES`` shortens it. Needs Xvfb and PulseAudio; the window, its worker and the device are real.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
import soundfile

from benchmarks.report import Row, as_markdown
from genre_desktop import early
from genre_desktop.app.listener import Listener
from genre_desktop.audio.decode import read
from genre_desktop.core.live import LiveReading
from genre_desktop.core.paths import Home, shipped
from tests.pulse import PulseServer, running_server
from tools.screenshots import screen

if TYPE_CHECKING:
    from genre_desktop.ui.main import Program

TITLE = "Live mode, for long"
MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
TICK_S = 0.01
SETTLE_S = 20.0


class Ticks:
    """How late a 10 ms timer of the window's thread fires, and how long that thread itself worked meanwhile.

    The second tells a busy window from a busy computer.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.late_ms: list[float] = []
        self.worked_ms: list[float] = []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(interval=round(TICK_S * 1000))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.late_ms.append(max(0.0, (now - self._last - TICK_S) * 1000))
        self.worked_ms.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    def rows(self, when: str) -> list[Row]:
        """What was counted since the last call."""
        late, worked = list(self.late_ms), list(self.worked_ms)
        self.late_ms.clear()
        self.worked_ms.clear()
        over = sum(each > 50 for each in late)
        return [
            Row(f"latest GUI tick{when}", max(late), "ms", target="≤ 50 ms",
                note=f"{over} of {len(late)} over 50 ms; median {statistics.median(late):.2f} ms"),
            Row(f"longest work of the window between two ticks{when}", max(worked), "ms",
                note="processor time of its thread"),
        ]  # fmt: skip


def jukebox(server: PulseServer, folder: Path, over: threading.Event) -> threading.Thread:
    """Plays the demo clip, over and over."""
    path = folder / "song.wav"
    soundfile.write(path, np.resize(read(str(shipped("resources", "demo.flac"))).samples, 60 * 22050), 22050)

    def play() -> None:
        while not over.is_set():
            playing = server.play(path)
            while playing.poll() is None and not over.wait(0.2):
                pass
            playing.kill()
            playing.wait()

    thread = threading.Thread(target=play)
    thread.start()
    return thread


def opened(home: Home) -> tuple[Program, Callable[[float], None]]:
    """The program with its window up and plots loaded, and what lets it work for some seconds."""
    from genre_desktop.ui.main import Program, make_application

    app = make_application()
    program = Program(app, home)
    program.show()

    def run_for(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        stop = time.monotonic() + seconds
        while time.monotonic() < stop and not until():
            app.processEvents()
            time.sleep(0.0005)

    run_for(30, lambda: program.host is not None and program.context.plots.is_loaded)
    return program, run_for


def listen(home: Home) -> list[Row]:
    program, run_for = opened(home)
    program.window.listen()
    page = program.window.live
    answers = listen_to(page.listener)
    run_for(SETTLE_S)
    process = psutil.Process()
    before, xruns = process.memory_info().rss, page.listener.capture.xruns
    ticks, pictures = Ticks(), page.view
    assert pictures is not None
    pictures.frames_per_second()
    run_for(MINUTES * 60 / 2)
    rate = pictures.frames_per_second()
    calm = ticks.rows("")
    program.context.jobs.start("retrain", {})
    run_for(MINUTES * 60 / 2)
    cost = [reading.elapsed_ms for _, reading in answers]
    first = next(arrived for arrived, reading in answers if reading.probabilities)
    rows = [
        Row("memory growth of the window's process", (process.memory_info().rss - before) / 2**20, "MiB", target="≤ 20 MiB"),
        Row("dropouts (xruns)", page.listener.capture.xruns - xruns, "", target="0"),
        Row("pictures a second", rate, "/s", target="≥ 30 /s"),
        *calm,
        *ticks.rows(" while a retrain runs"),
        Row("work of the worker for one answer", statistics.median(cost), "ms", target="≤ 60 ms",
            note=f"median of {len(cost)} in {MINUTES:g} min; longest {max(cost):.0f} ms"),
        Row("from Listen to the first answer", first, "s", target="≤ 6 s", note="music was playing already"),
    ]  # fmt: skip
    program.close()  # not the window's own close, which would ask whether to stop the retrain
    return rows


def listen_to(listener: Listener) -> list[tuple[float, LiveReading]]:
    """Every reading from now on, with the seconds until it was there."""
    answers: list[tuple[float, LiveReading]] = []
    began, show = time.perf_counter(), listener._show

    def noted(reading: LiveReading) -> None:
        answers.append((time.perf_counter() - began, reading))
        show(reading)

    listener._show = noted  # type: ignore[method-assign]
    return answers


def measure() -> list[Row]:
    early.set_up()
    over = threading.Event()
    with tempfile.TemporaryDirectory() as name, screen(), running_server() as server:
        player = jukebox(server, Path(name), over)
        try:
            return listen(Home(Path(name) / "home").create())
        finally:
            over.set()
            player.join()


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
