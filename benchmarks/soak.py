"""Half an hour of live mode, a retrain in the midst of it: memory, dropouts, pictures a second, late ticks.

``SOAK_MINUTES`` shortens it. Needs Xvfb and PulseAudio; the window, its worker and the device are real.

``python -m benchmarks.soak --hours 3 [--folder FOLDER]`` does everything at once for hours, with processes killed at
random; ``--report FOLDER`` prints the report of such a run, also of one that was interrupted or still runs.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import psutil
import soundfile

from benchmarks.report import Row, as_markdown
from benchmarks.timer_jitter import WindowTicks, bare_loop
from genre_desktop import environment
from genre_desktop.app.sound.live_listener import LiveListener
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.live import LiveReading
from genre_desktop.core.paths import Home, shipped
from tools.pulse_server import PulseServer, running_server
from tools.screenshots import screen

if TYPE_CHECKING:
    from genre_desktop.ui.application import Application

TITLE = "Live mode, for long"
MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
SETTLE_S = 20.0


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


def opened(home: Home) -> tuple[Application, Callable[[float], None]]:
    """The program with its window up and plots loaded, and what lets it work for some seconds."""
    from PySide6.QtCore import QEventLoop, QTimer

    from genre_desktop.ui.application import Application, make_application

    gc.disable()  # as the command line does; the window collects by itself
    app = make_application()
    program = Application(app, home)
    program.show()

    def run_for(seconds: float, until: Callable[[], bool] | None = None) -> None:
        loop, end, look = QEventLoop(), QTimer(singleShot=True), QTimer(interval=5)
        end.timeout.connect(loop.quit)
        end.start(round(seconds * 1000))

        def looked() -> None:
            if until is not None and until():
                loop.quit()

        look.timeout.connect(looked)
        if until is not None:
            look.start()
        loop.exec()

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
    ticks, pictures = WindowTicks(), page.view
    assert pictures is not None
    frames, started = pictures.frames, time.perf_counter()
    run_for(MINUTES * 60 / 2)
    rate = (pictures.frames - frames) / (time.perf_counter() - started)
    calm = ticks.rows("")
    program.context.jobs.start("retrain", {})
    run_for(MINUTES * 60 / 2)
    first = next(answer.arrived_s for answer in answers if answer.is_genre)
    rows = [
        Row("memory growth of the window's process", (process.memory_info().rss - before) / 2**20, "MiB", target="≤ 20 MiB"),
        Row("dropouts (xruns)", page.listener.capture.xruns - xruns, "", target="0"),
        Row("pictures a second", rate, "/s", target="≥ 30 /s"),
        *calm,
        *ticks.rows(" while a retrain runs"),
        *cost_rows(answers),
        Row("from Listen to the first answer", first, "s", target="≤ 6 s", note="music was playing already"),
    ]  # fmt: skip
    program.close()  # not the window's own close, which would ask whether to stop the retrain
    return rows


class Noted(NamedTuple):
    """A reading: seconds since Listen, the worker's time for it by processor and clock, whether it names a genre."""

    arrived_s: float
    work_ms: float
    elapsed_ms: float
    is_genre: bool


def listen_to(listener: LiveListener) -> list[Noted]:
    """Every reading from now on."""
    answers: list[Noted] = []
    began, show = time.perf_counter(), listener._show

    def noted(reading: LiveReading) -> None:
        arrived_s = time.perf_counter() - began
        answers.append(Noted(arrived_s, reading.work_ms, reading.elapsed_ms, bool(reading.probabilities)))
        show(reading)

    listener._show = noted  # type: ignore[method-assign]
    return answers


def cost_rows(answers: list[Noted]) -> list[Row]:
    """What an answer takes of the worker."""
    work, wall = [answer.work_ms for answer in answers], [answer.elapsed_ms for answer in answers]
    return [
        Row("work of the worker for one answer, processor time", statistics.median(work), "ms", target="≤ 60 ms",
            note=f"median of {len(work)} in {MINUTES:g} min; longest {max(work):.0f} ms"),
        Row("the same by the clock, as others use the computer too", statistics.median(wall), "ms",
            note=f"longest {max(wall):.0f} ms"),
    ]  # fmt: skip


def measure() -> list[Row]:
    environment.set_up()
    over = threading.Event()
    with tempfile.TemporaryDirectory() as name, screen(), running_server() as server:
        player = jukebox(server, Path(name), over)
        beside: list[Row] = []
        try:
            with bare_loop(beside):
                rows = listen(Home(Path(name) / "home").create())
            return [*rows, *beside]
        finally:
            over.set()
            player.join()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, help="everything at once for so long")
    parser.add_argument("--folder", type=Path, help="record that run here (default: a new folder)")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="print the report of such a run")
    arguments = parser.parse_args()
    if arguments.report is not None:
        from benchmarks.endurance import judge
        from benchmarks.endurance.records import RunFolder

        print(judge.report(RunFolder(arguments.report.absolute())))
    elif arguments.hours is not None:
        from benchmarks.endurance import run

        run.main(arguments.hours, arguments.folder)
    else:
        print(as_markdown(TITLE, measure()))


if __name__ == "__main__":
    main()
