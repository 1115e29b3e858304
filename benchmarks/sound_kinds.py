"""How often music, speech and noise are taken for each other, on recordings that the detector has not learned from.

    GENRE_DESKTOP_PACKAGES=FOLDER python -m benchmarks sound_kinds

The folder is that of :mod:`tools.sound_material`. Of GTZAN the test part of the artist-disjoint split is held out;
all 296 recordings, most of which the detector has learned from, are in a row of their own. Speech over music at
-6 and 0 dB is not counted as speech, because it is as much music.
"""

from __future__ import annotations

import math
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.report import Row, median_seconds
from genre_desktop.core.types import Kind
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.features.schema import SAMPLE_RATE
from genre_desktop.ml.features.sound_kind import KINDS, classify_window
from tools import train_sound_kinds
from tools.sound_material import Clip, clips, read

TITLE = "Kinds of sound"
WITHOUT = "without the encoder"
RECORDED_SPEECH = ("198-209-0000.ogg", "3436-172162-0000.ogg")
SUMMARIES = ("music: GTZAN all", "music: soundtracks", "speech: all", "speech: clean", "noise: all")
"""Rows that are also measured without the encoder."""
Found = tuple[str, Kind, Kind, Kind]
"""Name of the row, true kind, and the kind found with and without the encoder."""


def wilson(k: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (E. B. Wilson, JASA 22, 1927)."""
    z, p = 1.96, k / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def _material(packages: Path, data: Path) -> Iterator[tuple[tuple[str, ...], Clip]]:
    """Yield each clip with the names of the rows that count it."""
    for clip in clips(packages, "held-out"):
        source = clip.group.partition(":")[0] if clip.kind == "music" else ""
        if clip.kind == "music" and clip.condition == "noisy":
            yield ("music: with noise added",), clip
        elif clip.kind == "music":
            soundtrack = ("music: soundtracks", f"music: {source}")
            yield soundtrack if source != clip.group else ("music: tones and chords",), clip
        elif clip.kind == "speech":
            people = "synthetic" if clip.group.startswith("espeak") else "recorded"
            yield ("speech: all", f"speech: {people}", f"speech: {clip.condition}"), clip
        else:
            yield ("noise: all", f"noise: {clip.group}"), clip
    for name in RECORDED_SPEECH:
        yield ("speech: all", "speech: LibriSpeech"), _mixed(data / "mixed" / name, "speech")
    for path in sorted((data / "mixed").glob("*.ogg")):
        if path.name not in RECORDED_SPEECH:
            bird = "bird" in path.name
            names = ("noise: all", "noise: robin") if bird else ("music: mixed",)
            yield names, _mixed(path, "noise" if bird else "music")
    held_out = set(gtzan_tables.split(data, "test"))
    for clip in train_sound_kinds.gtzan(data, None):
        test = ("music: GTZAN test part",) if clip.condition in held_out else ()
        yield ("music: GTZAN all", *test), clip


def _mixed(path: Path, kind: Kind) -> Clip:
    return Clip(kind, path.stem, "", lambda: read(path)[: 30 * SAMPLE_RATE])


def _classified(packages: Path, data: Path, index: int, count: int) -> list[Found]:
    found: list[Found] = []
    for names, clip in islice(_material(packages, data), index, None, count):
        encoding = train_sound_kinds.encoding(clip.samples)
        kinds = classify_window(clip.samples, encoding), classify_window(clip.samples, None)
        found += [(name, clip.kind, *kinds) for name in names]
    return found


def _rows(found: Iterable[Found]) -> Iterator[Row]:
    counts: dict[str, Counter[Kind]] = defaultdict(Counter)
    truth: dict[str, Kind] = {}
    for name, kind, encoded, plain in found:
        truth[name] = kind
        counts[name][encoded] += 1
        if name in SUMMARIES:
            truth[f"{name}, {WITHOUT}"] = kind
            counts[f"{name}, {WITHOUT}"][plain] += 1
    for name in sorted(counts, key=lambda row: (WITHOUT in row, KINDS.index(truth[row]), row)):
        n, right = counts[name].total(), counts[name][truth[name]]
        low, high = wilson(right, n)
        others = ", ".join(f"{kind} {k}" for kind, k in sorted(counts[name].items()) if kind != truth[name])
        target = {"music": "≥ 99 %", "speech": "≥ 95 %", "noise": ""}[truth[name]]
        note = f"n = {n}, 95 % {100 * low:.1f} to {100 * high:.1f}" + (
            f"; taken for {others}" if others else ""
        )
        yield Row(f"{name}: right", 100 * right / n, "%", target="" if WITHOUT in name else target, note=note)


def measure() -> list[Row]:
    """Classify all clips in two processes, and time one window of 30 s."""
    packages, data = Path(os.environ["GENRE_DESKTOP_PACKAGES"]), gtzan_tables.shared_folder()
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        share = partial(_classified, packages, data, count=workers)
        found = [one for part in pool.map(share, range(workers)) for one in part]
    window = np.random.default_rng(0).normal(scale=0.1, size=30 * SAMPLE_RATE).astype(np.float32)
    encoding = train_sound_kinds.encoding(window)
    cost = 1000 * median_seconds(lambda: classify_window(window, encoding))
    return [*_rows(found), Row("cost of a window of 30 s, features not counted", cost, "ms")]
