"""What the interface of executors costs a local batch: this checkout and an earlier one, side by side.

Each checkout has a process of its own (``python cluster_seam.py HOME CLIPS``), which runs a batch of real clips whenever
it is asked to, so that both are warm and take turns.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

BEFORE = "1455b5d"
"""The last commit before the interface."""

PAIRS = int(os.environ.get("SEAM_PAIRS", "12"))
CLIPS = int(os.environ.get("SEAM_CLIPS", "24"))
WORKERS = 2


class Taken(NamedTuple):
    """Seconds of a batch, and processor time of its processes."""

    seconds: float
    processor: float


class Seam(NamedTuple):
    """Seconds of a batch before and now, and the median of the ratios of pairs."""

    before: float
    now: float
    ratio: float
    processor_ratio: float


def compare(folder: Path, clips: Path) -> Seam | None:
    """Run pairs of batches; None where the earlier commit is not at hand."""
    root = Path(__file__).parents[1]
    with checkout(root, BEFORE, folder / "before") as earlier:
        if earlier is None:
            return None
        with (
            process(earlier, folder / "home before", clips) as before,
            process(root, folder / "home now", clips) as now,
        ):
            taken: list[tuple[Taken, Taken]] = []
            for pair in range(PAIRS + 1):
                if pair % 2:
                    second = batch(now)
                    first = batch(before)
                else:
                    first = batch(before)
                    second = batch(now)
                taken.append((first, second))
    taken = taken[1:]  # the first one warms up
    return Seam(
        statistics.median(first.seconds for first, _ in taken),
        statistics.median(second.seconds for _, second in taken),
        statistics.median(second.seconds / first.seconds for first, second in taken),
        statistics.median(second.processor / first.processor for first, second in taken),
    )


@contextmanager
def checkout(root: Path, commit: str, folder: Path) -> Iterator[Path | None]:
    """Check out a commit into a folder; yield None where git or the commit is missing."""
    command = ["git", "-C", str(root), "worktree", "add", "--detach", str(folder), commit]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        subprocess.run(["git", "-C", str(root), "worktree", "prune"], check=True, capture_output=True)


@contextmanager
def process(root: Path, home: Path, clips: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the program of a checkout."""
    command = [sys.executable, __file__, str(home), str(clips)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        at = Path(json.loads(running.stdout.readline()))
        assert at.is_relative_to(root), at
        try:
            yield running
        finally:
            assert running.stdin is not None
            running.stdin.close()


def batch(running: subprocess.Popen[str]) -> Taken:
    """Run one batch there."""
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write("go\n")
    running.stdin.flush()
    return Taken(*json.loads(running.stdout.readline()))


def main() -> None:
    import genre_desktop
    from genre_desktop import environment
    from genre_desktop.core.paths import Home
    from genre_desktop.core.store.batch_checkpoints import BatchRequest
    from genre_desktop.jobs.batch.checkpoint import NullCheckpoint
    from genre_desktop.jobs.batch.runner import Batch, in_order
    from genre_desktop.jobs.workers.pool import WorkerPool
    from genre_desktop.jobs.workers.process import WorkerLimits

    environment.set_up()
    home, request = Home(Path(sys.argv[1])).create(), BatchRequest((sys.argv[2],))
    print(json.dumps(genre_desktop.__file__), flush=True)
    limits = WorkerLimits(idle_s=3600.0)  # both workers stay while the other process has its turn
    with WorkerPool(home, lambda event: None, WORKERS, policy=limits) as pool:
        for _ in sys.stdin:
            processes = [psutil.Process(), *psutil.Process().children()]
            before, started = processor_time(processes), time.perf_counter()
            done = list(in_order(Batch(pool, request, NullCheckpoint(), "measure").run()))
            seconds = time.perf_counter() - started
            assert all(one.analysis.answer.ok for one in done), done
            processes = [psutil.Process(), *psutil.Process().children()]
            print(json.dumps([seconds, processor_time(processes) - before]), flush=True)


def processor_time(processes: list[psutil.Process]) -> float:
    """Processor time in seconds of processes that run."""
    times = [process.cpu_times() for process in processes]
    return float(sum(one.user + one.system for one in times))


if __name__ == "__main__":
    main()
