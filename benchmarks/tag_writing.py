"""Cost of watching a large folder and of writing a tag.

``python -m benchmarks tag_writing``.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row, median_seconds
from genre_desktop.app.files.folder_scanner import FULL_EVERY_S, FolderScanner
from genre_desktop.audio.decoding.content_hash import clip_hash
from genre_desktop.audio.tags import write_tags
from genre_desktop.core.paths import shipped
from genre_desktop.core.store.watched_files import SeenFile

TITLE = "Files: watched folders and tags"

FOLDERS, EACH = 1000, 20
LONG_AGO = 4e9
"""A clock so far ahead that every folder counts as unchanged for long."""


def measure() -> list[Row]:
    """Scan 20,000 files in 1,000 folders; write a tag into the demo clip."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_watching(Path(folder) / "music"), _tagging(Path(folder))]


def _watching(root: Path) -> list[Row]:
    for number in range(FOLDERS):
        (root / f"{number:04}").mkdir(parents=True)
        for song in range(EACH):
            (root / f"{number:04}" / f"{song}.mp3").write_bytes(b"sound")
    eye, clock = FolderScanner(root, {}), itertools.count(1)
    for found in eye.scan(0.0, time.time(), settle=False).fresh:
        eye.mark_seen(found.path, SeenFile(found.stamp))
    eye.scan(1.0, LONG_AGO)

    def whole() -> None:
        eye.scan(1.0 + FULL_EVERY_S * next(clock), LONG_AGO)

    full = median_seconds(whole)
    now = 1.0 + FULL_EVERY_S * next(clock)
    eye.scan(now, LONG_AGO)
    quick = median_seconds(lambda: eye.scan(now, LONG_AGO))
    files = f"{FOLDERS * EACH:,} files in {FOLDERS:,} folders"
    return [
        Row("a look at folders only, every 2 s", 1e3 * quick, "ms", note=files),
        Row("a look at everything, every minute", 1e3 * full, "ms", note=files),
    ]


def _tagging(folder: Path) -> Row:
    song = Path(shutil.copyfile(shipped("resources", "demo.flac"), folder / "song.flac"))
    sound, genres = clip_hash(song), itertools.cycle((["Rock"], ["Jazz"]))
    took = median_seconds(lambda: write_tags(song, next(genres), sound=sound), runs=20)
    note = f"copy, change, hash, replace; {song.stat().st_size / 1e6:.1f} MB"
    return Row("one genre written into a flac file", 1e3 * took, "ms", note=note)
