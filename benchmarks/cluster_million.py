"""A million made-up files through the real store: ``python -m benchmarks.cluster_million HOME FILES [TREE]``.

The files are found in a tree, submitted, answered at once (:mod:`.made_up`), and stored as predictions, as rows of the
batch and as rows of the window's list. Prints what was measured as one JSON line.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil

from benchmarks.made_up import InstantExecutor
from genre_desktop import environment
from genre_desktop.core.paths import Home
from genre_desktop.core.store.batch_checkpoints import BatchRequest
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.jobs.batch.checkpoint import BatchCheckpoint
from genre_desktop.jobs.batch.runner import Batch, BatchResult, in_order

ALBUM, ALBUMS = 10, 5
"""Files in an album, and albums of an artist."""

_LISTED = 500
"""Rows of the list written at a time."""


def make_tree(top: Path, number: int) -> None:
    """Make ``number`` empty files ARTIST/ALBUM/SONG."""
    for album in range(-(-number // ALBUM)):
        folder = top / f"artist {album // ALBUMS:06}" / f"album {album % ALBUMS}"
        folder.mkdir(parents=True)
        for song in range(album * ALBUM, min((album + 1) * ALBUM, number)):
            (folder / f"{song % ALBUM:02} song {song:07}.mp3").touch()


def run(home: Home, tree: Path, number: int) -> dict[str, float]:
    """Analyse the tree; return seconds, files a second, and memory (MB) on the way and at its most."""
    request = BatchRequest((str(tree),), recursive=True)
    memory: list[float] = []
    held = 0
    with closing(Database(home.create().store)) as database, InstantExecutor(home) as executor:
        batch = Batch(executor, request, BatchCheckpoint(home, database, request, resume=False))
        started, took = time.perf_counter(), 0.0
        for count in _listed(database, in_order(batch.run())):
            if count * 100 // number > len(memory):
                progress = batch.progress()
                held = max(held, progress.found - progress.done)
                memory.append(_megabytes())
                took = time.perf_counter() - started
        assert count == number, count
        whole = time.perf_counter() - started
        connection = database.connection
        stored = connection.execute("SELECT count(*), count(DISTINCT path) FROM predictions").fetchone()
        assert tuple(stored) == (number, number), tuple(stored)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {
        "files": number, "seconds": took, "closing": whole - took, "held": held, "tenth": max(memory[8:11]),
        "end": max(memory[-10:]), "most": max(memory), "store": home.store.stat().st_size / 1e6,
    }  # fmt: skip


def _listed(database: Database, results: Iterator[BatchResult]) -> Iterator[int]:
    """Write results to the window's list; yield how many have come."""
    listing, rows = ResultsListStore(database), []
    for count, done in enumerate(results, 1):
        answer = done.analysis.answer
        rows.append(StoredResult(count, done.path, "done", b"", answer, done.analysis.prediction_id))
        if len(rows) == _LISTED:
            listing.change([], rows)
            rows = []
        yield count
    listing.change([], rows)


def _megabytes() -> float:
    return float(psutil.Process().memory_full_info().uss) / 1e6


def main() -> None:
    home, number = Home(Path(sys.argv[1])), int(sys.argv[2])
    environment.set_up()
    tree = Path(sys.argv[3]) if len(sys.argv) > 3 else home.root / "songs"
    if not tree.exists():
        make_tree(tree, number)
    print(json.dumps(run(home, tree, number)))


if __name__ == "__main__":
    os.environ["PYTHONHASHSEED"] = "0"
    main()
