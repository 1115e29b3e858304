"""The starter model's part in a retrained model: unchanged, or adapted to the user's clips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import REFERENCE, Index, TrainingRows, clip_means, importance, per_clip
from genre_desktop.ml.evaluation.calibration import fit_temperature, tempered
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import adapter, blending
from genre_desktop.ml.training.adapter import STRENGTHS, AdapterInputs, Regularization, StarterDiscriminant

Folds = list[tuple[Index, Index]]
MINIMUM_CLIPS = 3
"""The user's clips of the starter's genres; with fewer, nothing is adapted."""


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
    discriminant, forms:
        Its discriminant and the windows' scaled forms; ``None`` without one.
    """

    base: Model
    proba: Floats
    rows: TrainingRows
    classes: tuple[str, ...]
    discriminant: StarterDiscriminant | None
    forms: Floats | None

    @classmethod
    def of(
        cls, base: Model, proba: Floats, rows: TrainingRows, classes: tuple[str, ...]
    ) -> BaseModelAdaptation:
        """Find the base's discriminant and scale the library's windows for it."""
        found = StarterDiscriminant.of(base)
        return cls(base, proba, rows, classes, found, None if found is None else found.scaled(rows.X))

    def out_of_fold(self, folds: Folds, strength: Regularization | None) -> Floats:
        """Return ``(n, n_classes)``: each window adapted with the other folds' clips only."""
        if strength is None:
            return blending.align_classes(self.proba, self.base.classes, self.classes)
        out = np.zeros_like(self.proba)
        for train, held in folds:
            out[held] = self._adapted(train, held, strength)
        return blending.align_classes(out, self.base.classes, self.classes)

    def best(self, folds: Folds) -> Regularization | None:
        """Return the strength with the lowest held-out loss; ``None`` leaves the base unchanged.

        The default strength is preferred to others, and any to none, unless it is clearly worse
        on held-out clips: a few clips cannot show fine differences.
        """
        if self.discriminant is None or len(self._own(np.arange(len(self.rows)))[1]) < MINIMUM_CLIPS:
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
        if strength is None or self.discriminant is None:
            return blending.base_member(self.base, self.classes, weight, temperature)
        change = self._change(self.discriminant, np.arange(len(self.rows)), strength)
        return adapter.to_member(self.discriminant, change, self.classes, weight, temperature)

    def _adapted(self, train: Index, held: Index, strength: Regularization) -> Floats:
        if self.discriminant is None or self.forms is None:
            return self.proba[held]
        change = self._change(self.discriminant, train, strength)
        return adapter.predict_proba(self.proba[held], self.forms[held], change)

    def _change(
        self, discriminant: StarterDiscriminant, index: Index, strength: Regularization
    ) -> tuple[Floats, Floats]:
        own, y = self._own(index)
        kept, _ = self._pooled(index[self.rows.sources[index] == REFERENCE])
        return discriminant.fit(own, y, kept, strength)

    def _own(self, index: Index) -> tuple[AdapterInputs, Labels]:
        """Return the user's clips of the base's genres, and their genre numbers."""
        known = {name: i for i, name in enumerate(self.base.classes)}
        rows = self.rows
        own = index[(rows.sources[index] != REFERENCE) & np.isin(rows.y[index], self.base.classes)]
        clips, first = self._pooled(own)
        return clips, np.array([known[label] for label in rows.y[first].tolist()], dtype=np.intp)

    def _pooled(self, index: Index) -> tuple[AdapterInputs, Index]:
        """Average forms and probabilities over each clip; also return its first window."""
        if self.forms is None or not len(index):
            forms = np.zeros((0, 0 if self.forms is None else self.forms.shape[1]))
            return AdapterInputs(forms, np.zeros((0, len(self.base.classes)))), index[:0]
        _, first, clip = np.unique(self.rows.clips[index], return_index=True, return_inverse=True)
        clip = clip.reshape(-1)
        inputs = AdapterInputs(clip_means(self.forms[index], clip), clip_means(self.proba[index], clip))
        return inputs, index[first]
