"""How late the window's 10 ms timer fires while a model is trained beside it; and without any window.

``TICKS_MINUTES`` sets how long each takes. The second tells what the computer itself costs.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row, as_markdown
from benchmarks.soak import TICK_S, Ticks, opened
from genre_desktop import early
from genre_desktop.core.paths import Home
from tools.screenshots import screen

TITLE = "The window while a model is trained"
MINUTES = float(os.environ.get("TICKS_MINUTES", "1.5"))


def nobody() -> Row:
    """A bare loop that sleeps as long as a tick: what this computer makes late by itself."""
    late, last = [], time.perf_counter()
    until = last + MINUTES * 60
    while last < until:
        time.sleep(TICK_S)
        now = time.perf_counter()
        late.append((now - last - TICK_S) * 1000)
        last = now
    over = sum(each > 50 for each in late)
    return Row("latest tick of a bare loop, nothing else running", max(late), "ms", note=f"{over} over 50 ms")


def training(home: Home) -> list[Row]:
    """The window's ticks from a retrain's start on."""
    program, run_for = opened(home)
    program.window.show_page("models")
    run_for(10)
    program.context.jobs.start("retrain", {})
    ticks = Ticks()
    run_for(MINUTES * 60)
    trained = bool(program.context.jobs.running())
    program.close()
    return [
        *ticks.rows(" while a retrain runs"),
        Row("still training at the end", trained, "", note="1: yes"),
    ]


def measure() -> list[Row]:
    early.set_up()
    with tempfile.TemporaryDirectory() as name, screen():
        return [nobody(), *training(Home(Path(name) / "home").create())]


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
