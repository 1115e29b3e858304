"""One file of ten hours in the real program: memory and time of the worker, cancelling, the timeline in the window.

``LONG_FILE_HOURS`` shortens it.
"""

from __future__ import annotations

import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import psutil

from benchmarks.report import Row, as_markdown
from benchmarks.timer_jitter import WindowTicks, bare_loop
from genre_desktop import environment
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.paths import Home
from genre_desktop.core.types import Segment
from tools.screenshots import screen
from tools.synthetic_audio import music, voice, write

if TYPE_CHECKING:
    from genre_desktop.ui.application import Application

HOURS = float(os.environ.get("LONG_FILE_HOURS", "10"))
TITLE = f"A file of {HOURS:g} hours"
CANCELLED = 9
"""Times that the analysis is cancelled."""

RunFor = Callable[..., None]


def make_file(path: Path) -> Path:
    """Write an mp3 of music with two minutes of speech and noise in every five."""
    rate = 44_100
    noise = np.random.default_rng(0).normal(0, 0.1, (30 * rate, 2)).astype(np.float32)
    speech = np.repeat(voice(90.0, rate), 2, axis=1)
    parts = [write(path.with_suffix(f".{n}.mp3"), signal, rate, options={"write_xing": "0"}) for n, signal in
             enumerate((music(180.0, rate), speech, noise))]  # fmt: skip
    cycle = b"".join(part.read_bytes() for part in parts)
    with path.open("wb") as file:
        for _ in range(math.ceil(HOURS * 12)):
            file.write(cycle)
    return path


class Mark(NamedTuple):
    """How much of the file was analysed, the worker's processor time (s) and memory (MiB)."""

    fraction: float
    work: float
    megabytes: float


def analysed(program: Application, run_for: RunFor, path: Path) -> tuple[ResultRow, list[Mark]]:
    """Drop the file on the window and wait for its answer; what the worker needed on the way."""
    session = program.context.session
    worker = the_worker(program)
    marks: list[Mark] = []

    def note(row: ResultRow) -> None:
        if row.fraction is not None and (not marks or row.fraction - marks[-1].fraction >= 0.002):
            times = worker.cpu_times()
            marks.append(Mark(row.fraction, times.user + times.system, worker.memory_info().rss / 2**20))

    session.row_changed.connect(note)
    program.window.open_paths([path])
    run_for(1)
    run_for(3600 * HOURS, lambda: not session.busy)
    session.row_changed.disconnect(note)
    row = session.row_of(path)
    assert row is not None
    assert row.state is State.DONE, row
    return row, marks


def the_worker(program: Application) -> psutil.Process:
    assert program.host is not None
    return psutil.Process(program.host.status().workers[0].pid)


def worker_rows(row: ResultRow, marks: list[Mark]) -> list[Row]:
    assert row.answer is not None
    hours = row.answer.duration_s / 3600
    fifth = len(marks) // 5
    first = (marks[fifth].work - marks[0].work) / (marks[fifth].fraction - marks[0].fraction) / hours
    last = (marks[-1].work - marks[-fifth].work) / (marks[-1].fraction - marks[-fifth].fraction) / hours
    return [
        Row("highest memory of the worker", max(mark.megabytes for mark in marks), "MiB", target="≤ 300 MiB"),
        Row("processor time for an hour of sound, first fifth", first, "s", note=f"{hours:.1f} h in all"),
        Row("processor time for an hour of sound, last fifth", last, "s", last / first, "constant"),
        Row("by the clock for all of it", row.answer.elapsed_ms / 1000, "s"),
    ]


def cancelled(program: Application, run_for: RunFor, row: ResultRow) -> Row:
    """How long the worker needs to be free after the user cancels."""
    session, host, taken = program.context.session, program.host, []
    assert host is not None
    pid = the_worker(program).pid
    for attempt in range(CANCELLED):
        session.reanalyse([row])
        run_for(2 + attempt * 0.31)
        asked = time.perf_counter()
        session.cancel()
        while host.status().workers[0].state != "idle":
            time.sleep(0.001)
        taken.append(time.perf_counter() - asked)
        run_for(0.2)
    assert the_worker(program).pid == pid, "the worker had to be killed"
    return Row("cancelled: until the worker is free", statistics.median(taken) * 1000, "ms", target="≤ 200 ms",
               note=f"median of {len(taken)}, worst {max(taken) * 1000:.0f} ms")  # fmt: skip


def timeline_rows(program: Application, run_for: RunFor, row: ResultRow) -> list[Row]:
    """Ticks while the timeline is drawn: shown, zoomed, played, and with a change at every window."""
    page = program.window.analyse
    panel, strip = page.panel, page.panel.strip
    assert row.answer is not None
    hours, rows = row.answer.duration_s, []
    segments = len(strip.segments)
    ticks = WindowTicks()
    for factor in (0.5, 0.5, 0.5, 2.0, None):
        panel.zoom(factor)
        run_for(0.3)
    for second in np.linspace(0, hours, 60):
        panel.show_cursor(float(second))
        run_for(1 / 30)
    rows += ticks.rows(f" while a timeline of {segments} stretches is zoomed and played")
    many = [
        Segment(s, s + 15.0, ("rock", "jazz")[n % 2], 0.5)
        for n, s in enumerate(np.arange(0.0, hours, 15.0).tolist())
    ]
    strip.show_segments(many)
    for second in np.linspace(0, hours, 60):
        panel.show_cursor(float(second))
        run_for(1 / 30)
    started = time.thread_time()
    for _ in range(10):
        strip.repaint()
    paint = (time.thread_time() - started) / 10
    rows += ticks.rows(f" while one of {len(many)} stretches is")
    return [*rows, Row(f"painting {len(many)} stretches once", paint * 1000, "ms", note="processor time")]


def measure() -> list[Row]:
    from benchmarks.soak import opened

    environment.set_up()
    beside: list[Row] = []
    with tempfile.TemporaryDirectory() as name, screen(), bare_loop(beside):
        path = make_file(Path(name) / "long.mp3")
        program, run_for = opened(Home(Path(name) / "home").create())
        run_for(5)
        ticks = WindowTicks()
        row, marks = analysed(program, run_for, path)
        rows = [*worker_rows(row, marks), *ticks.rows(" while it is analysed and first drawn")]
        rows += timeline_rows(program, run_for, row)
        rows.append(cancelled(program, run_for, row))
        program.close()
    return [*rows, *beside]


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
