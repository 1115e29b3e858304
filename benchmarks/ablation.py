"""Ablation of the feature groups: accuracy without each group, and its cost in milliseconds.

``python -m benchmarks.ablation`` prints the table of ``docs/features.md``. Models are trained and measured on the
published tables: on the training part of the artist-disjoint split and its validation part, by
artist-grouped cross-validation over both, and on 42 recordings from elsewhere that our extractor
measured. The test part is never read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.features import clip, costs, groups
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.ml.data.dataset import grouped_folds
from genre_desktop.ml.data.gtzan_tables import Table, shared_folder, split
from genre_desktop.ml.data.gtzan_tables import load_gtzan_table as read_tables
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.extractor import Extractor
from genre_desktop.ml.training.estimators import build, of_name

SEEDS = (0, 1, 2)
FOLDS = 5
FAMILIES = ("lda", "xgboost")
Proba = NDArray[np.float64]
Scores = tuple[float, ...]


class Trial:
    """Accuracy with some of the contract's columns missing.

    Columns left out are missing values to the models' pipelines, which then hold constants; so
    the forms that are made of several groups lose what they should.
    """

    def __init__(self, folder: Path) -> None:
        table = read_tables(folder)
        known = {t for t, row in zip(table.tracks.tolist(), table.X, strict=True) if np.isfinite(row).all()}
        self.train, self.valid = (
            table.only([t for t in split(folder, part) if t in known]) for part in ("train", "valid")
        )
        self.elsewhere = _measured(folder / "real_world")

    def measure(self, columns: Iterable[str]) -> Scores:
        """Accuracy and log-loss: validation, then cross-validation, then other recordings."""
        keep = np.isin(schema.NAMES, list(columns))
        once = self._predict(self.train, self.valid, keep)
        both = Table(
            *(np.concatenate(pair) for pair in zip(_parts(self.train), _parts(self.valid), strict=True))
        )
        crossed = np.zeros((len(both.y), len(np.unique(both.y))))
        for fit, score in grouped_folds(both.y, both.groups, FOLDS, seed=0):
            crossed[score] = self._predict(_rows(both, fit), _rows(both, score), keep)
        elsewhere = self._predict(both, self.elsewhere, keep)
        return (
            *scores(once, self.valid.y),
            *scores(crossed, both.y),
            *scores(elsewhere, self.elsewhere.y),
        )

    def _predict(self, train: Table, valid: Table, keep: NDArray[np.bool_]) -> Proba:
        without = Table(train.tracks, np.where(keep, train.X, np.nan), train.y, train.groups)
        return both_families(without)(np.where(keep, valid.X, np.nan))


def both_families(train: Table) -> Callable[[NDArray[np.float64]], Proba]:
    """Mean probabilities of both families, several seeds of the one that has any."""
    codes, sizes = np.unique(train.y, return_inverse=True, return_counts=True)[1:]
    members = []
    for name in FAMILIES:
        for seed in SEEDS if name == "xgboost" else (0,):
            model = build(name, of_name(name).defaults, seed=seed, smallest=int(sizes.min()))
            model.fit(train.X, codes)
            members.append((1 / len(SEEDS) if name == "xgboost" else 1.0, model))
    return lambda X: sum(weight * model.predict_proba(X) for weight, model in members) / len(FAMILIES)


def _measured(folder: Path) -> Table:
    """A folder of recordings per genre, measured by our own extractor."""
    files = sorted(folder.glob("*/*.ogg"))
    extractor = Extractor()
    rows = [extractor.extract(read(file).samples) for file in files]
    names = np.array([file.stem for file in files])
    return Table(names, np.stack(rows), np.array([file.parent.name for file in files]), names)


def _parts(table: Table) -> tuple[NDArray[np.generic], ...]:
    return table.tracks, table.X, table.y, table.groups


def _rows(table: Table, index: NDArray[np.intp]) -> Table:
    return Table(*(part[index] for part in _parts(table)))


def scores(proba: Proba, y: NDArray[np.str_]) -> tuple[float, float]:
    """Accuracy and log-loss."""
    codes = np.unique(y, return_inverse=True)[1]
    accuracy = float(np.mean(proba.argmax(axis=1) == codes))
    return accuracy, float(-np.mean(np.log(proba[np.arange(len(y)), codes])))


def main() -> None:
    with threadpool_limits(1):
        with tempfile.TemporaryDirectory() as folder:
            cost = costs(read(clip(Path(folder))[0]).samples)
        trial = Trial(shared_folder())
        print(f"{len(trial.train.y)} training and {len(trial.valid.y)} validation tracks\n")
        print("| | | | validation | | cross-validation | | elsewhere | |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        print("| columns | n | ms | accuracy | log-loss | accuracy | log-loss | accuracy | log-loss |")
        _print("whole contract", schema.NAMES, trial)
        _print("the 57", schema.PUBLISHED_57, trial)
        for group, names in groups().items():
            _print(f"without {group}", [n for n in schema.NAMES if n not in names], trial, cost[group])
        for group, names in groups().items():
            if added := names - set(schema.PUBLISHED_57):
                _print(f"the 57 and {group}", [*schema.PUBLISHED_57, *added], trial)


def _print(what: str, columns: Iterable[str], trial: Trial, cost: float | None = None) -> None:
    columns = list(columns)
    ms = "" if cost is None else f"{cost:.1f}"
    cells = " | ".join(f"{score:.3f}" for score in trial.measure(columns))
    print(f"| {what} | {len(columns)} | {ms} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
