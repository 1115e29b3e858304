"""How late the window's 10 ms timer fires while a model is trained beside it.

``TICKS_MINUTES`` sets how long it takes.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.report import Row, as_markdown
from benchmarks.soak import opened
from benchmarks.timer_jitter import WindowTicks, bare_loop
from genre_desktop import environment
from genre_desktop.core.paths import Home
from tools.screenshots import screen

TITLE = "The window while a model is trained"
MINUTES = float(os.environ.get("TICKS_MINUTES", "1.5"))


def training(home: Home) -> list[Row]:
    """The window's ticks from a retrain's start on."""
    program, run_for = opened(home)
    program.window.show_page("models")
    run_for(10)
    program.context.jobs.start("retrain", {})
    ticks = WindowTicks()
    run_for(MINUTES * 60)
    trained = bool(program.context.jobs.running())
    program.close()
    return [
        *ticks.rows(" while a retrain runs"),
        Row("still training at the end", trained, "", note="1: yes"),
    ]


def measure() -> list[Row]:
    environment.set_up()
    with tempfile.TemporaryDirectory() as name, screen():
        beside: list[Row] = []
        with bare_loop(beside):
            rows = training(Home(Path(name) / "home").create())
        return [*rows, *beside]


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
