"""Why a model chose a genre: which properties of the song spoke for it, and which against.

Exact shares come from :mod:`.contributions`. Models without them (forests, nearest neighbours, support
vectors) are asked again with one property after the other taken from other tracks, some of each genre;
what the genre loses by it on average, the property gave (Štrumbelj & Kononenko, "Explaining prediction
models and individual predictions with feature contributions", 2014, with coalitions of all but one).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.explanations import Explanation, Method, Reason
from genre_desktop.core.feature_groups import TOPICS, FeatureGroup
from genre_desktop.ml.explain import attributions
from genre_desktop.ml.features.schema import FEATURES, Feature, feature_group_columns
from genre_desktop.ml.models.ensemble import Model

Array = NDArray[np.float64]
Labels = NDArray[np.str_]

TOP = 5
"""Reasons told for and against."""
PER_GENRE = 4
"""Tracks of each genre that a property is taken from."""
ENOUGH = 5
"""Clips of a genre that a picture of it needs."""
_FLOOR = 1e-9
_TINY = 1e-12
_WORTH = 0.05
"""Weights nearer to nothing than this are not worth telling: they change a probability by a twentieth."""
_QUARTILES = 1.349
"""Distance of a normal distribution's quartiles in standard deviations."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """Clips to compare a song with.

    Attributes
    ----------
    X, labels:
        ``(n, n_features)`` and ``(n,)``: what is usual in each genre; columns stand for themselves.
    tracks:
        ``(m, n_features)`` of whole tracks, about as many of each genre.
    """

    X: Array
    labels: Labels
    tracks: Array

    def quartiles(self, genre: str) -> tuple[Array, bool]:
        """``(3, n_features)`` quartiles of a genre, or of everything where too few clips are known."""
        own = self.X[self.labels == genre]
        known = len(own) >= ENOUGH
        return np.nanquantile(own if known else self.X, (0.25, 0.5, 0.75), axis=0), known


def first_per_genre(X: Array, labels: Labels, n: int = PER_GENRE) -> Array:
    """The first ``n`` rows of each genre."""
    return np.vstack([X[:0], *(X[labels == genre][:n] for genre in np.unique(labels))])


def explain(model: Model, row: Array, genre: str, usual: Baseline) -> Explanation:
    """Reasons for and against ``genre``, strongest first.

    Parameters
    ----------
    row:
        ``(n_features,)`` of the song, in contract order.
    """
    row = np.asarray(row, dtype=np.float64)
    method: Method = "contributions"
    found = attributions.of_model(model, row)
    if found is None:
        found, method = by_replacing(model, row, usual), "replacing"
    own = found[model.classes.index(genre)]
    quartiles, known = usual.quartiles(genre)
    reasons = [
        _reason(topic, places, own, row, quartiles)
        for topic, places in _topics()
        if abs(own[list(places)].sum()) > _WORTH
    ]
    reasons.sort(key=lambda reason: -abs(reason.weight))
    pro = tuple(reason for reason in reasons if reason.weight > 0)[:TOP]
    contra = tuple(reason for reason in reasons if reason.weight < 0)[:TOP]
    return Explanation(genre, model.family, method, pro, contra, known)


def by_replacing(model: Model, row: Array, usual: Baseline) -> Array:
    """As :func:`contributions.of_model` for any model: a topic at a time is taken from other tracks.

    Within a topic the columns that are most unusual count most.
    """
    tracks = usual.tracks if len(usual.tracks) else first_per_genre(usual.X, usual.labels)
    replaced = np.tile(row, (len(_topics()), len(tracks), 1))
    for line, (_, places) in enumerate(_topics()):
        replaced[line][:, list(places)] = tracks[:, list(places)]
    there = _scores(model, replaced.reshape(-1, len(row))).reshape(*replaced.shape[:2], -1).mean(axis=1)
    lost = _scores(model, row[None])[0] - there
    low, middle, high = np.nanquantile(usual.X, (0.25, 0.5, 0.75), axis=0)
    odd = np.abs(row - middle) / (high - low + _TINY) + _TINY
    found = np.zeros((len(model.classes), len(row)))
    for line, (_, places) in enumerate(_topics()):
        part = odd[list(places)] / odd[list(places)].sum()
        found[:, list(places)] = np.outer(lost[line], part)
    return found


def _scores(model: Model, X: Array) -> Array:
    """Logarithms of probabilities relative to the average genre, ``(n, n_classes)``."""
    logs = np.log(model.predict_proba(X) + _FLOOR)
    return np.asarray(logs - logs.mean(axis=1, keepdims=True))


def _topics() -> list[tuple[FeatureGroup, tuple[int, ...]]]:
    places = feature_group_columns()
    return [(topic, places[topic.key]) for topic in TOPICS]


def _reason(topic: FeatureGroup, places: tuple[int, ...], own: Array, row: Array, quartiles: Array) -> Reason:
    weight = float(own[list(places)].sum())
    best = max(places, key=lambda place: own[place] * np.sign(weight))
    feature = FEATURES[best]
    if topic.together:
        return Reason(topic.key, weight, feature.name)
    low, middle, high = quartiles[:, best]
    standing = float((row[best] - middle) / ((high - low) / _QUARTILES + _TINY))
    value, low, high = (_told(feature, float(number)) for number in (row[best], low, high))
    return Reason(topic.key, weight, feature.name, _unit(feature), value, low, high, standing)


def _told(feature: Feature, number: float) -> float:
    return max(number, 0.0) ** 0.5 if feature.statistic == "var" else number


def _unit(feature: Feature) -> str:
    return feature.unit.removesuffix("²") if feature.statistic == "var" else feature.unit
