"""Correcting the starter model with a handful of clips: its picture of each genre moves towards them.

The starter's linear discriminant knows where each genre lies among the feature forms and how clips
scatter around it. Corrected clips pull the centre of their genre towards themselves, the more the
more there are (a maximum a posteriori estimate of the mean, with the starter's centre as the prior;
Gauvain & Lee 1994 adapt speech models so). What that changes in the discriminant is added to
the logarithms of the starter's probabilities: genres nobody corrected keep their say, and with no
corrections nothing changes. The result is one linear layer and holds no clips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.ml.contract import NAMES
from genre_desktop.ml.ensemble import Member, Model
from genre_desktop.ml.form_rows import rewrite
from genre_desktop.ml.forms import Forms
from genre_desktop.ml.metrics import Floats, Labels

FAMILY = "adapted"
_FLOOR = 1e-9  # as Model has it
_NEVER = -40.0


@dataclass(frozen=True, slots=True)
class Strength:
    """How readily the starter gives way.

    Attributes
    ----------
    prior:
        Clips that the starter's own centre of a genre is worth.
    pull:
        Share of the discriminant's change that is added.
    shrinkage:
        Of the covariance towards a sphere, 0 to 1.
    """

    prior: float = 10.0
    pull: float = 0.25
    shrinkage: float = 0.8


STRENGTHS = (
    Strength(),
    Strength(5.0, 0.25, 0.5),
    Strength(20.0, 0.25, 0.8),
    Strength(20.0, 0.5, 0.5),
    Strength(40.0, 0.5, 0.5),
    Strength(40.0, 1.0, 0.5),
)
"""Tried in a retrain, in the order of preference: the first was best on simulated collections."""


@dataclass(frozen=True, eq=False)
class Ground:
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
    def of(cls, base: Model | None) -> Ground | None:
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
        forms: Floats = self.scale.transform(self.fill.transform(rewrite(X, self.level)))
        return forms

    def change(self, clips: Floats, y: Labels, strength: Strength) -> tuple[Floats, Floats]:
        """What clips ``(n, n_forms)`` of genres ``y`` ``(n,)`` (numbers) change: weights and offsets.

        Returns
        -------
        tuple
            ``(n_forms, n_genres)`` and ``(n_genres,)``; to be added to the logarithms.
        """
        means = self.means.copy()
        for genre in np.unique(y):
            own = clips[y == genre]
            means[genre] += (own - self.means[genre]).sum(axis=0) / (len(own) + strength.prior)
        old, new = (self._discriminant(m, strength.shrinkage) for m in (self.means, means))
        return strength.pull * (new[0] - old[0]), strength.pull * (new[1] - old[1])

    @cached_property
    def _directions(self) -> tuple[Floats, Floats]:
        variances, directions = np.linalg.eigh(self.covariance)
        return np.maximum(variances, 0.0), directions

    def _discriminant(self, means: Floats, shrinkage: float) -> tuple[Floats, Floats]:
        variances, directions = self._directions
        shrunk = (1 - shrinkage) * variances + shrinkage * variances.mean()
        weights: Floats = (directions / shrunk) @ (directions.T @ means.T)
        return weights, -0.5 * np.sum(means.T * weights, axis=0)


def answer(base: Floats, forms: Floats, change: tuple[Floats, Floats]) -> Floats:
    """Corrected probabilities ``(n, n_genres)`` from the base's and scaled forms."""
    logs = np.log(base + _FLOOR) + forms @ change[0] + change[1]
    raised = np.exp(logs - logs.max(axis=1, keepdims=True))
    values: Floats = raised / raised.sum(axis=1, keepdims=True)
    return values


def voice(
    ground: Ground, change: tuple[Floats, Floats], classes: Sequence[str], weight: float, temperature: float
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


def _transform(ground: Ground) -> Pipeline:
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
