"""The data that all trials of a retrain share, and one fit on it: the unit of work of a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import sklearn

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import CORRECTED, REFERENCE, Index, TrainingRows, per_clip
from genre_desktop.ml.evaluation import metrics
from genre_desktop.ml.training import estimators, sampling

Inputs = Literal["features", "features+base", "base"]

_PART = 20_000
"""Held-out rows that are predicted at a time."""
_DISTANCES_MB = 128
"""Memory of the distances that are held at a time; scikit-learn would take 1 GB in each thread."""


@dataclass(frozen=True, eq=False)
class SearchTask:
    """Data shared by all trials of a run.

    Attributes
    ----------
    rows:
        The library, or a sample of it.
    n_columns:
        Number of its columns to train on, the first ones.
    base:
        ``(n, n_base)`` logarithms of the base model's probabilities, the columns after those of the
        contract; ``n_base`` is 0 without a base.
    classes:
        All labels; ``y`` holds their numbers.
    folds:
        From :func:`genre_desktop.ml.data.dataset.grouped_folds`.
    chosen:
        Whether the training rows of the folds are those that a fit uses already, as in a :meth:`part`.
    """

    rows: TrainingRows
    n_columns: int
    base: Floats
    classes: tuple[str, ...]
    y: Labels
    folds: list[tuple[Index, Index]]
    seed: int
    chosen: bool = False

    @property
    def n_base(self) -> int:
        """Number of the base's classes."""
        return int(self.base.shape[1])

    def columns(self, inputs: Inputs) -> slice:
        """Return the columns of a pipeline's inputs."""
        n, end = self.n_columns, self.n_columns + self.n_base
        return {"features": slice(0, n), "features+base": slice(0, end), "base": slice(n, end)}[inputs]

    def inputs(self, index: Index, columns: slice) -> Floats:
        """Return columns of some rows; they are put together here, as all rows would need their memory twice."""
        n = self.n_columns
        X = self.rows.X[index, columns.start : min(columns.stop, n)]
        if columns.stop <= n:
            return X
        base = self.base[index]
        return base if columns.start >= n else np.hstack([X, base])

    def training_rows(self, family: str, params: Mapping[str, Any], index: Index) -> Index:
        """Return the rows that a fit uses: corrections ``emphasis`` times, a sample if there are too many."""
        if self.chosen:
            return index
        corrected = np.isin(self.rows.sources[index], CORRECTED)
        index = np.repeat(index, np.where(corrected, int(params.get("emphasis", 1)), 1))
        return sampling.of_rows(index, self.y, family, str(params["balance"]), self.seed)

    def fit(self, family: str, params: Mapping[str, Any], index: Index) -> FittedFold:
        """Train on :meth:`training_rows` of some rows."""
        index = self.training_rows(family, params, index)
        present, y = np.unique(self.y[index], return_inverse=True)
        columns = self.columns(params["inputs"])
        pipeline = estimators.build(
            family,
            params,
            seed=self.seed,
            smallest=int(np.bincount(y).min()),
            features=params["inputs"] != "base",
        )
        return FittedFold(pipeline.fit(self.inputs(index, columns), y), present, columns)

    def part(self, family: str, params: Mapping[str, Any], fold: int) -> SearchTask:
        """Return a task with the rows of one fit and its held-out ones only, in a single fold."""
        train, held_out = self.folds[fold]
        train = self.training_rows(family, params, train)
        index = np.concatenate([train, held_out])
        positions = np.arange(len(index))
        return replace(
            self,
            rows=self.rows.at(index),
            base=self.base[index],
            y=self.y[index],
            folds=[(positions[: len(train)], positions[len(train) :])],
            chosen=True,
        )

    def held_out(self, family: str, params: Mapping[str, Any], fold: int) -> Floats:
        """Train on a fold's training rows and return probabilities ``(n_held_out, n_classes)`` of the others."""
        train, held_out = self.folds[fold]
        return self.predict(self.fit(family, params, train), held_out)

    def predict(self, fitted: FittedFold, index: Index) -> Floats:
        """Return probabilities ``(n, n_classes)`` of some rows."""
        parts = [index[start : start + _PART] for start in range(0, len(index), _PART)]
        found = [fitted.predict(self.inputs(p, fitted.columns), len(self.classes)) for p in parts]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def gmean(self, out: Floats) -> float:
        """Return the mean of the G-Means of the user's clips and of the reference clips.

        Windows without a prediction yet are left out.
        """
        done = ~np.isnan(out[:, 0])
        arrays = {name: values[done] for name, values in vars(self.rows).items() if name != "X"}
        part = TrainingRows(X=self.rows.X[:0], **arrays)
        predicted = np.asarray(self.classes)[per_clip(part, out[done]).argmax(axis=1)]
        first = part.first
        y, reference = part.y[first], part.sources[first] == REFERENCE
        kinds = [kind for kind in (reference, ~reference) if kind.any()]
        return float(np.mean([metrics.gmean(y[kind], predicted[kind]) for kind in kinds]))


@dataclass(frozen=True, eq=False)
class FittedFold:
    """A trained pipeline; ``present`` are the numbers of the classes in its training rows."""

    pipeline: Any
    present: Labels
    columns: slice

    def predict(self, inputs: Floats, n_classes: int) -> Floats:
        """Return probabilities ``(n, n_classes)`` of its columns; 0 for classes that are not present."""
        out = np.zeros((len(inputs), n_classes))
        with sklearn.config_context(working_memory=_DISTANCES_MB):
            out[:, self.present] = self.pipeline.predict_proba(inputs)
        return out
