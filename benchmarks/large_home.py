"""A realistic home of many songs, deterministic by seed: ``python -m benchmarks.large_home FOLDER [SONGS]``.

Every song is answered, with features, timeline and tags, and is in the list of results; its answer was given at some
time of the last year. Of ``n`` songs ``n / 2`` are labelled clips of the library, 3 % are corrected; the registry has
40 versions, of which the last, the champion, has learned from the whole library. A drift check was run on every day.
Feature rows are those of the shipped reference with noise. Written through the stores, except the library, whose clips
are written to its tables at once.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop import environment
from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring.drift_progress import JUDGED
from genre_desktop.core.music_tags import TAGS, group_of
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database, pack
from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog, FeatureDrift, Picture
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult
from genre_desktop.core.types import GENRES, Answer, GenreScore, ModelRef, Segment, TagScore
from genre_desktop.ml.data import reference_dataset
from genre_desktop.ml.evaluation import held_out_predictions
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES
from genre_desktop.ml.models import bundle
from genre_desktop.ml.registry.starter_models import open_registry
from genre_desktop.ml.tasks.check_drift import LARGEST
from genre_desktop.ml.tasks.registry import keep_list

VERSIONS = 40
CORRECTED = 0.03
DAY_S = 86_400.0
YEAR_S = 365 * DAY_S
SONGS_PER_ALBUM = 12
_CHUNK = 5000
_WORDS = (
    "amber", "bell", "cloud", "dust", "echo", "flame", "glass", "harbor", "iron", "july", "kite", "lantern",
    "mirror", "night", "ocean", "paper", "quiet", "river", "stone", "train", "umbra", "violet", "winter",
    "yellow", "zenith",
)  # fmt: skip


@dataclass(frozen=True)
class Song:
    """One song of the collection, numbered from 1."""

    path: str
    content_hash: str
    genre: str
    moment: float
    answer: Answer
    features: NDArray[np.float64]


def fill(home: Home, n: int, seed: int = 0) -> None:
    """Fill an empty home with ``n`` songs."""
    hashes, genres = fill_store(home, n, seed)
    _fill_registry(home, hashes, genres, seed)


def fill_store(home: Home, n: int, seed: int) -> tuple[list[str], list[str]]:
    """Fill the store; return hash and genre of each clip in the library."""
    generator = np.random.default_rng(seed)
    corrected = set(generator.choice(n, round(CORRECTED * n), replace=False).tolist())
    learned: list[str] = []
    labels: list[str] = []
    now = time.time()
    with closing(Database(home.create().store)) as store:
        store.connection.execute("PRAGMA synchronous=OFF")
        for start in range(0, n, _CHUNK):
            songs = list(_songs(range(start, min(start + _CHUNK, n)), n, generator, now))
            _write(store, songs, start, corrected)
            clips = songs[::2]
            _write_clips(store, clips)
            learned += [song.content_hash for song in clips]
            labels += [song.genre for song in clips]
        _write_checks(store, generator, now, n)
        _mark_as_done(store, n)
        for day in range(365):
            runs = JobRuns(store, lambda day=day: now - YEAR_S + day * DAY_S)  # type: ignore[misc]
            for name in ("drift", "maintenance"):
                runs.finish(runs.start(name, ""), "succeeded", Message("Done."), {})
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.connection.execute("PRAGMA optimize")
    return learned, labels


def _songs(numbers: range, n: int, generator: np.random.Generator, now: float) -> Iterator[Song]:
    clips = reference_dataset.load()
    rows = np.stack([clip.features.mean(axis=0) for clip in clips])
    noise = 0.15 * np.nanstd(rows, axis=0)
    chosen = generator.integers(len(clips), size=len(numbers))
    features = rows[chosen] + noise * generator.standard_normal((len(numbers), len(NAMES)))
    strength = generator.uniform(0.5, 6.0, len(numbers))
    model = ModelRef("genre", str(VERSIONS), "champion", "vote")
    for i, number in enumerate(numbers):
        genre = clips[chosen[i]].label
        probabilities = generator.dirichlet(np.full(len(GENRES), 0.3))
        probabilities[GENRES.index(genre)] += strength[i]
        probabilities /= probabilities.sum()
        order = np.argsort(-probabilities)
        scores = tuple(GenreScore(GENRES[k], round(float(probabilities[k]), 6)) for k in order)
        artist, album = number // (4 * SONGS_PER_ALBUM), number // SONGS_PER_ALBUM
        words = " ".join(_WORDS[k] for k in generator.integers(len(_WORDS), size=3))
        path = f"/music/{_WORDS[artist % len(_WORDS)]} {artist}/album {album}/{number % SONGS_PER_ALBUM + 1:02} {words} {number}.mp3"
        duration_s = float(generator.uniform(120, 420))
        digest = hashlib.sha256(path.encode()).hexdigest()
        answer = Answer(
            path,
            scores[0].genre,
            scores[0].probability,
            scores[:3],
            bool(generator.random() < 0.02),
            _timeline(duration_s, scores, generator),
            model,
            duration_s=duration_s,
            elapsed_ms=float(generator.gamma(4, 300)),
            probabilities=scores,
            clip_hash=digest,
            feature_version=FEATURE_VERSION,
            features=features[i],
            tags=_tags(generator),
            style="house" if generator.random() < 0.05 else "",
        )
        yield Song(path, digest, genre, now - YEAR_S * (1 - (number + 1) / (n + 1)), answer, features[i])


def _timeline(
    duration_s: float, scores: tuple[GenreScore, ...], generator: np.random.Generator
) -> tuple[Segment, ...]:
    edges = np.linspace(0, duration_s, int(duration_s / 30) + 2)
    of = generator.choice(2, len(edges) - 1, p=(0.8, 0.2))
    return tuple(
        Segment(round(float(a), 3), round(float(b), 3), scores[k].genre, scores[k].probability)
        for a, b, k in zip(edges, edges[1:], of, strict=False)
    )


def _tags(generator: np.random.Generator) -> tuple[TagScore, ...]:
    n = int(generator.integers(3, 8))
    chosen = generator.choice(len(TAGS), n, replace=False)
    scores = np.sort(generator.uniform(0.1, 0.9, n))[::-1].round(4)
    found = (TagScore(TAGS[k], float(score)) for k, score in zip(chosen, scores, strict=True))
    return tuple(sorted(found, key=lambda tag: (-tag.score, group_of(tag.tag))))


def _write(store: Database, songs: list[Song], start: int, corrected: set[int]) -> None:
    listed = []
    with store.transaction():
        for number, song in enumerate(songs, start):
            clock = partial(float, song.moment)
            prediction = PredictionLog(store, clock).add(song.answer, "batch")
            listed.append(
                StoredResult(number + 1, song.path, "done", b"", song.answer, prediction_id=prediction)
            )
            if number in corrected:
                Corrections(store, clock).add(prediction, song.genre)
    ResultsListStore(store).change([], listed)


def _write_clips(store: Database, clips: list[Song]) -> None:
    with store.transaction() as connection:
        first = 1 + connection.execute("SELECT coalesce(max(id), 0) FROM clips").fetchone()[0]
        connection.executemany(
            "INSERT INTO clips (id, content_hash, path, label, group_key, source, duration_s, added) "
            "VALUES (?, ?, ?, ?, ?, 'audio', ?, ?)",
            (
                (
                    first + i, clip.content_hash, clip.path, clip.genre, "artist:" + clip.path.split("/")[2],
                    clip.answer.duration_s, clip.moment,
                )
                for i, clip in enumerate(clips)
            ),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO files (path, size, mtime_ns, clip_id) VALUES (?, ?, ?, ?)",
            ((clip.path, 8_000_000 + i, 10**18, first + i) for i, clip in enumerate(clips)),
        )
        connection.executemany(
            "INSERT INTO windows (clip_id, feature_version, start_s, length_s, features) VALUES (?, ?, 0, ?, ?)",
            (
                (first + i, FEATURE_VERSION, clip.answer.duration_s, pack(clip.features))
                for i, clip in enumerate(clips)
            ),
        )


def _write_checks(store: Database, generator: np.random.Generator, now: float, n: int) -> None:
    edges = tuple(np.linspace(0, 1, 25).round(4).tolist())
    shares = tuple(np.full(24, 1 / 24).tolist())
    for day in range(365):
        p_values = generator.uniform(0, 1, len(NAMES)).round(6).tolist()
        features = tuple(
            FeatureDrift(name, p, p < 0.001, 0.1) for name, p in zip(NAMES, p_values, strict=True)
        )
        pictures = tuple(Picture(name, edges, shares, shares) for name in NAMES[:12])
        check = DriftCheck(
            str(VERSIONS), 50_000, 60, float(generator.uniform(0, 0.2)), 0.35, False,
            features=features, pictures=pictures, counted=True, last_prediction=round(n * (day + 1) / 365),
        )  # fmt: skip
        DriftLog(store, lambda day=day: now - YEAR_S + day * DAY_S).add(check)  # type: ignore[misc]


def _mark_as_done(store: Database, n: int) -> None:
    """Leave one window for the next drift check, and corrections for the next retrain, but start neither now."""
    corrections, state = Corrections(store), KeyValueStore(store)
    corrections.mark_trained([one.id for one in corrections.latest()][:-20], "a run")
    state.set(JUDGED, n - LARGEST)
    state.set("schedule:marks", {"drift": n, "retrain": corrections.last_id()})


def _fill_registry(home: Home, hashes: list[str], genres: list[str], seed: int) -> None:
    """Register copies of the shipped champion; the last one, which is promoted, names the library as its training clips."""
    generator = np.random.default_rng(seed)
    model = bundle.load(shipped("models", "champion"))
    metrics = {"gmean": 0.8, "accuracy": 0.82, "top3": 0.95, "macro_f1": 0.8, "log_loss": 0.6, "ece": 0.05}
    with open_registry(home) as registry:
        while (number := len(registry.snapshot().versions)) < VERSIONS:
            metadata = dict(model.metadata) | {"number": number}
            if number == VERSIONS - 1:
                columns = np.array([model.classes.index(genre) for genre in genres])
                proba = generator.dirichlet(np.full(len(model.classes), 0.3), len(genres))
                proba[np.arange(len(genres)), columns] += 1
                proba /= proba.sum(axis=1, keepdims=True)
                metadata[held_out_predictions.KEY] = held_out_predictions.encode(hashes, proba)
            folder = home.root / "new model"
            bundle.save(replace(model, metadata=metadata), folder)
            per_genre = {genre: {"recall": float(generator.uniform(0.6, 0.95))} for genre in GENRES}
            with registry.run(f"retrain {number}", {"kind": "retrain", "clips": len(hashes)}) as run:
                run.text("scores.json", _scores(per_genre))
                registry.register(
                    folder, run=run, metrics={**metrics, "per_genre": per_genre}, params={"trials": 30},
                    tags={"kind": "retrain", "clips": len(hashes)},
                )  # fmt: skip
        registry.promote(str(VERSIONS), reason=Message("It is better."))
    keep_list(home)


def _scores(per_genre: dict[str, dict[str, float]]) -> str:
    import json

    confusion = {genre: {other: 80 if other == genre else 2 for other in GENRES} for genre in GENRES}
    return json.dumps({"per_genre": per_genre, "confusion": confusion})


def main() -> None:
    started = time.perf_counter()
    environment.set_up()
    home = Home(Path(sys.argv[1])).create()
    fill(home, int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
    sys.stdout.write(
        f"{home.store.stat().st_size / 2**20:.0f} MiB in {time.perf_counter() - started:.0f} s\n"
    )


if __name__ == "__main__":
    main()
