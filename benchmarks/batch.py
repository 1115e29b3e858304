"""A folder of 1000 clips of 30 s: several workers against one, and whether memory stays flat."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import soundfile

from benchmarks.report import Row
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.jobs.batch.checkpoint import NullCheckpoint
from genre_desktop.jobs.batch.runner import Batch
from genre_desktop.jobs.messages import Ready
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.ml.data.gtzan_tables import shared_folder

TITLE = "A folder of 1000 clips"
CLIPS = int(os.environ.get("BATCH_CLIPS", "1000"))
ALONE = max(CLIPS // 5, 10)
"""Clips for the run with one worker: enough for a rate."""

_SHARED = shared_folder()


def measure() -> list[Row]:
    cores = min(os.cpu_count() or 1, 4)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many, few = folder / "many", folder / "few"
        kind = fill(many, CLIPS)
        fill(few, ALONE)
        home = Home(folder / "home").create()
        run(home, few, 1)  # first run: registers the starter models, fills caches
        alone, _ = run(home, few, 1)
        rate, megabytes = run(home, many, cores)
    quarter, whole = megabytes[len(megabytes) // 4], megabytes[-1]
    return [
        Row(f"one worker ({ALONE} {kind})", alone, "clips/s", 1.0),
        Row(f"{cores} workers ({CLIPS} {kind})", rate, "clips/s", rate / alone, ">= 3 on 4 cores"),
        Row("memory of all workers after a quarter", quarter, "MB"),
        Row("memory of all workers at the end", whole, "MB", whole / quarter, "<= 1.1"),
    ]


def run(home: Home, folder: Path, workers: int) -> tuple[float, list[float]]:
    """Clips a second from the moment the first worker is warm, and the workers' memory on the way (MB)."""
    warm: list[float] = []

    def on_event(event: object) -> None:
        if isinstance(event, Ready):
            warm.append(time.perf_counter())

    megabytes: list[float] = []
    with WorkerPool(home, on_event, workers) as host:
        batch = Batch(host, BatchRequest((str(folder),)), NullCheckpoint(), "measure")
        for number, done in enumerate(batch.run(), 1):
            assert done.analysis.answer.ok, done.analysis.answer.error
            if number % 10 == 0:
                megabytes.append(sum(memory(worker.pid) for worker in host.status().workers))
        return number / (time.perf_counter() - warm[0]), megabytes


def memory(pid: int) -> float:
    try:
        return psutil.Process(pid).memory_info().rss / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def fill(folder: Path, number: int) -> str:
    """Link ``number`` clips into a new folder and return their description."""
    folder.mkdir()
    for count, clip in zip(range(number), clips(folder), strict=False):
        link = folder / f"{count:04}{clip.suffix}"
        try:
            link.symlink_to(clip)
        except OSError:  # Windows, without the right to make links
            link.hardlink_to(clip)
    return "GTZAN clips" if _SHARED.exists() else "clips of noise"


def clips(folder: Path) -> Iterator[Path]:
    """Clips of 30 s, over and over."""
    found = sorted((_SHARED / "gtzan_mini").rglob("*.flac")) or [noise(folder.with_suffix(".flac"))]
    while True:
        yield from found


def noise(path: Path) -> Path:
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, 30 * 22050), 22050)
    return path
