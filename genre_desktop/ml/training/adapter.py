"""Adapt the starter model to a few corrected clips: a linear layer on top of its logits.

The layer is a multinomial logistic regression on a clip's standardised feature forms and encoder
columns, with the logarithms of the starter's probabilities as offset; a label that the starter lacks
starts from a constant logit. Two things keep it small: a penalty on its weights, and reference clips,
whose targets are the starter's own probabilities (Li & Hoiem, "Learning without Forgetting", 2016).
Without corrections nothing changes. The result holds no clips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from genre_desktop.ml.arrays import Floats, Labels, softmax
from genre_desktop.ml.features.transformer import Forms
from genre_desktop.ml.models.ensemble import BASE_PREFIX, Member
from genre_desktop.ml.training import blending

FAMILY = "adapted"
_FLOOR = 1e-9  # as in Model
_TRAINING_FLOOR = 1e-4
"""Of a probability in training: a clip that the starter finds impossible must not decide alone."""
_NEW_LABEL = -2.0
"""Logit, before training, of a label that the starter lacks."""
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
    emphasis:
        Weight of each of the user's clips.
    keep:
        Total weight of the reference clips relative to that of the user's clips.
    """

    penalty: float = 0.03
    emphasis: float = 2.0
    keep: float = 2.0


STRENGTHS = (Regularization(), Regularization(penalty=1.0))
"""Tried in a retrain, in order of preference."""


@dataclass(frozen=True, eq=False)
class AdapterInputs:
    """Inputs of the layer per clip.

    Attributes
    ----------
    columns:
        ``(n, n_columns)``, standardised by :class:`ColumnScaling`.
    proba:
        The starter's probabilities ``(n, n_known)``.
    """

    columns: Floats
    proba: Floats

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, eq=False)
class Layer:
    """Weights ``(n_columns, n_labels)`` and offsets ``(n_labels,)``, added to the starter's logarithms.

    The labels are the starter's classes, then those that it lacks.
    """

    weights: Floats
    offsets: Floats


@dataclass(frozen=True, eq=False)
class ColumnScaling:
    """Forms, imputation by the mean, and standardisation of a library's columns.

    Attributes
    ----------
    names:
        Schema columns that are read.
    known:
        The starter's classes, whose logarithms the pipeline leaves unchanged.
    """

    pipeline: Pipeline
    names: tuple[str, ...]
    known: tuple[str, ...]

    @classmethod
    def of(cls, X: Floats, names: tuple[str, ...], known: tuple[str, ...]) -> ColumnScaling:
        """Fit it on schema rows ``(n, n_features)``."""
        steps = [
            ("forms", Forms()),
            ("fill", SimpleImputer(keep_empty_features=True)),
            ("scale", StandardScaler()),
        ]
        found = cls(Pipeline(steps), names, known)
        found.pipeline.fit(found._padded(X))
        return found

    def transform(self, X: Floats) -> Floats:
        """Transform schema rows to ``(n, n_columns)``; a missing value becomes 0, the mean."""
        return np.asarray(self.pipeline.transform(self._padded(X))[:, : -len(self.known)])

    def _padded(self, X: Floats) -> Floats:
        # A constant column of zeros is standardised to itself, and so are the logarithms in its place.
        return np.hstack([X[:, : len(self.names)], np.zeros((len(X), len(self.known)))])


def fit(
    own: AdapterInputs,
    y: Labels,
    kept: AdapterInputs,
    *,
    counts: Labels,
    strength: Regularization,
) -> Layer:
    """Fit the layer.

    Parameters
    ----------
    own, y:
        The user's clips and the numbers of their labels ``(n,)``.
    kept:
        Reference clips, whose answers should stay; may be empty.
    counts:
        ``(n_labels,)``: all clips of the user by label, also those held out, so that a label is not worth
        less where one of its clips is held out. Labels after the starter's classes are new.
    """
    n_labels, n_columns, n_known = len(counts), own.columns.shape[1], own.proba.shape[1]
    prior = np.zeros(n_labels)
    prior[n_known:] = np.where(np.isin(np.arange(n_known, n_labels), y), _NEW_LABEL, blending.NEVER)
    if not len(own):
        return Layer(np.zeros((n_columns, n_labels)), prior)
    importance = strength.emphasis * _clip_weights(y, counts)
    weights, offsets = _fit_logistic(
        np.vstack([own.columns, kept.columns]),
        _wide(np.log(np.vstack([own.proba, kept.proba]) + _TRAINING_FLOOR), n_labels) + prior,
        np.vstack([np.eye(n_labels)[y], _wide(kept.proba, n_labels)]),
        np.r_[importance, np.full(len(kept), strength.keep * importance.sum() / max(1, len(kept)))],
        strength.penalty,
    )
    return Layer(weights, offsets + prior)


def predict_proba(inputs: AdapterInputs, layer: Layer) -> Floats:
    """Return adapted probabilities ``(n, n_labels)``."""
    logs = _wide(np.log(inputs.proba + _FLOOR), len(layer.offsets))
    return softmax(logs + inputs.columns @ layer.weights + layer.offsets)


def to_member(
    scaling: ColumnScaling,
    layer: Layer,
    labels: Sequence[str],
    classes: Sequence[str],
    weight: float,
    temperature: float,
) -> Member:
    """Return the layer, with its ``labels``, as a member of a model with ``classes``."""
    n_columns = len(layer.weights)
    head = blending.empty_head(len(classes), n_columns + len(scaling.known))
    for number, name in enumerate(labels):
        row = classes.index(name)
        head.coef_[row, :n_columns] = layer.weights[:, number] / temperature
        head.intercept_[row] = layer.offsets[number] / temperature
        if number < len(scaling.known):
            head.coef_[row, n_columns + number] = 1.0 / temperature
    columns = (*scaling.names, *(BASE_PREFIX + name for name in scaling.known))
    return Member(scaling.pipeline, head, columns, weight)


def _wide(values: Floats, n_labels: int) -> Floats:
    """Append columns of zeros for labels that the starter lacks."""
    return np.hstack([values, np.zeros((len(values), n_labels - values.shape[1]))])


def _clip_weights(y: Labels, counts: Labels) -> Floats:
    """Return weights ``(n,)``; a label's total grows with the square root of its ``counts``."""
    totals = np.sqrt(counts)
    totals *= counts.sum() / totals.sum()
    return np.asarray((totals / np.maximum(np.bincount(y, minlength=len(counts)), 1))[y])


def _fit_logistic(
    inputs: Floats, start: Floats, targets: Floats, importance: Floats, penalty: float
) -> tuple[Floats, Floats]:
    """Return weights ``(n_inputs, n_labels)`` and offsets of the penalised regression on ``start``."""
    n_inputs, n_labels = inputs.shape[1], start.shape[1]
    cost = np.r_[np.full(n_inputs, penalty), penalty * _OFFSET_PENALTY][:, None]
    length = np.sqrt(n_inputs)  # the penalty is then independent of the number of columns
    inputs = np.hstack([inputs / length, np.ones((len(inputs), 1))])

    def loss(flat: Floats) -> tuple[float, Floats]:
        layer = flat.reshape(n_inputs + 1, n_labels)
        logs = start + inputs @ layer
        logs -= logs.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        value = -importance @ np.sum(targets * logs, axis=1) + 0.5 * np.sum(cost * layer**2)
        slope = inputs.T @ (importance[:, None] * (np.exp(logs) - targets)) + cost * layer
        return float(value), slope.ravel()

    found = minimize(
        loss, np.zeros((n_inputs + 1) * n_labels), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    layer = found.x.reshape(n_inputs + 1, n_labels)
    return layer[:-1] / length, layer[-1]
