"""In-memory form of a stored model: a weighted soft vote of members, calibrated and pooled over windows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.ml.arrays import softmax
from genre_desktop.ml.models.novelty import Novelty

Array = NDArray[np.float64]
Averaging = Literal["mean", "log-mean"]
_FLOOR = 1e-9
BASE_PREFIX = "base:"


@dataclass(frozen=True, eq=False)
class Member:
    """One member of the ensemble.

    Attributes
    ----------
    transform:
        Fitted scikit-learn transformer or Pipeline, or ``None``.
    head:
        Fitted scikit-learn classifier with ``predict_proba``, or ``xgboost.XGBClassifier``.
        Its classes are genre names, or integers that index ``Model.classes``.
    columns:
        Names of its input columns, in this order; ``None`` for all. With a ``base``
        model, ``base:<genre>`` is the logarithm of that model's probability.
    weight:
        Weight of its vote; the weights need not sum to 1.
    abstains:
        Whether it does not vote on rows that lack one of its columns (NaN).
    """

    transform: Any
    head: Any
    columns: tuple[str, ...] | None = None
    weight: float = 1.0
    abstains: bool = False

    @classmethod
    def of(
        cls,
        pipeline: Any,
        columns: tuple[str, ...] | None = None,
        weight: float = 1.0,
        abstains: bool = False,
    ) -> Member:
        """Split a fitted scikit-learn or imbalanced-learn Pipeline into transform and head."""
        steps = getattr(pipeline, "steps", None)
        if steps is None:
            return cls(None, pipeline, columns, weight, abstains)
        transform = plain(pipeline[:-1]) if len(steps) > 1 else None
        if transform is not None and not transform.steps:
            transform = None
        return cls(transform, steps[-1][1], columns, weight, abstains)


@dataclass(frozen=True, eq=False)
class Model:
    """A complete classifier of feature rows.

    Attributes
    ----------
    combine:
        ``"mean"`` averages the members' probabilities, ``"log-mean"`` their logarithms.
    temperature:
        Probabilities are raised to ``1 / temperature`` and renormalised; above 1 they become
        less confident.
    pooling:
        How the windows of one song are averaged: ``"mean"`` or ``"log-mean"``.
    base:
        A model whose log-probabilities members may use as additional columns.
    encoder:
        SHA-256 of the music encoder whose columns the model needs; empty when it needs none.
    metadata:
        JSON-serializable: data, split, parameters, metrics, licence note.
    """

    members: tuple[Member, ...]
    classes: tuple[str, ...]
    feature_names: tuple[str, ...]
    feature_version: str
    family: str
    temperature: float = 1.0
    novelty: Novelty | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    combine: Averaging = "mean"
    pooling: Averaging = "log-mean"
    base: Model | None = None
    encoder: str = ""

    def __post_init__(self) -> None:
        if not self.members or not self.classes or not self.temperature > 0:
            raise ValueError("a model has members, classes and a temperature above 0")
        if len(set(self.classes)) != len(self.classes):
            raise ValueError("a class is named twice")
        for averaging in (self.combine, self.pooling):
            if averaging not in ("mean", "log-mean"):
                raise ValueError(f"no such averaging: {averaging!r}")

    def predict_proba(self, X: Array) -> Array:
        """Return probabilities ``(n, n_classes)`` of rows; each row sums to 1.

        Rows are ``(n, n_features)``, or longer: columns that were appended to the schema later are ignored.
        """
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] < len(self.feature_names):
            raise ValueError(f"expected rows of {len(self.feature_names)} features, got shape {X.shape}")
        inputs = self._with_base(X[:, : len(self.feature_names)])
        votes, weights = np.zeros((len(self.members), len(X), len(self.classes))), self.weights(X)
        for number, weight in enumerate(weights):
            voting = weight > 0
            if voting.any():
                votes[number, voting] = self._vote(number, inputs[voting])
        P = average(votes, self.combine, weights)
        return P if self.temperature == 1.0 else softmax(np.log(P + _FLOOR) / self.temperature)

    def weights(self, X: Array) -> Array:
        """Return each member's weight for each row, ``(n_members, n)``; 0 where it abstains.

        Raises
        ------
        ValueError
            No member can vote on a row.
        """
        weights = np.tile([[float(member.weight)] for member in self.members], len(X))
        for number, member in enumerate(self.members):
            if member.abstains:
                columns = self._plans[number][0]
                lacking = np.isnan(X[:, : len(self.feature_names)] if columns is None else X[:, columns])
                weights[number, lacking.any(axis=1)] = 0.0
        if len(X) and not weights.sum(axis=0).all():
            raise ValueError("every member of the model abstains on a row")
        return weights

    def pool(self, P: Array, weights: Array | None = None) -> Array:
        """Average the windows of a song ``(n_windows, n_classes)`` to ``(n_classes,)``."""
        return average(np.asarray(P, dtype=np.float64), self.pooling, weights)

    def unusual(self, X: Array) -> NDArray[np.bool_]:
        """Return True where a row is unlike the training data; all False without a novelty summary."""
        if self.novelty is None:
            return np.zeros(len(X), dtype=np.bool_)
        return self.novelty.unusual(X)

    def probe(self) -> Array:
        """Return a few synthetic rows, whose stored predictions later verify the loaded model."""
        n = len(self.feature_names)
        center, scale = np.zeros(n), np.ones(n)
        if self.novelty is not None:
            known = len(self.novelty.center)
            center[:known], scale[:known] = self.novelty.center, self.novelty.scale
        waves = np.sin(np.outer(np.arange(1, 4), np.arange(n)))  # not random: the same on every platform
        return np.asarray((center + scale * np.vstack([np.zeros(n), waves])).round(9))

    @cached_property
    def _column_index(self) -> dict[str, int]:
        names = list(self.feature_names)
        if self.base is not None:
            names += [BASE_PREFIX + name for name in self.base.classes]
        return {name: position for position, name in enumerate(names)}

    @cached_property
    def _plans(self) -> tuple[tuple[NDArray[np.intp] | None, NDArray[np.intp]], ...]:
        # For each member: which columns it reads, and where its probabilities go.
        plans = []
        for member in self.members:
            columns = None
            if member.columns is not None:
                columns = np.array([self._column_index[name] for name in member.columns], dtype=np.intp)
            plans.append((columns, _places(member.head, self.classes)))
        return tuple(plans)

    def _with_base(self, X: Array) -> Array:
        if self.base is None:
            return X
        return np.hstack([X, np.log(self.base.predict_proba(X) + _FLOOR)])

    def _vote(self, number: int, inputs: Array) -> Array:
        member, (columns, places) = self.members[number], self._plans[number]
        rows = inputs if columns is None else inputs[:, columns]
        if member.transform is not None:
            rows = member.transform.transform(rows)
        vote = np.zeros((len(inputs), len(self.classes)))
        vote[:, places] = member.head.predict_proba(rows)
        return vote


def average(P: Array, how: Averaging, weights: Array | None = None) -> Array:
    """Return the weighted mean or log-mean of probabilities over the first axis, renormalised.

    ``weights`` are one per entry of that axis, or also per row: all axes of ``P`` but the last.
    """
    if weights is not None and weights.ndim > 1:
        weights = np.broadcast_to(weights[..., None], P.shape)
    if how == "mean":
        mean = np.average(P, axis=0, weights=weights)
        return np.asarray(mean / mean.sum(axis=-1, keepdims=True))
    return softmax(np.average(np.log(P + _FLOOR), axis=0, weights=weights))


def plain(part: Any) -> Any:
    """Remove the samplers of imbalanced-learn from a part: they work while fitting only."""
    from sklearn.pipeline import Pipeline

    steps = getattr(part, "steps", None)
    if steps is None:
        return part
    return Pipeline([(name, plain(step)) for name, step in steps if not hasattr(step, "fit_resample")])


def is_xgboost(head: Any) -> bool:
    """Return True for ``xgboost.XGBClassifier``, without importing xgboost."""
    return type(head).__module__.startswith("xgboost.")


def _places(head: Any, classes: tuple[str, ...]) -> NDArray[np.intp]:
    found = list(head.classes_)
    if all(isinstance(label, str) for label in found):
        return np.array([classes.index(str(label)) for label in found], dtype=np.intp)
    places = np.array(found, dtype=np.intp)
    if places.min() < 0 or places.max() >= len(classes):
        raise ValueError("a member knows classes that the model does not have")
    return places
