"""What the music encoder costs: a clip of 30 s and a song of four minutes, with and without it; one thread.

Decoding is part of both. ``GENRE_DESKTOP_SONG`` names the song; without it, the demo clip is repeated.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import soundfile as sf

from benchmarks.report import Row
from genre_desktop.core.paths import shipped
from genre_desktop.ml.data.folder_import import measure as measure_file
from genre_desktop.ml.data.import_item import ImportItem
from genre_desktop.ml.registry.encoder_store import shipped_file

TITLE = "Music encoder"
RUNS = 7


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        clip, song = _files(Path(folder))
        return [*_rows("clip of 30 s", clip, "≤ 1.9"), *_rows("song of four minutes", song, "≤ 1.3")]


def _files(folder: Path) -> tuple[Path, Path]:
    sound, rate = sf.read(shipped("resources", "demo.flac"), dtype="float32", always_2d=True)
    whole = np.tile(sound, (-(-240 * rate // len(sound)), 1))[: 240 * rate]
    clip, song = folder / "clip.flac", folder / "song.flac"
    sf.write(clip, whole[: 30 * rate], rate)
    sf.write(song, whole, rate)
    named = os.environ.get("GENRE_DESKTOP_SONG")
    return clip, Path(named) if named else song


def _rows(name: str, path: Path, target: str) -> list[Row]:
    """Measure with and without the encoder in turn; the ratio is the median of the pairs' ratios."""
    without, encoded = (
        partial(measure_file, ImportItem(str(path), "song"), e) for e in (None, shipped_file())
    )
    without(), encoded()  # filter banks, the network
    pairs = [(_seconds(without), _seconds(encoded)) for _ in range(RUNS)]
    plain, whole = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    note = "processor time, decoding included"
    return [
        Row(f"{name}: signal columns alone", plain * 1000, "ms", note=note),
        Row(f"{name}: and the encoder", whole * 1000, "ms", ratio, target),
    ]


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
