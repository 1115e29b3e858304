"""The part of a retrain that comes from the starter model: as it is, or corrected by the person's clips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.data.dataset import REFERENCE, Index, TrainingRows, importance, per_clip
from genre_desktop.ml.evaluation.calibration import fit_temperature, tempered
from genre_desktop.ml.models.ensemble import Member, Model
from genre_desktop.ml.training import adapter, blending
from genre_desktop.ml.training.adapter import STRENGTHS, AdapterInputs, Regularization, StarterDiscriminant

Folds = list[tuple[Index, Index]]
MINIMUM_CLIPS = 3
"""Own clips of genres the starter knows; fewer correct nothing."""


@dataclass(frozen=True, eq=False)
class BaseModelAdaptation:
    """What the base says of the library's windows, held out where it had learned from them.

    Attributes
    ----------
    base:
        The starter model.
    proba:
        ``(n, n_base_classes)`` per window, from :func:`genre_desktop.ml.evaluation.held_out_predictions.predict_held_out`.
    rows, classes:
        The library and all labels.
    ground, forms:
        Its discriminant and the windows' scaled forms; ``None`` when it has none.
    """

    base: Model
    proba: Floats
    rows: TrainingRows
    classes: tuple[str, ...]
    ground: StarterDiscriminant | None
    forms: Floats | None

    @classmethod
    def of(
        cls, base: Model, proba: Floats, rows: TrainingRows, classes: tuple[str, ...]
    ) -> BaseModelAdaptation:
        """Look for a discriminant in the base and scale the library's windows for it."""
        ground = adapter.StarterDiscriminant.of(base)
        return cls(base, proba, rows, classes, ground, None if ground is None else ground.scaled(rows.X))

    def out_of_fold(self, folds: Folds, strength: Regularization | None) -> Floats:
        """``(n, n_classes)``: each window corrected by the own clips of the other folds only."""
        if strength is None:
            return blending.align_classes(self.proba, self.base.classes, self.classes)
        out = np.zeros_like(self.proba)
        for train, held in folds:
            out[held] = self._corrected(train, held, strength)
        return blending.align_classes(out, self.base.classes, self.classes)

    def best(self, folds: Folds) -> Regularization | None:
        """The strength that answers held-out clips best; ``None`` leaves the base alone.

        The usual strength is preferred to others, and any to none, unless held-out clips speak
        clearly against it: a few clips cannot tell fine differences.
        """
        if self.ground is None or len(self._own(np.arange(len(self.rows)))[1]) < MINIMUM_CLIPS:
            return None
        weights, y = importance(self.rows), self.rows.y[self.rows.first]
        options: tuple[Regularization | None, ...] = (*STRENGTHS, None)
        losses = [blending.losses(y, self.per_clip(folds, s)[0], self.classes) for s in options]
        return options[blending.one_standard_error_choice(losses, weights)]

    def per_clip(self, folds: Folds, strength: Regularization | None) -> tuple[Floats, float]:
        """Calibrated probabilities ``(n_clips, n_classes)`` of held-out clips, and their temperature."""
        y = self.rows.y[self.rows.first]
        proba = per_clip(self.rows, self.out_of_fold(folds, strength))
        temperature = fit_temperature(y, proba, self.classes)
        return tempered(proba, temperature), temperature

    def to_member(self, strength: Regularization | None, weight: float, temperature: float) -> Member:
        """The base's voice in the finished model, corrected by all own clips."""
        if strength is None or self.ground is None:
            return blending.base_member(self.base, self.classes, weight, temperature)
        change = self._change(self.ground, np.arange(len(self.rows)), strength)
        return adapter.to_member(self.ground, change, self.classes, weight, temperature)

    def _corrected(self, train: Index, held: Index, strength: Regularization) -> Floats:
        if self.ground is None or self.forms is None:
            return self.proba[held]
        return adapter.predict_proba(
            self.proba[held], self.forms[held], self._change(self.ground, train, strength)
        )

    def _change(
        self, ground: StarterDiscriminant, index: Index, strength: Regularization
    ) -> tuple[Floats, Floats]:
        own, y = self._own(index)
        kept, _ = self._pooled(index[self.rows.sources[index] == REFERENCE])
        return ground.fit(own, y, kept, strength)

    def _own(self, index: Index) -> tuple[AdapterInputs, Labels]:
        """The person's clips of genres that the base knows, and the genres' numbers."""
        known = {name: i for i, name in enumerate(self.base.classes)}
        rows = self.rows
        own = index[(rows.sources[index] != REFERENCE) & np.isin(rows.y[index], list(known))]
        clips, first = self._pooled(own)
        return clips, np.array([known[label] for label in rows.y[first].tolist()], dtype=np.intp)

    def _pooled(self, index: Index) -> tuple[AdapterInputs, Index]:
        """Windows as clips: mean forms and mean answers, and the first window of each."""
        if self.forms is None or not len(index):
            forms = np.zeros((0, 0 if self.forms is None else self.forms.shape[1]))
            return AdapterInputs(forms, np.zeros((0, len(self.base.classes)))), index[:0]
        _, first, clip = np.unique(self.rows.clips[index], return_index=True, return_inverse=True)
        return AdapterInputs(_means(self.forms[index], clip), _means(self.proba[index], clip)), index[first]


def _means(values: Floats, clip: Labels) -> Floats:
    """Means ``(n_clips, k)`` of windows ``(n, k)`` that belong to clips ``(n,)``."""
    sums = np.zeros((int(clip.max()) + 1, values.shape[1]))
    np.add.at(sums, clip.reshape(-1), values)
    means: Floats = sums / np.bincount(clip.reshape(-1))[:, None]
    return means
