"""A table of 100,000 rows through the real command line: ``import``, then ``train`` with every family.

Rows are drawn around the shipped reference clips, so that they can be learned, with the columns of signal
processing alone (``signal``) and with the music encoder's beside them (``encoded``). Ten thousand rows first:
the ratio of a row is the growth from there. ``LARGE_ROWS`` changes the number; ``LARGE_TRAIN=0`` imports only.

``python -m benchmarks.large_training FILE.csv ROWS [signal|encoded]`` only writes a table.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from benchmarks.report import Row
from genre_desktop.core.paths import Home
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.features.schema import NAMES, SIGNAL_NAMES

TITLE = "A library of 100,000 rows: import and training"
ROWS = int(os.environ.get("LARGE_ROWS", "100000"))
FEW = ROWS // 10
TRIALS = 3
TRAINS = os.environ.get("LARGE_TRAIN", "1") != "0"
KINDS = {"signal": SIGNAL_NAMES, "encoded": NAMES}

_ARTIST = 20
"""Rows of one artist, who has a sound of their own."""
_OWN_SOUND, _NOISE, _WRONG = 0.5, 0.6, 0.1
"""Spread of the artists and of the rows, in standard deviations of a column; share of wrong labels."""
_RARER = 0.8
"""Each genre has this many rows for each of the one before it: collections are uneven."""
_CHUNK = 5000
_LOOK_S = 0.5


def measure() -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for kind in KINDS:
            few, many = (_import(Path(name), kind, n) for n in (FEW, ROWS))
            limit = "<= 120 s" if ROWS == 100_000 else ""
            rows += _rows(f"import, {len(KINDS[kind])} columns", few, many, limit)
        if TRAINS:
            few, many = (_train(Path(name), "encoded", n) for n in (FEW, ROWS))
            limits = ("<= 1200 s", "<= 2500 MB") if ROWS == 100_000 else ()
            rows += _rows(f"train, every family, {TRIALS} trials, {len(NAMES)} columns", few, many, *limits)
    return rows


def _rows(what: str, few: Usage, many: Usage, seconds: str = "", memory: str = "") -> list[Row]:
    growth = f"ratio: to {FEW} rows"
    return [
        Row(f"{what}, {ROWS} rows", many.seconds, "s", many.seconds / few.seconds, seconds, growth),
        Row("… processor time", many.processor_s, "s", many.processor_s / few.processor_s),
        Row(
            "… highest memory of all processes", many.megabytes, "MB", many.megabytes / few.megabytes, memory
        ),
    ]


def _import(folder: Path, kind: str, n: int) -> Usage:
    path = folder / f"{kind}-{n}.csv"
    write_table(path, n, kind)
    usage = command(Home(folder / f"home-{kind}-{n}"), "import", str(path))
    path.unlink()
    return usage


def _train(folder: Path, kind: str, n: int) -> Usage:
    return command(Home(folder / f"home-{kind}-{n}"), "train", "--trials", str(TRIALS))


@dataclass(frozen=True)
class Usage:
    """What a command took, with the processes that it started; ``megabytes`` at its highest, shared pages counted once."""

    seconds: float
    processor_s: float
    megabytes: float


def command(home: Home, *arguments: str) -> Usage:
    """Run a command of the program on ``home`` in a process of its own."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    call = [sys.executable, "-m", "genre_desktop", "--home", str(home.root), *arguments]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL) as process:
        highest: list[float] = [0.0]
        over = threading.Event()
        looks = threading.Thread(target=_watch, args=(process.pid, highest, over))
        looks.start()
        process.wait()
        over.set()
        looks.join()
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Usage(seconds, processor, highest[0])


def _watch(pid: int, highest: list[float], over: threading.Event) -> None:
    while not over.wait(_LOOK_S):
        highest[0] = max(highest[0], tree_megabytes(pid))


def tree_megabytes(pid: int) -> float:
    """Memory of a process and its descendants in MB."""
    try:
        process = psutil.Process(pid)
        tree = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    total = 0
    for one in tree:
        try:
            found = one.memory_full_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        total += getattr(found, "pss", 0) or found.uss
    return total / 1e6


def write_table(path: Path, n: int, kind: str, seed: int = 0) -> None:
    """Write a table of ``n`` rows; equal arguments give equal bytes."""
    columns = KINDS[kind]
    rng = np.random.default_rng(seed)
    clips = [clip for clip in reference_dataset.load() if np.isfinite(clip.features).all()]
    known = np.vstack([clip.features for clip in clips])[:, : len(columns)]
    labels = np.repeat([clip.label for clip in clips], [len(clip.features) for clip in clips])
    spread = known.std(axis=0)
    genres = sorted(set(labels.tolist()))
    shares = _RARER ** np.arange(len(genres))
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["filename", "artist", "label", *columns]) + "\n")
        line = "clip %d,artist %d,%s" + ",%.6g" * len(columns) + "\n"
        for start in range(0, n, _CHUNK):
            number = np.arange(start, min(start + _CHUNK, n))
            artist, index = np.unique(number // _ARTIST, return_inverse=True)
            of_artist = rng.choice(genres, len(artist), p=shares / shares.sum())
            own = rng.normal(scale=_OWN_SOUND, size=(len(artist), len(columns)))[index]
            base = np.stack(
                [known[rng.choice(np.flatnonzero(labels == g), 2)].mean(0) for g in of_artist[index]]
            )
            X = base + spread * (own + rng.normal(scale=_NOISE, size=base.shape))
            stated = np.where(
                rng.random(len(number)) < _WRONG, rng.choice(genres, len(number)), of_artist[index]
            )
            for i, row in enumerate(X.tolist()):
                file.write(line % (number[i], artist[index[i]], stated[i], *row))


if __name__ == "__main__":
    write_table(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "encoded")
