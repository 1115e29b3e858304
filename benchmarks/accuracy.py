"""Accuracy of every model family on held-out artists and on recordings from other collections.

``python -m benchmarks accuracy``. Training rows are the train and valid parts of the artist-disjoint,
fault-filtered GTZAN split (published tables); the test part and ``real_world`` are measured and never
chosen by. Intervals are 95 %; on GTZAN whole artists are drawn. The encoder's tags of GTZAN tracks are their
published series, or those of our own encoder for the tracks of the reference table, of which 69 are test tracks;
only these have an embedding. Recordings from elsewhere go through the program's own extractor and encoder.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.report import Row
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import shipped
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.data.gtzan_tables import Table
from genre_desktop.ml.evaluation import confidence_intervals, metrics
from genre_desktop.ml.evaluation.confidence_intervals import Interval
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.schema import PUBLISHED_57, SIGNAL_NAMES, has_encoding
from genre_desktop.ml.features.window_extractor import WindowExtractor
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.registry.encoder_store import shipped_file
from genre_desktop.ml.training import estimators
from genre_desktop.ml.training.estimator_names import title
from tools import degraded_recordings, measure_recording_shifts

TITLE = "Accuracy on music that no model has heard"
Samples = NDArray[np.float32]
CUES: dict[str, Callable[[Samples], Samples]] = {
    "high-pass at 20 Hz": lambda y: measure_recording_shifts.filtered(y, 4, 20, "highpass").astype(
        np.float32
    ),
    "mp3 at 128 kbit/s": lambda y: degraded_recordings.mp3(y, kilobits=128),
    "12 dB quieter": lambda y: y * np.float32(10 ** (-12 / 20)),
}
"""Changes that no listener would call another genre."""


def measure() -> list[Row]:
    """The table: families, shipped models, cues that should not count."""
    with threadpool_limits(1):
        return [*_families(), *_shipped(), *_cues()]


# -- data ---------------------------------------------------------------------------------------


@cache
def gtzan(*parts: str) -> Table:
    """Parts of the published split."""
    folder = gtzan_tables.shared_folder()
    return _all_tracks().only([track for part in parts for track in gtzan_tables.split(folder, part)])


@cache
def _all_tracks() -> Table:
    return gtzan_tables.load_gtzan_table(gtzan_tables.shared_folder())


@cache
def elsewhere() -> Table:
    """The 42 recordings from elsewhere, measured by our extractor; each its own group."""
    return _measured_files((gtzan_tables.shared_folder() / "real_world").glob("*/*.ogg"), lambda y: y)


def _measured_files(paths: Iterable[Path], change: Callable[[Samples], Samples]) -> Table:
    found = sorted(paths)
    extractor = WindowExtractor(lambda: Encoder.load(shipped_file()))
    X = np.vstack([extractor.extract(change(read(path).samples)) for path in found])
    names = np.array([f"{path.parent.name}/{path.stem}" for path in found])
    return Table(names, X, np.array([path.parent.name for path in found]), names)


# -- families and shipped models ------------------------------------------------------------------


def _families() -> Iterator[Row]:
    """Each family of a retrain at its defaults, on the signal columns; and one on the 57 published ones."""
    for name in estimators.FAMILIES:
        yield from _measured(title(name), _fitted(name))
    yield from _measured("XGBoost, the 57 published columns only", _fitted("xgboost", PUBLISHED_57))


def _fitted(name: str, columns: Iterable[str] = SIGNAL_NAMES) -> Model:
    rows = gtzan("train", "valid").signal_only()
    X = np.where(np.isin(SIGNAL_NAMES, list(columns)), rows.X, np.nan)
    numbers = np.searchsorted(np.array(GENRES), rows.y)
    pipeline = estimators.build(
        name, estimators.FAMILIES[name].defaults, seed=0, smallest=int(np.bincount(numbers).min())
    ).fit(X, numbers)
    return Model((Member.of(pipeline),), GENRES, SIGNAL_NAMES, "1", name)


def _shipped() -> Iterator[Row]:
    for alias in ("champion", "fallback"):
        model = bundle.load(shipped("models", alias))
        targets = ("≥ 0.79", "≥ 0.77", "≥ 0.62", "≥ 0.88") if alias == "champion" else ("", "", "", "")
        yield from _measured(f"**{alias}** ({model.family})", model, targets)
        cross = model.metadata["cross_validation"]
        for name in ("accuracy", "gmean", "log_loss"):
            yield Row(f"**{alias}**: cross-validation, {name}", cross[name], "")
        yield _speed(alias, model)
    yield from _parts(bundle.load(shipped("models", "champion")))


def _parts(champion: Model) -> Iterator[Row]:
    """The champion without encoder, the encoder's members alone, and test tracks that have an embedding."""
    without = replace(champion, members=tuple(m for m in champion.members if not m.abstains))
    encoded = replace(champion, members=tuple(m for m in champion.members if m.abstains))
    yield from _measured("champion's members without encoder", without)
    yield from _measured("champion's members on the encoder", encoded)
    test = gtzan("test")
    own = test.only(test.tracks[has_encoding(test.X)].tolist())
    spans = confidence_intervals.bootstrap(
        own.y, champion.predict_proba(own.X), champion.classes, groups=own.groups
    )
    yield _row(f"champion: the {len(own.y)} test tracks with an embedding, accuracy", spans["accuracy"], "")


def _cues() -> Iterator[Row]:
    """What inaudible changes do to the champion's answers for real recordings that it has not learned from."""
    champion, shared = bundle.load(shipped("models", "champion")), gtzan_tables.shared_folder()
    tested = set(gtzan_tables.split(shared, "test"))
    paths = [
        path
        for folder in ("gtzan_mini", "gtzan_more")
        for path in (shared / folder).glob("*/*.*")
        if gtzan_tables.track_name(path.name) in tested
    ]
    for where, files in (
        ("GTZAN test", paths),
        ("elsewhere", list((shared / "real_world").glob("*/*.ogg"))),
    ):
        usual = _measured_files(files, lambda y: y)
        before = champion.predict_proba(usual.X)
        for cue, change in CUES.items():
            after = champion.predict_proba(_measured_files(files, change).X)
            same = float(np.mean(before.argmax(axis=1) == after.argmax(axis=1)))
            shares = [metrics.accuracy(usual.y, np.array(GENRES)[P.argmax(axis=1)]) for P in (before, after)]
            note = f"{len(files)} recordings; accuracy {shares[0]:.3f} → {shares[1]:.3f}"
            yield Row(f"champion, {cue}: same answer, {where}", same, "", note=note)


def _measured(title: str, model: Model, targets: tuple[str, ...] = ("", "", "", "")) -> Iterator[Row]:
    test, away = gtzan("test"), elsewhere()
    here = confidence_intervals.bootstrap(
        test.y, model.predict_proba(test.X), model.classes, groups=test.groups
    )
    there = confidence_intervals.bootstrap(away.y, model.predict_proba(away.X), model.classes)
    yield _row(f"{title}: GTZAN test, accuracy", here["accuracy"], targets[0])
    yield _row(f"{title}: GTZAN test, G-Mean", here["gmean"], targets[1])
    yield _row(f"{title}: elsewhere, accuracy", there["accuracy"], targets[2])
    yield _row(f"{title}: elsewhere, top three", there["top3"], targets[3])


def _row(what: str, found: Interval, target: str) -> Row:
    return Row(what, found.value, "", target=target, note=f"{found.low:.3f} to {found.high:.3f}")


def _speed(alias: str, model: Model) -> Row:
    """Twenty windows: a song of five minutes."""
    X = gtzan("test").X[:20]
    light = bundle.load(shipped("models", alias), light=True)
    light.predict_proba(X)
    taken = []
    for _ in range(20):
        started = time.perf_counter()
        light.predict_proba(X)
        taken.append(time.perf_counter() - started)
    return Row(f"**{alias}**: answers for 20 windows", 1000 * float(np.median(taken)), "ms", target="< 20 ms")
