"""The starter model's part in a retrained model: unchanged, or adapted to the user's clips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import REFERENCE, Index, TrainingRows, clip_means, importance, per_clip
from genre_desktop.ml.evaluation.calibration import fit_temperature, tempered
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import adapter, blending, sampling
from genre_desktop.ml.training.adapter import STRENGTHS, AdapterInputs, ColumnScaling, Layer, Regularization

Folds = list[tuple[Index, Index]]
MINIMUM_CLIPS = 3
"""The user's clips; with fewer, nothing is adapted."""


@dataclass(frozen=True, eq=False)
class BaseModelAdaptation:
    """The base model's held-out probabilities of the library's windows, and how to adapt them.

    Attributes
    ----------
    base:
        The starter model.
    proba:
        ``(n, n_base_classes)`` per window, from :func:`genre_desktop.ml.evaluation.held_out_predictions.predict_held_out`.
    rows, classes:
        The library and all labels.
    scaling, columns:
        Of the windows' columns, and these columns standardised, ``(n, n_columns)``; None for a large
        library, whose columns are standardised when they are needed.
    seed:
        Draws the clips to learn from, if there are more than :data:`.sampling.SEARCH_ROWS` windows.
    """

    base: Model
    proba: Floats
    rows: TrainingRows
    classes: tuple[str, ...]
    scaling: ColumnScaling
    columns: Floats | None
    seed: int

    @classmethod
    def of(
        cls,
        base: Model,
        proba: Floats,
        rows: TrainingRows,
        classes: tuple[str, ...],
        names: tuple[str, ...],
        seed: int,
    ) -> BaseModelAdaptation:
        """Standardise the library's columns ``names``."""
        scaling = ColumnScaling.of(rows.X, names, base.classes)
        return cls(base, proba, rows, classes, scaling, scaling.transform(rows.X), seed)

    def extended(self, proba: Floats, rows: TrainingRows) -> BaseModelAdaptation:
        """Return the same for the whole library, where this is that of a sample; the scaling stays."""
        return replace(self, proba=proba, rows=rows, columns=None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The base's classes, then the labels that it lacks, as the adapter numbers them."""
        return (*self.base.classes, *(c for c in self.classes if c not in self.base.classes))

    def out_of_fold(self, folds: Folds, strength: Regularization | None) -> Floats:
        """Return ``(n, n_classes)``: each window adapted with the other folds' clips only."""
        if strength is None:
            return blending.align_classes(self.proba, self.base.classes, self.classes)
        out = np.zeros((len(self.rows), len(self.classes)))
        for train, held in folds:
            inputs = AdapterInputs(self._standardised(held), self.proba[held])
            out[held] = adapter.predict_proba(inputs, self._layer(train, strength))
        return blending.align_classes(out, self.labels, self.classes)

    def best(self, folds: Folds) -> Regularization | None:
        """Return the strength with the lowest held-out loss; ``None`` leaves the base unchanged.

        The default strength is preferred to others, and any to none, unless it is clearly worse
        on held-out clips: a few clips cannot show fine differences.
        """
        if len(np.unique(self.rows.clips[self._own])) < MINIMUM_CLIPS:
            return None
        weights, y = importance(self.rows), self.rows.y[self.rows.first]
        options: tuple[Regularization | None, ...] = (*STRENGTHS, None)
        losses = [blending.losses(y, self.per_clip(folds, s)[0], self.classes) for s in options]
        return options[blending.one_standard_error_choice(losses, weights)]

    def per_clip(self, folds: Folds, strength: Regularization | None) -> tuple[Floats, float]:
        """Return calibrated held-out probabilities ``(n_clips, n_classes)`` and their temperature."""
        y = self.rows.y[self.rows.first]
        proba = per_clip(self.rows, self.out_of_fold(folds, strength))
        temperature = fit_temperature(y, proba, self.classes)
        return tempered(proba, temperature), temperature

    def to_member(self, strength: Regularization | None, weight: float, temperature: float) -> Member:
        """Return the base as a member of the final model, adapted to all of the user's clips."""
        if strength is None:
            return blending.base_member(self.base, self.classes, weight, temperature)
        layer = self._layer(np.arange(len(self.rows)), strength)
        return adapter.to_member(self.scaling, layer, self.labels, self.classes, weight, temperature)

    @property
    def _own(self) -> Labels:
        """Windows ``(n,)`` of the user's clips, and of reference clips whose label the base lacks."""
        rows = self.rows
        return np.asarray((rows.sources != REFERENCE) | ~np.isin(rows.y, self.base.classes))

    @cached_property
    def _counts(self) -> Labels:
        """The user's clips by label ``(n_labels,)``."""
        _, first = np.unique(self.rows.clips[self._own], return_index=True)
        return np.bincount(self._numbers(self.rows.y[self._own][first]), minlength=len(self.labels))

    @cached_property
    def _width(self) -> int:
        return int(self._standardised(np.zeros(1, dtype=np.intp)).shape[1])

    def _standardised(self, index: Index) -> Floats:
        return self.scaling.transform(self.rows.X[index]) if self.columns is None else self.columns[index]

    def _numbers(self, labels: Labels) -> Labels:
        return np.array([self.labels.index(label) for label in labels.tolist()], dtype=np.intp)

    def _layer(self, index: Index, strength: Regularization) -> Layer:
        index = sampling.of_clips(self.rows, index, self.seed, sampling.SEARCH_ROWS)
        own = self._own[index]
        clips, y = self._pooled(index[own])
        kept, _ = self._pooled(index[~own])
        return adapter.fit(clips, y, kept, counts=self._counts, strength=strength)

    def _pooled(self, index: Index) -> tuple[AdapterInputs, Labels]:
        """Average columns and probabilities over each clip; also return the numbers of their labels."""
        columns = self._standardised(index) if len(index) else np.zeros((0, self._width))
        if not len(index):
            return AdapterInputs(columns, self.proba[index]), np.zeros(0, dtype=np.intp)
        _, first, clip = np.unique(self.rows.clips[index], return_index=True, return_inverse=True)
        clip = clip.reshape(-1)
        inputs = AdapterInputs(clip_means(columns, clip), clip_means(self.proba[index], clip))
        return inputs, self._numbers(self.rows.y[index[first]])
