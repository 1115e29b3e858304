"""Files damaged in six ways: how many of those that lost more than 0.6 s of 8 s are answered without a warning."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.report import Row
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.errors import AppError
from tools import damage
from tools.synthetic_audio import music, write

TITLE = "Damaged files"
SECONDS = 8.0
RATE = 48_000
LOST_S = 0.6
EACH = {
    ".ogg": 200,
    ".opus": 200,
    ".flac": 50,
    ".mp3": 50,
    ".m4a": 50,
    ".wma": 50,
    ".avi": 50,
    ".mkv": 50,
    ".webm": 50,
}
"""Copies of each kind of damage."""


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        for suffix, each in EACH.items():
            yield row(Path(name), suffix, each)


def row(folder: Path, suffix: str, each: int) -> Row:
    """Damage one format in every way."""
    song, path = _song(folder / f"song{suffix}").read_bytes(), folder / f"damaged{suffix}"
    counts: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for kind, change in damage.KINDS.items():
        for number in range(each):
            path.write_bytes(change(song, random.Random(f"{suffix}{kind}{number}")))
            outcome = _outcome(path)
            counts[outcome] += 1
            silent[kind] += outcome == "silent"
    lost = counts["silent"] + counts["warned"]
    kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in silent.items() if count)
    note = f"{counts.total()} files: {counts['refused']} refused, {lost} lost more than {LOST_S} s"
    return Row(
        f"{suffix} that lost sound without a warning",
        counts["silent"],
        "files",
        target="0",
        note=f"{note}; {kinds}".rstrip("; "),
    )


def _outcome(path: Path) -> str:
    try:
        found = read(path)
    except AppError:
        return "refused"
    if abs(SECONDS - found.duration_s) <= LOST_S:
        return "whole"
    return "warned" if found.warnings else "silent"


def _song(path: Path) -> Path:
    signal = music(SECONDS, RATE)
    if path.suffix != ".ogg":
        return write(path, signal, RATE)
    with soundfile.SoundFile(path, "w", RATE, 2, format="OGG", subtype="VORBIS") as file:
        for piece in np.array_split(signal, 50):  # libsndfile crashes on long pieces
            file.write(piece)
    return path
