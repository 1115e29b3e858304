"""Correcting the starter model with a handful of clips: one linear layer on top of what it says.

The layer is a logistic regression whose inputs are the clip's feature forms and whose starting
point is the starter's own answer: it learns only what has to be added to the logarithms of the
starter's probabilities so that corrected clips come out right. Two things keep it small. Its weights
are penalised, in coordinates in which the clips of one genre scatter alike in every direction
(the starter's linear discriminant knows how). And the reference clips are to be answered as
before: the starter's answers to them stand beside the corrections as targets (Li & Hoiem,
"Learning without Forgetting", 2016). With no corrections nothing changes. The result holds no clips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.ml.arrays import Floats, Labels, softmax
from genre_desktop.ml.features.schema import NAMES
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.features.transforms import transform_rows
from genre_desktop.ml.models.ensemble import Member, Model

FAMILY = "adapted"
_FLOOR = 1e-9  # as Model has it
_SURE = 1e-4
"""Of a probability while learning: a clip that the starter finds impossible must not decide alone."""
_OFFSETS = 3.0
"""How much more an offset costs than a weight."""
_STEPS = 60
_NEVER = -40.0


@dataclass(frozen=True, slots=True)
class Regularization:
    """How readily the starter gives way.

    Attributes
    ----------
    penalty:
        On squared weights; less lets corrections do more.
    keep:
        Clips that all reference clips together are worth.
    shrinkage:
        Of the covariance towards a sphere, 0 to 1.
    """

    penalty: float = 0.08
    keep: float = 200.0
    shrinkage: float = 0.95


STRENGTHS = (Regularization(), Regularization(0.2), Regularization(1.0), Regularization(0.03, 60.0))
"""Tried in a retrain, in the order of preference: the first helped most on simulated collections among
those that cost less than two points on the starter's own kind of music."""


@dataclass(frozen=True, eq=False)
class AdapterInputs:
    """Clips as the layer sees them: scaled forms ``(n, n_forms)``, the starter's answers ``(n, n_genres)``."""

    forms: Floats
    answers: Floats

    def __len__(self) -> int:
        return len(self.forms)


@dataclass(frozen=True, eq=False)
class StarterDiscriminant:
    """The starter's discriminant: how forms are scaled, where genres lie, how clips scatter.

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
        """From a model that has a discriminant among its voices; ``None`` for others."""
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
        """Contract rows ``(n, n_features)`` as scaled forms ``(n, n_forms)``."""
        forms: Floats = self.scale.transform(self.fill.transform(transform_rows(X, self.level)))
        return forms

    def fit(
        self, own: AdapterInputs, y: Labels, kept: AdapterInputs, strength: Regularization
    ) -> tuple[Floats, Floats]:
        """What the person's clips ``own`` of genres ``y`` ``(n,)`` (numbers) change: weights and offsets.

        Parameters
        ----------
        kept:
            Reference clips, to be answered as before; may be none.

        Returns
        -------
        tuple
            ``(n_forms, n_genres)`` and ``(n_genres,)``; to be added to the logarithms.
        """
        n_genres = len(self.base.classes)
        if not len(own):
            return np.zeros((self.means.shape[1], n_genres)), np.zeros(n_genres)
        whitening = self._whitening(strength.shrinkage)
        weights, offsets = _learned(
            np.vstack([own.forms, kept.forms]) @ whitening,
            np.log(np.vstack([own.answers, kept.answers]) + _SURE),
            np.vstack([np.eye(n_genres)[y], kept.answers]),
            np.r_[_balanced(y), np.full(len(kept), strength.keep / max(1, len(kept)))],
            strength.penalty,
        )
        return whitening @ weights, offsets

    @cached_property
    def _directions(self) -> tuple[Floats, Floats]:
        variances, directions = np.linalg.eigh(self.covariance)
        return np.maximum(variances, 0.0), directions

    def _whitening(self, shrinkage: float) -> Floats:
        """``(n_forms, n_forms)``: to coordinates in which clips of one genre scatter by about 1 in all."""
        variances, directions = self._directions
        shrunk = (1 - shrinkage) * variances + shrinkage * variances.mean()
        values: Floats = directions / np.sqrt(shrunk * len(shrunk))
        return values


def _balanced(y: Labels) -> Floats:
    """Weights ``(n,)`` with mean 1: ten clips of a genre count as the root of ten times one clip."""
    weights = 1 / np.sqrt(np.bincount(y)[y])
    values: Floats = weights * len(y) / weights.sum()
    return values


def _learned(
    inputs: Floats, start: Floats, targets: Floats, importance: Floats, penalty: float
) -> tuple[Floats, Floats]:
    """Weights ``(n_inputs, n_genres)`` and offsets of the penalised logistic regression from ``start``."""
    n_inputs, n_genres = inputs.shape[1], start.shape[1]
    cost = np.r_[np.full(n_inputs, penalty), penalty * _OFFSETS][:, None]
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
    """Corrected probabilities ``(n, n_genres)`` from the base's and scaled forms."""
    logs = np.log(base + _FLOOR) + forms @ change[0] + change[1]
    return softmax(logs)


def to_member(
    ground: StarterDiscriminant,
    change: tuple[Floats, Floats],
    classes: Sequence[str],
    weight: float,
    temperature: float,
) -> Member:
    """The correction as a voice of a model built on the base; genres unknown to the base get nothing."""
    known = ground.base.classes
    head = LogisticRegression()
    head.classes_ = np.arange(len(classes))
    head.n_features_in_ = ground.means.shape[1] + len(known)
    head.n_iter_ = np.array([0], dtype=np.int32)
    head.coef_ = np.zeros((len(classes), head.n_features_in_))
    head.intercept_ = np.full(len(classes), _NEVER)
    for number, name in enumerate(known):
        row = classes.index(name)
        head.coef_[row, : len(change[0])] = change[0][:, number] / temperature
        head.coef_[row, len(change[0]) + number] = 1.0 / temperature
        head.intercept_[row] = change[1][number] / temperature
    return Member(_transform(ground), head, None, weight)


def _transform(ground: StarterDiscriminant) -> Pipeline:
    """The ground's scaling, with the base's logarithms passing through unchanged."""
    extra = len(ground.base.classes)
    forms = Forms(level=ground.level)
    forms.n_features_in_ = len(NAMES) + extra
    fill = SimpleImputer(strategy="median", keep_empty_features=True)
    fill.fit(np.zeros((1, ground.means.shape[1] + extra)))
    fill.statistics_ = np.r_[ground.fill.statistics_, np.zeros(extra)]
    scale = StandardScaler().fit(np.zeros((1, ground.means.shape[1] + extra)))
    scale.mean_ = np.r_[ground.scale.mean_, np.zeros(extra)]
    scale.var_ = np.r_[ground.scale.var_, np.ones(extra)]
    scale.scale_ = np.r_[ground.scale.scale_, np.ones(extra)]
    return Pipeline([("forms", forms), ("fill", fill), ("scale", scale)])
