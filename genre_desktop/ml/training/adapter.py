"""Adapt the starter model to a few corrected clips: a linear layer on top of its logits.

The layer is a logistic regression on the clip's feature forms, with the logarithms of the starter's
probabilities as offset. Two things keep it small. Its weights are penalised in whitened coordinates,
in which the clips of one genre have equal variance in every direction (from the starter's linear
discriminant). And the starter's probabilities of the reference clips are further targets (Li & Hoiem,
"Learning without Forgetting", 2016). Without corrections nothing changes. The result holds no clips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.ml.arrays import Floats, Labels, softmax
from genre_desktop.ml.features.schema import SIGNAL_NAMES
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.features.transforms import transform_rows
from genre_desktop.ml.models.ensemble import BASE_PREFIX, Member, Model
from genre_desktop.ml.training import blending

FAMILY = "adapted"
_FLOOR = 1e-9  # as in Model
_TRAINING_FLOOR = 1e-4
"""Of a probability in training: a clip that the starter finds impossible must not decide alone."""
_OFFSET_PENALTY = 3.0
"""Penalty of an offset relative to that of a weight."""
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Regularization:
    """How far corrections may move the starter.

    Attributes
    ----------
    penalty:
        On squared weights; a smaller one lets corrections do more.
    keep:
        Total weight of the reference clips, in clips.
    shrinkage:
        Of the covariance towards a multiple of the identity, 0 to 1.
    """

    penalty: float = 0.08
    keep: float = 200.0
    shrinkage: float = 0.95


STRENGTHS = (Regularization(), Regularization(0.2), Regularization(1.0), Regularization(0.03, 60.0))
"""Tried in a retrain, in order of preference: the first helped most on simulated collections among
those that cost less than two points on music like the starter's."""


@dataclass(frozen=True, eq=False)
class AdapterInputs:
    """Inputs of the layer: scaled forms ``(n, n_forms)``, the starter's probabilities ``(n, n_genres)``."""

    forms: Floats
    proba: Floats

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, eq=False)
class StarterDiscriminant:
    """The starter's linear discriminant: scaling of forms, genre means, covariance.

    ``means`` is ``(n_genres, n_forms)`` in the order of ``base.classes``, ``covariance``
    ``(n_forms, n_forms)``, both of scaled forms.
    """

    base: Model
    level: bool
    fill: Any
    scale: Any
    means: Floats
    covariance: Floats

    @classmethod
    def of(cls, base: Model | None) -> StarterDiscriminant | None:
        """Return the discriminant among a model's members; ``None`` without one."""
        if base is None:
            return None
        for member in base.members:
            steps = dict(getattr(member.transform, "steps", ()))
            fits = {"forms", "fill", "scale"} == set(steps) and len(member.head.classes_) == len(base.classes)
            if fits and type(member.head).__name__ == "LinearDiscriminantAnalysis":
                means, covariance = member.head.means_, member.head.covariance_
                return cls(base, steps["forms"].level, steps["fill"], steps["scale"], means, covariance)
        return None

    def scaled(self, X: Floats) -> Floats:
        """Transform contract rows ``(n, n_features)`` to scaled forms ``(n, n_forms)``."""
        forms = transform_rows(X[:, : len(SIGNAL_NAMES)], self.level)
        return np.asarray(self.scale.transform(self.fill.transform(forms)))

    def fit(
        self, own: AdapterInputs, y: Labels, kept: AdapterInputs, strength: Regularization
    ) -> tuple[Floats, Floats]:
        """Fit weights ``(n_forms, n_genres)`` and offsets ``(n_genres,)``, added to the logarithms.

        Parameters
        ----------
        own, y:
            The user's clips and their genre numbers ``(n,)``.
        kept:
            Reference clips, whose probabilities should stay; may be empty.
        """
        n_genres = len(self.base.classes)
        if not len(own):
            return np.zeros((self.means.shape[1], n_genres)), np.zeros(n_genres)
        whitening = self._whitening(strength.shrinkage)
        weights, offsets = _fit_logistic(
            np.vstack([own.forms, kept.forms]) @ whitening,
            np.log(np.vstack([own.proba, kept.proba]) + _TRAINING_FLOOR),
            np.vstack([np.eye(n_genres)[y], kept.proba]),
            np.r_[_clip_weights(y), np.full(len(kept), strength.keep / max(1, len(kept)))],
            strength.penalty,
        )
        return whitening @ weights, offsets

    @cached_property
    def _directions(self) -> tuple[Floats, Floats]:
        variances, directions = np.linalg.eigh(self.covariance)
        return np.maximum(variances, 0.0), directions

    def _whitening(self, shrinkage: float) -> Floats:
        """Return ``(n_forms, n_forms)``; clips of one genre have a total variance of about 1 afterwards."""
        variances, directions = self._directions
        shrunk = (1 - shrinkage) * variances + shrinkage * variances.mean()
        return np.asarray(directions / np.sqrt(shrunk * len(shrunk)))


def _clip_weights(y: Labels) -> Floats:
    """Return weights ``(n,)`` of mean 1; a genre's total grows with the square root of its clips."""
    weights = 1 / np.sqrt(np.bincount(y)[y])
    return np.asarray(weights * len(y) / weights.sum())


def _fit_logistic(
    inputs: Floats, start: Floats, targets: Floats, importance: Floats, penalty: float
) -> tuple[Floats, Floats]:
    """Return weights ``(n_inputs, n_genres)`` and offsets of the penalised regression on ``start``."""
    n_inputs, n_genres = inputs.shape[1], start.shape[1]
    cost = np.r_[np.full(n_inputs, penalty), penalty * _OFFSET_PENALTY][:, None]
    inputs = np.hstack([inputs, np.ones((len(inputs), 1))])

    def loss(flat: Floats) -> tuple[float, Floats]:
        layer = flat.reshape(n_inputs + 1, n_genres)
        logs = start + inputs @ layer
        logs -= logs.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        value = -importance @ np.sum(targets * logs, axis=1) + 0.5 * np.sum(cost * layer**2)
        slope = inputs.T @ (importance[:, None] * (np.exp(logs) - targets)) + cost * layer
        return float(value), slope.ravel()

    found = minimize(
        loss, np.zeros((n_inputs + 1) * n_genres), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    layer = found.x.reshape(n_inputs + 1, n_genres)
    return layer[:-1], layer[-1]


def predict_proba(base: Floats, forms: Floats, change: tuple[Floats, Floats]) -> Floats:
    """Return corrected probabilities ``(n, n_genres)`` from the base's and scaled forms."""
    return softmax(np.log(base + _FLOOR) + forms @ change[0] + change[1])


def to_member(
    discriminant: StarterDiscriminant,
    change: tuple[Floats, Floats],
    classes: Sequence[str],
    weight: float,
    temperature: float,
) -> Member:
    """Return the correction as a member of a model built on the base; genres unknown to it get 0."""
    known = discriminant.base.classes
    head = blending.empty_head(len(classes), discriminant.means.shape[1] + len(known))
    for number, name in enumerate(known):
        row = classes.index(name)
        head.coef_[row, : len(change[0])] = change[0][:, number] / temperature
        head.coef_[row, len(change[0]) + number] = 1.0 / temperature
        head.intercept_[row] = change[1][number] / temperature
    columns = (*SIGNAL_NAMES, *(BASE_PREFIX + name for name in known))
    return Member(_transform(discriminant), head, columns, weight)


def _transform(discriminant: StarterDiscriminant) -> Pipeline:
    """Return the discriminant's scaling, which leaves the base's logarithms unchanged."""
    extra = len(discriminant.base.classes)
    forms = Forms(level=discriminant.level)
    forms.n_features_in_ = len(SIGNAL_NAMES) + extra
    fill = SimpleImputer(strategy="median", keep_empty_features=True)
    fill.fit(np.zeros((1, discriminant.means.shape[1] + extra)))
    fill.statistics_ = np.r_[discriminant.fill.statistics_, np.zeros(extra)]
    scale = StandardScaler().fit(np.zeros((1, discriminant.means.shape[1] + extra)))
    scale.mean_ = np.r_[discriminant.scale.mean_, np.zeros(extra)]
    scale.var_ = np.r_[discriminant.scale.var_, np.ones(extra)]
    scale.scale_ = np.r_[discriminant.scale.scale_, np.ones(extra)]
    return Pipeline([("forms", forms), ("fill", fill), ("scale", scale)])
