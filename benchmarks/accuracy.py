"""Accuracy of every model family on held-out artists and on recordings from other collections.

``python -m benchmarks accuracy``. Training rows are the train and valid parts of the artist-disjoint,
fault-filtered GTZAN split (published tables); the test part and ``real_world`` are measured and never
chosen by. Intervals are 95 %; on GTZAN whole artists are drawn.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.report import Row
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.core.paths import shipped
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.data.gtzan_tables import Table
from genre_desktop.ml.evaluation import confidence_intervals
from genre_desktop.ml.evaluation.confidence_intervals import Interval
from genre_desktop.ml.features.extractor import Extractor
from genre_desktop.ml.features.schema import FEATURE_VERSION, NAMES, PUBLISHED_57
from genre_desktop.ml.models import bundle
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import estimators
from genre_desktop.ml.training.estimator_names import title

TITLE = "Accuracy on music that no model has heard"


def measure() -> list[Row]:
    """The table: families and shipped models."""
    with threadpool_limits(1):
        return [*_families(), *_shipped()]


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
    paths = sorted((gtzan_tables.shared_folder() / "real_world").glob("*/*.ogg"))
    extractor = Extractor()
    X = np.vstack([extractor.extract(read(path).samples) for path in paths])
    names = np.array([f"{path.parent.name}/{path.stem}" for path in paths])
    return Table(names, X, np.array([path.parent.name for path in paths]), names)


# -- families and shipped models ------------------------------------------------------------------


def _families() -> Iterator[Row]:
    """Each family of a retrain at its defaults, on all columns; and one on the 57 published ones."""
    for name in estimators.FAMILIES:
        yield from _measured(title(name), _fitted(name))
    yield from _measured("XGBoost, the 57 published columns only", _fitted("xgboost", PUBLISHED_57))


def _fitted(name: str, columns: Iterable[str] = NAMES) -> Model:
    rows = gtzan("train", "valid")
    X = np.where(np.isin(NAMES, list(columns)), rows.X, np.nan)
    numbers = np.searchsorted(np.array(GENRES), rows.y)
    pipeline = estimators.build(
        name, estimators.FAMILIES[name].defaults, seed=0, smallest=int(np.bincount(numbers).min())
    ).fit(X, numbers)
    return Model((Member.of(pipeline),), GENRES, NAMES, FEATURE_VERSION, name)


def _shipped() -> Iterator[Row]:
    for alias in ("champion", "fallback"):
        model = bundle.load(shipped("models", alias))
        targets = ("≥ 0.66", "≥ 0.60", "≥ 0.52", "≥ 0.82") if alias == "champion" else ("", "", "", "")
        yield from _measured(f"**{alias}** ({model.family})", model, targets)
        yield _speed(alias, model)


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
