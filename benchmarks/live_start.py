"""From the Listen button to the first sound and the first answer, with a virtual microphone that plays music.

Medians of runs in one window, whose workers are warm; needs PulseAudio.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.report import Row, as_markdown
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import Home, shipped
from tools.pulse_server import running_server

TITLE = "Live start"
RUNS = 5
PATIENCE_S = 120.0


def music(folder: Path) -> Path:
    """Two minutes of the demo clip."""
    samples = np.resize(read(str(shipped("resources", "demo.flac"))).samples, 120 * 22050)
    path = folder / "music.wav"
    soundfile.write(path, samples, 22050)
    return path


def measure() -> list[Row]:
    """Listen several times; the first run of a window includes what is loaded once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from genre_desktop.ui.application import Application, make_application

    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        app = make_application()
        program = Application(app, Home(Path(folder) / "home").create())
        program.show()
        ready: list[object] = []
        program.context.client.ready.connect(ready.append)

        def wait_for(condition: Callable[[], object]) -> None:
            deadline = time.monotonic() + PATIENCE_S
            while not condition():
                if time.monotonic() > deadline:
                    raise TimeoutError("the window did not get as far as expected")
                app.processEvents()
                time.sleep(0.005)

        wait_for(lambda: ready)
        player = server.play(music(Path(folder)))
        listener = program.window.live.listener
        moments: dict[str, float] = {}
        listener.began.connect(lambda _rate: moments.setdefault("sound", time.perf_counter()))
        listener.answered.connect(
            lambda answer: (
                moments.setdefault("answer", time.perf_counter())
                if answer.top and "sound" in moments
                else None
            )
        )
        runs: list[tuple[float, float]] = []
        for _ in range(RUNS + 1):
            moments.clear()
            started = time.perf_counter()
            listener.start()
            wait_for(lambda: "answer" in moments)
            runs.append((moments["sound"] - started, moments["answer"] - started))
            listener.stop()
            wait_for(lambda: not listener.listening)
        player.kill()
        program.close()
    rows = [
        Row("first time in a window: first sound", runs[0][0], "s"),
        Row("first time in a window: first answer", runs[0][1], "s", target="3.5 s"),
    ]
    for place, what in enumerate(("first sound", "first answer")):
        found = [run[place] for run in runs[1:]]
        note = f"{min(found):.2f} to {max(found):.2f} s"
        rows.append(Row(what, statistics.median(found), "s", target="3.5 s" if place else "", note=note))
    return rows


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
