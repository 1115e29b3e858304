"""A cluster beside the local pool, a million files through the store, and how far it scales.

``CLUSTER_MILLION`` sets the number of made-up files, ``CLUSTER_TREE`` a folder where their tree is kept; ``SEAM_PAIRS``,
``SEAM_CLIPS``, ``CLUSTER_PAIRS`` and ``CLUSTER_FILES`` make the other parts shorter. Needs Xvfb, and git for the
comparison with the program before the interface of executors.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import batch, cluster_costs, cluster_seam
from benchmarks.cluster_scaling import FileCosts, rows
from benchmarks.report import Row, as_markdown
from genre_desktop import environment
from genre_desktop.core.paths import Home
from tools.screenshots import screen

TITLE = "A cluster"
MILLION = int(os.environ.get("CLUSTER_MILLION", "1000000"))
FEW = 1000


def measure() -> list[Row]:
    environment.set_up()
    with _folder() as folder:
        kind = batch.fill(folder / "clips", cluster_seam.CLIPS)
        found = [*_seam(folder, kind), *_throughput(folder, kind)]
        costs, rows_of_costs = _costs(folder)
        return [*found, *rows_of_costs, *_million(folder), *rows(costs)]


def _seam(folder: Path, kind: str) -> Iterator[Row]:
    seam = cluster_seam.compare(folder, folder / "clips")
    if seam is None:
        return
    yield Row(f"local batch of {cluster_seam.CLIPS} {kind}, {cluster_seam.BEFORE}", seam.before, "s", 1.0)
    yield Row(
        "the same through the interface of executors", seam.now, "s", seam.ratio, "≤ 1.02",
        f"median of {cluster_seam.PAIRS} pairs; processor time {seam.processor_ratio:.3f} ×",
    )  # fmt: skip


def _throughput(folder: Path, kind: str) -> Iterator[Row]:
    found = cluster_costs.throughput(Home(folder / "home of clips"), folder / "clips")
    yield Row(f"local pool, {cluster_costs.WORKERS} workers, {kind}", found.pool, "clips/s", 1.0)
    yield Row(
        f"`local:{cluster_costs.WORKERS}`", found.cluster, "clips/s", found.ratio, "≥ 0.9",
        f"median of {cluster_costs.PAIRS} pairs; {found.seconds_of_a_worker:.3f} s of a worker of the pool per clip",
    )  # fmt: skip


def _costs(folder: Path) -> tuple[FileCosts, list[Row]]:
    with _folder() as tree:
        costs = cluster_costs.costs(Home(folder / "home of made-up files"), tree)
    store = cluster_costs.store_seconds(Home(folder / "home of answers"))
    song = cluster_costs.song_seconds(Home(folder / "home of songs"), folder / "songs")
    wait = cluster_costs.WORKERS / costs.per_second
    return FileCosts(song, costs.scheduler, costs.desktop, store, wait, costs.message_bytes), [
        Row("scheduler, processor time per file", costs.scheduler * 1000, "ms", target="≤ 5 ms",
            note=f"{cluster_costs.FILES:,} made-up files, {cluster_costs.WORKERS} workers"),
        Row("desktop, the same, with search and store", costs.desktop * 1000, "ms"),
        Row("workers, the same, with their nanny", costs.a_worker * 1000, "ms"),
        Row("made-up files through the cluster", costs.per_second, "files/s",
            note=f"a worker gets the next file after {wait * 1000:.0f} ms"),
        Row("task and reply", costs.message_bytes / 1000, "kB"),
        Row("store, processor time per answer", store * 1000, "ms", note="in groups, as an executor of a cluster does"),
        Row("a song of four minutes, processor time of a worker", song, "s"),
    ]  # fmt: skip


def _million(folder: Path) -> list[Row]:
    home, few = folder / "home of a million", folder / "home of a few"
    found = _stored(home, MILLION, Path(os.environ.get("CLUSTER_TREE", str(folder / "a million"))))
    _stored(few, FEW, folder / "a few")
    return [
        Row(f"{MILLION:,} made-up files, found and stored", found["files"] / found["seconds"], "files/s",
            note=f"{found['seconds']:.0f} s; predictions, rows of the batch and of the list; at most "
            f"{found['held']:.0f} files held; then {found['closing']:.0f} s to delete the rows of the batch"),
        Row("memory after a tenth", found["tenth"], "MB", 1.0),
        Row("memory at the end", found["end"], "MB", found["end"] / found["tenth"], "≤ 1.1",
            f"at most {found['most']:.1f} MB"),
        Row("store file", found["store"] / 1000, "GB"),
        *_window(home, few),
    ]  # fmt: skip


def _stored(home: Path, number: int, tree: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.cluster_million", str(home), str(number), str(tree)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(output))


def _opened(home: Path) -> dict[str, float]:
    """Open the window; the first start registers the models, and is not measured."""
    command = [sys.executable, "-m", "benchmarks.large_library_probe", str(home), ""]
    for steps in (["nothing"], ["search", "filter", "sort", "export"]):
        output = subprocess.run([*command, *steps], check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(output.splitlines()[-1]))


def _window(home: Path, few: Path) -> list[Row]:
    """Open the window with the list of a million, and with one of a few for comparison."""
    with screen():
        small, found = _opened(few), _opened(home)
    assert found["rows"] == found["exported"] == MILLION, found
    name = f"with {MILLION:,} rows"

    def blocked(key: str, what: str, target: str = "") -> Row:
        note = f"own work {found[f'{key}: worked']:.0f} ms"
        return Row(f"window blocked: {what}, {name}", found[f"{key}: late"], "ms", target=target, note=note)

    return [
        Row(f"window visible, with {FEW:,} rows", small["window"], "s", 1.0),
        Row(f"window visible, {name}", found["window"], "s", found["window"] / small["window"], "≤ 1.3 s"),
        Row("first page of the list, after the window", found["first page"], "s"),
        Row("whole list, after the window", found["restored"], "s"),
        blocked("filter", "filter by genre, tag, state", "≤ 300 ms"),
        blocked("search", "search, each key typed"),
        blocked("sort", "sort, slowest column"),
        blocked("export", "export"),
        Row(f"CSV export {name}", found["export"], "s"),
        Row("memory of the window's process", found["memory"], "MiB"),
        Row("memory of the window's process after the export", found["memory at the end"], "MiB"),
    ]


@contextmanager
def _folder() -> Iterator[Path]:
    name = tempfile.mkdtemp()
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)


if __name__ == "__main__":
    print(as_markdown(TITLE, measure()))
