"""From process start to window, to first answer, and to a warm answer; medians of five starts.

Each start is followed by one of a bare Qt window, with which the window is compared. ``benchmarks/startup_check.py`` fails
when that ratio has grown.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.report import Row, as_markdown
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult, pack
from genre_desktop.core.types import Analysis, Answer, GenreScore, ModelRef
from tools.screenshots import screen

TITLE = "Start-up"
RUNS = 5
MANY = 20_000
BARE = "over a bare Qt window"


def clip(folder: Path) -> Path:
    """Thirty seconds of the demo clip, flac as a user would drop it."""
    samples = np.resize(read(str(shipped("resources", "demo.flac"))).samples, 30 * 22050)
    path = folder / "clip.flac"
    soundfile.write(path, samples, 22050)
    return path


def fill(home: Path) -> None:
    """Fill a home with the results list of a user with a large collection."""
    scores = (GenreScore("jazz", 0.7), GenreScore("blues", 0.3))
    answer = Answer("", "jazz", 0.7, scores, model=ModelRef("genre", "1", "champion"), duration_s=240.0)
    packed = pack(Analysis(answer))
    with closing(Database(Home(home).create().store)) as store:
        rows = (
            StoredResult(n, f"/music/artist/song {n}.mp3", "done", packed, answer) for n in range(1, MANY + 1)
        )
        ResultsListStore(store).change([], rows)


def one_start(home: Path, first: Path, second: Path) -> dict[str, float]:
    """Seconds to ``window``, ``first`` answer, and ``warm`` answer after its drop; and to a ``bare`` window."""
    seconds = _run("benchmarks.startup_probe", str(home), str(first), str(second))
    return seconds | {"bare": _run("benchmarks.bare_window")["window"]}


def _run(module: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", module, *arguments]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    seconds: dict[str, float] = json.loads(output.splitlines()[-1])
    return seconds


def starts(home: Path, sound: Path) -> dict[str, float]:
    """Medians of the counted starts on one home; each opens and drops files that it does not know yet."""
    runs = []
    for number in range(RUNS + 1):
        pair = [sound.with_name(f"{home.name} {number} {which}.flac") for which in ("first", "second")]
        for path in pair:
            shutil.copy(sound, path)
        runs.append(one_start(home, *pair))
    return {key: statistics.median(run[key] for run in runs[1:]) for key in runs[0]}


def measure() -> list[Row]:
    """Five counted starts after one that fills caches; each on the same home, as on a user's second day."""
    with tempfile.TemporaryDirectory() as name, screen():
        folder = Path(name)
        sound = clip(folder)
        middle = starts(folder / "home", sound)
        fill(folder / "large")
        large = starts(folder / "large", sound)
    many = f"{MANY:,} files in the list of last time"
    return [
        Row("a bare Qt window", middle["bare"], "s", 1.0),
        Row("window visible", middle["window"], "s", middle["window"] / middle["bare"], "≤ 0.85 s", BARE),
        Row("first answer, from process start", middle["first"], "s", middle["first"] / middle["bare"],
            note="30 s clip given at launch; over a bare Qt window"),
        Row("answer for a clip dropped when warm", middle["warm"] * 1000, "ms", target="≤ 400 ms", note="with spectrogram"),
        Row("window visible, long list", large["window"], "s", large["window"] / middle["window"], note=many),
        Row("first answer, long list", large["first"], "s", large["first"] / middle["first"], note=many),
    ]  # fmt: skip


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
