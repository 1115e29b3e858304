"""Similar clips and the hint "unusual", with and without the encoder's columns.

``python -m benchmarks similarity``. Similar clips: share of a clip's genre among the five nearest clips of other artists,
in the shipped reference, for its 69 clips of the GTZAN test part. Unusual: share of held-out music and of foreign sound
that is flagged, by summaries of the reference's clips of the train and valid parts. Speech is synthesised by espeak-ng, and sound effects are
those of supertuxkart in the folders of ``GENRE_DESKTOP_FREE_MUSIC``; both are left out where they are missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Row
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import Home, shipped
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.explain import comparison_clips, neighbours
from genre_desktop.ml.explain.comparison_clips import ComparisonClips
from genre_desktop.ml.features.schema import ENCODER_NAMES, SAMPLE_RATE, SIGNAL_NAMES
from genre_desktop.ml.inference.predictor import Predictor
from genre_desktop.ml.models import bundle, novelty

TITLE = "Similar clips and unusual sound"
SECONDS = 30
VOICES = ("en", "en+f3", "en-us+m5", "de", "de+f3", "fr", "es+m3", "it+f2")
TEXT = (
    "The morning was cold and the road was empty. We walked for two hours, and then we talked about the weather. "
    * 4
)
Sound = NDArray[np.float32]


def measure() -> list[Row]:
    """Measure neighbours and both error rates of the hint."""
    clips = comparison_clips.reference()
    return [*_neighbours(clips), *_unusual(clips)]


def _neighbours(clips: ComparisonClips) -> Iterator[Row]:
    test = _part(clips, "test")
    signal = replace(clips, X=np.where(np.arange(clips.X.shape[1]) < len(SIGNAL_NAMES), clips.X, np.nan))
    for name, known in (("feature forms", signal), ("embedding", clips)):
        space = neighbours.FeatureSpace.of(known)
        hits = np.array([_same_genre(space, known, place) for place in test])
        genres = clips.labels[test]
        each = float(np.mean([hits[genres == genre].mean() for genre in np.unique(genres)]))
        note = f"mean over the genres {each:.3f}; {len(test)} clips of GTZAN test"
        yield Row(f"five nearest of the same genre, {name}", float(hits.mean()), "", note=note)


def _same_genre(space: neighbours.FeatureSpace, known: ComparisonClips, place: int) -> float:
    song = known.hashes[place], known.paths[place], known.groups[place]
    found = neighbours.find(space, known.X[place], *song)
    return float(np.mean([clip.genre == known.labels[place] for clip in found]))


def _unusual(clips: ComparisonClips) -> Iterator[Row]:
    kinds, foreign = _foreign_sound()
    train, test = np.r_[_part(clips, "train"), _part(clips, "valid")], _part(clips, "test")
    groups = np.array(clips.groups)[train]
    signal = clips.X[train][:, : len(SIGNAL_NAMES)]
    summaries = {
        "champion": bundle.load(shipped("models", "champion"), light=True).novelty,
        "feature columns": novelty.fit_rows(signal, groups),
        "feature and encoder columns": novelty.fit_rows(clips.X[train], groups),
    }
    for name, summary in summaries.items():
        if summary is None:
            continue
        flagged = summary.unusual(clips.X[test])
        note = f"{flagged.sum()} of {len(test)} clips of GTZAN test"
        yield Row(f"{name}: music called unusual", float(flagged.mean()), "", note=note)
        found = summary.unusual(foreign)
        note = ", ".join(f"{kind} {found[kinds == kind].mean():.2f}" for kind in np.unique(kinds))
        yield Row(
            f"{name}: foreign sound called unusual",
            float(found.mean()),
            "",
            note=f"{note}; {len(found)} recordings",
        )


def _part(clips: ComparisonClips, part: str) -> NDArray[np.intp]:
    tracks = set(gtzan_tables.split(gtzan_tables.shared_folder(), part))
    return np.flatnonzero([gtzan_tables.track_name(path) in tracks for path in clips.paths])


# -- foreign sound --------------------------------------------------------------------------------


def _foreign_sound() -> tuple[Labels, Floats]:
    """Return kinds ``(n,)`` and feature rows ``(n, n_features)``."""
    with tempfile.TemporaryDirectory() as folder:
        extractor = Predictor(Home(Path(folder)).create()).extractor
        found = [(kind, extractor.extract(sound)) for kind, sound in _sounds(Path(folder))]
    assert len(found[0][1]) == len(SIGNAL_NAMES) + len(ENCODER_NAMES)
    return np.array([kind for kind, _ in found]), np.stack([row for _, row in found])


def _sounds(folder: Path) -> Iterator[tuple[str, Sound]]:
    yield from (("noise", sound) for sound in _noises())
    yield from (("tone", sound) for sound in _tones())
    yield from (("speech", read(path).samples) for path in _speech(folder))
    mixed = gtzan_tables.shared_folder() / "mixed"
    yield from (
        ("speech", read(path).samples) for pattern in ("198-*", "3436-*") for path in mixed.glob(pattern)
    )
    yield from (("bird", read(path).samples) for path in mixed.glob("*bird*"))
    for root in filter(None, os.environ.get("GENRE_DESKTOP_FREE_MUSIC", "").split(os.pathsep)):
        for path in sorted(Path(root).rglob("supertuxkart/data/sfx/*.ogg")):
            sound = read(path).samples
            if len(sound) > SAMPLE_RATE // 3:
                yield "effect", np.resize(sound, 12 * SAMPLE_RATE)  # repeated


def _noises() -> Iterator[Sound]:
    rng = np.random.default_rng(1)
    white = np.fft.rfft(rng.normal(size=SECONDS * SAMPLE_RATE))
    hertz = np.fft.rfftfreq(SECONDS * SAMPLE_RATE, 1 / SAMPLE_RATE)
    for slope in (0.0, 0.5, 1.0):  # white, pink, brown
        noise = np.fft.irfft(white / np.maximum(hertz, 20.0) ** slope)
        for level in (0.1, 0.003):
            yield np.asarray(level * noise / noise.std(), np.float32)


def _tones() -> Iterator[Sound]:
    time = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    for hertz in (50.0, 440.0, 1000.0):
        tone = 0.3 * np.sin(2 * np.pi * hertz * time)
        yield np.asarray(tone, np.float32)
        yield np.asarray(tone * (time % 1 < 0.2), np.float32)  # beeps
    yield np.asarray(
        0.1 * sum(np.sin(2 * np.pi * 50 * k * time) / k for k in range(1, 10)), np.float32
    )  # hum


def _speech(folder: Path) -> Iterator[Path]:
    if shutil.which("espeak-ng") is None:
        return
    for voice in VOICES:
        path = folder / f"{voice}.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-w", str(path), TEXT], check=True)
        yield path
