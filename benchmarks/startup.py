"""From process start to window, to first answer, and to a warm answer; medians of five starts."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.report import Row, as_markdown
from genre_desktop.audio.decode import read
from genre_desktop.core.paths import shipped
from tools.screenshots import screen

TITLE = "Start-up"
RUNS = 5


def clip(folder: Path, name: str) -> Path:
    """Thirty seconds of the demo clip, flac as a person would drop it."""
    samples = np.resize(read(str(shipped("resources", "demo.flac"))).samples, 30 * 22050)
    path = folder / name
    soundfile.write(path, samples, 22050)
    return path


def one_start(home: Path, first: Path, second: Path) -> dict[str, float]:
    """Seconds to ``window``, ``first`` answer, and ``warm`` answer after its drop."""
    command = [sys.executable, "-m", "benchmarks.startup_probe", str(home), str(first), str(second)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    figures: dict[str, float] = json.loads(output.splitlines()[-1])
    return figures


def measure() -> list[Row]:
    """Five counted starts after one that fills caches; each on the same home, as a person's second day."""
    with tempfile.TemporaryDirectory() as name, screen():
        folder = Path(name)
        first, second = clip(folder, "first.flac"), clip(folder, "second.flac")
        one_start(folder / "home", first, second)
        runs = [one_start(folder / "home", first, second) for _ in range(RUNS)]
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    return [
        Row("window visible", middle["window"], "s", target="≤ 1.2 s"),
        Row("first answer, from process start", middle["first"], "s", target="≤ 4 s", note="30 s clip given at launch"),
        Row("answer for a clip dropped when warm", middle["warm"] * 1000, "ms", target="≤ 400 ms", note="with spectrogram"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
