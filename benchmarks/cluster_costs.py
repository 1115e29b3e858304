"""What a file costs on a cluster: throughput beside the local pool, and the scheduler, the desktop and the store."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks import made_up
from benchmarks.cluster_million import make_tree
from benchmarks.cluster_seam import processor_time
from genre_desktop.core.errors import AppError
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.store.database import Database
from genre_desktop.core.types import AnalyseRequest, BatchPlace
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint, NullCheckpoint
from genre_desktop.jobs.batch.runner import Batch, in_order
from genre_desktop.jobs.cluster import executor, reachability, worker
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.files import FileStamp
from genre_desktop.jobs.cluster.tasks import FileTask, Reply
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.executor import Executor
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.jobs.workers.process import WorkerLimits

PAIRS = int(os.environ.get("CLUSTER_PAIRS", "10"))
WORKERS = 2
FILES = int(os.environ.get("CLUSTER_FILES", "4000"))
"""Made-up files for the costs of the scheduler and the desktop."""

GROUP = 64


class Throughput(NamedTuple):
    """Clips a second, and the median ratio of cluster to pool."""

    pool: float
    cluster: float
    ratio: float
    seconds_of_a_worker: float


class Costs(NamedTuple):
    """Processor time per file (s) of the processes, files a second with two workers, and bytes sent per file."""

    scheduler: float
    desktop: float
    a_worker: float
    per_second: float
    message_bytes: int


def throughput(home: Home, clips: Path) -> Throughput:
    """Let the local pool and ``local:2`` analyse the same clips in turns."""
    rates: list[tuple[float, float]] = []
    limits = WorkerLimits(idle_s=3600.0)  # both workers stay while the cluster has its turns
    with (
        closing(Database(home.create().store)) as database,
        WorkerPool(home, _ignore, WORKERS, policy=limits) as pool,
    ):
        batch(pool, home, database, clips)  # the registry gets its models
        with executor.ClusterExecutor(home, ClusterOptions(f"local:{WORKERS}")) as cluster:
            batch(cluster, home, database, clips)
            worked, clips_done = 0.0, 0
            for pair in range(PAIRS):
                turns: tuple[Executor, Executor] = (cluster, pool) if pair % 2 else (pool, cluster)
                found = {}
                for each in turns:
                    before = processor_time(_workers()) if each is pool else 0.0
                    found[each] = batch(each, home, database, clips)
                    worked += processor_time(_workers()) - before if each is pool else 0.0
                clips_done += len(list(clips.iterdir()))
                rates.append((found[pool], found[cluster]))
    return Throughput(
        statistics.median(one for one, _ in rates),
        statistics.median(one for _, one in rates),
        statistics.median(on_cluster / in_pool for in_pool, on_cluster in rates),
        worked / clips_done,
    )


def _workers() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def batch(by: Executor, home: Home, database: Database, folder: Path, op: str = "analyse") -> float:
    """Analyse a folder; return files a second."""
    request = BatchRequest((str(folder),), recursive=True)
    checkpoint = BatchCheckpoint(home, database, request, resume=False)
    started, number = time.perf_counter(), 0
    for number, done in enumerate(in_order(Batch(by, request, checkpoint, op).run()), 1):  # noqa: B007
        assert done.analysis.answer.ok, done.analysis.answer.error
    return number / (time.perf_counter() - started)


def costs(home: Home, folder: Path) -> Costs:
    """Send made-up files through a scheduler and workers in processes of their own."""
    made_up.use_on_cluster()
    make_tree(folder / "few", FILES // 20)
    make_tree(folder / "many", FILES)
    options = ClusterOptions(f"tcp://127.0.0.1:{_free_port()}")
    with (
        closing(Database(home.create().store)) as database,
        _process(_scheduler(options.address), dict(os.environ), folder) as scheduler,
        _process(
            worker.command(home, worker.WorkerOptions(options, WORKERS), "127.0.0.1"),
            worker.variables(home, options),
            folder,
        ) as workers,
        _answering(options) as options,
        executor.ClusterExecutor(home, options) as cluster,
    ):
        batch(cluster, home, database, folder / "few", made_up.ANALYSE)
        parties = [[scheduler], [psutil.Process()], [workers, *workers.children(recursive=True)]]
        before = [processor_time(party) for party in parties]
        rate = batch(cluster, home, database, folder / "many", made_up.ANALYSE)
        spent = [
            (processor_time(party) - earlier) / FILES for party, earlier in zip(parties, before, strict=True)
        ]
    return Costs(spent[0], spent[1], spent[2], rate, message_bytes(next((folder / "many").rglob("*.mp3"))))


@contextmanager
def _answering(options: ClusterOptions) -> Iterator[ClusterOptions]:
    """Wait until the scheduler answers."""
    by = time.monotonic() + 60.0
    while True:
        try:
            reachability.reach(options)
        except AppError:
            if time.monotonic() > by:
                raise
            time.sleep(0.1)
        else:
            break
    yield options


def message_bytes(path: Path) -> int:
    """Return the size of a task and its reply."""
    request = AnalyseRequest(str(path), source="batch", place=BatchPlace(1, str(path), "0:0"))
    task = FileTask("x" * 40, "measure", request, FileStamp.of(str(path)))
    return len(pickle.dumps(task)) + len(pickle.dumps(Reply(made_up.made_up(request))))


def store_seconds(home: Home, number: int = 20_000) -> float:
    """Processor time (s) to record an answer, in groups."""
    with closing(ProcessResources(home.create())) as resources:
        context = TaskContext(resources)
        request = BatchRequest(("/songs",))
        checkpoint = BatchCheckpoint(home, resources.database, request, resume=False)
        files = [AnalyseRequest(f"/songs/{n:07}.mp3", source="batch") for n in range(number)]
        files = [replace(file, place=checkpoint.place(file.path, "0:0")) for file in files]
        made_up.write(context, files[:GROUP])
        started = time.process_time()
        for start in range(GROUP, number, GROUP):
            made_up.write(context, files[start : start + GROUP])
        return (time.process_time() - started) / (number - GROUP)


def song_seconds(home: Home, folder: Path) -> float:
    """Processor time (s) of a worker for a song of four minutes."""
    from tools import synthetic_audio

    folder.mkdir()
    for name in ("first", "second"):
        synthetic_audio.write(
            folder / f"{name}.flac", synthetic_audio.music(240.0, 44_100, 2, seed=1), 44_100
        )
    with WorkerPool(home, _ignore, 1) as pool:
        times = []
        for _ in range(2):
            before = processor_time(_workers())
            request = BatchRequest((str(folder),))
            assert all(
                done.analysis.answer.ok for done in Batch(pool, request, NullCheckpoint(), "measure").run()
            )
            times.append((processor_time(_workers()) - before) / 2)
    return times[-1]


def _scheduler(address: str) -> list[str]:
    host, _, port = address.rpartition(":")
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", host, "--port", port]
    return [*command, "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]


@contextmanager
def _process(command: list[str], variables: dict[str, str], folder: Path) -> Iterator[psutil.Process]:
    with (folder / "log").open("ab") as log:
        running = subprocess.Popen(
            command, env=variables, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield psutil.Process(running.pid)
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ignore(event: object) -> None:
    """Do nothing."""
