"""What the decoder process costs: songs of a batch with it and without it, in pairs, and the first answer."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import soundfile

from benchmarks.report import Row
from genre_desktop.audio.sandbox import pool, protocol
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from tools.synthetic_audio import music, write

TITLE = "Reading files in a sandbox"
SECONDS = 240
PAIRS = 6
STARTS = 5


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home(folder / "home").create()
        files = list(songs(folder))
        return [*batch(home, files), *first_answer(home, files[0])]


def songs(folder: Path) -> Iterator[Path]:
    """Songs of four minutes in everyday formats; GENRE_DESKTOP_SONGS names a folder with others."""
    if given := os.environ.get("GENRE_DESKTOP_SONGS"):
        yield from sorted(path for path in Path(given).rglob("*") if path.suffix in (".mp3", ".ogg", ".flac"))
        return
    signal = np.tile(music(30.0), (SECONDS // 30, 1))
    for suffix in (".mp3", ".flac", ".m4a"):
        yield write(folder / f"song{suffix}", signal)
    with soundfile.SoundFile(folder / "song.ogg", "w", 44_100, 2, format="OGG", subtype="VORBIS") as file:
        for start in range(0, len(signal), 8192):  # libsndfile crashes on long pieces
            file.write(signal[start : start + 8192])
    yield folder / "song.ogg"


def batch(home: Home, files: list[Path]) -> Iterator[Row]:
    """All files in this process, as a warm worker does it."""
    resources = ProcessResources(home)
    context = TaskContext(resources)
    operations.warm(context)
    taken: dict[str, list[tuple[float, float]]] = {"auto": [], "off": []}
    for pair in range(PAIRS + 1):
        for mode in ("auto", "off") if pair % 2 else ("off", "auto"):
            pool.use(mode)
            pool.protection()  # its start is not part of a batch
            measured = _seconds(context, files)
            if pair:  # the first fills caches
                taken[mode].append(measured)
    pool.use("auto")
    resources.close()
    for index, what in enumerate(("processor time", "wall clock")):
        sealed, plain = ([pair[index] for pair in taken[mode]] for mode in ("auto", "off"))
        ratio = statistics.median(a / b for a, b in zip(sealed, plain, strict=True))
        target = "≤ 1.03" if index == 0 else ""
        note = f"{len(files)} songs, {PAIRS} pairs"
        yield Row(f"a batch without it, {what}", statistics.median(plain), "s")
        yield Row(f"a batch with it, {what}", statistics.median(sealed), "s", ratio, target, note)


def _seconds(context: TaskContext, files: list[Path]) -> tuple[float, float]:
    started, processor = time.perf_counter(), _processor_s()
    for path in files:
        assert operations.measure(context, AnalyseRequest(str(path))).answer.ok
    return _processor_s() - processor, time.perf_counter() - started


def _processor_s() -> float:
    """Processor time of this process and its decoder process."""
    own = time.process_time()
    decoders = (
        child.cpu_times() for child in psutil.Process().children() if protocol.ARGUMENT in child.cmdline()
    )
    return own + sum(times.user + times.system for times in decoders)


def first_answer(home: Home, path: Path) -> Iterator[Row]:
    """``genre-desktop predict FILE`` from its start to its end."""
    settings = Settings.load(home.settings)
    command = [sys.executable, "-m", "genre_desktop", "--home", str(home.root), "predict", str(path)]
    taken: dict[str, list[float]] = {"auto": [], "off": []}
    for number in range(STARTS + 1):
        for mode in ("auto", "off") if number % 2 else ("off", "auto"):
            settings["decoder.sandbox"] = mode
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            if number:
                taken[mode].append(time.perf_counter() - started)
    plain, sealed = statistics.median(taken["off"]), statistics.median(taken["auto"])
    yield Row("predict of one song without it", plain, "s")
    yield Row("predict of one song with it", sealed, "s", sealed / plain)
