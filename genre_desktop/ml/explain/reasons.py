"""Reasons for and against a predicted genre, by listener tags and by groups of features.

Exact attributions come from :mod:`.attributions`. For models without them (forests, nearest neighbours,
support vectors), one feature group at a time is replaced by that of other tracks of each genre, and the
genre's mean loss is attributed to it (Štrumbelj & Kononenko, "Explaining prediction models and individual
predictions with feature contributions", 2014, with coalitions of all but one).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genre_desktop.core.explanations import USUAL, Explanation, Method, Reason
from genre_desktop.core.feature_groups import TOPICS, FeatureGroup, tag_of
from genre_desktop.ml.arrays import Floats, Labels
from genre_desktop.ml.explain import attributions
from genre_desktop.ml.features import listener_tags
from genre_desktop.ml.features.schema import (
    FEATURES,
    NAMES,
    SIGNAL_NAMES,
    TAG_NAMES,
    Feature,
    feature_group_columns,
    has_encoding,
    widen,
)
from genre_desktop.ml.models.ensemble import Model

TOP = 5
"""Reasons by features listed for and against."""
TOP_TAGS = 3
"""Reasons by listener tags, listed before them."""
TOP_UNLIKE = 3
"""Properties listed for an unusual song."""
PER_GENRE = 4
"""Tracks of each genre that replacements come from."""
ENOUGH = 5
"""Least number of clips for the quartiles of a genre."""
_FLOOR = 1e-9
_TINY = 1e-12
_MIN_WEIGHT = 0.05
"""Least absolute weight of a listed reason; it changes a probability by a twentieth."""
_QUARTILES = 1.349
"""Distance of a normal distribution's quartiles in standard deviations."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """Clips to compare a song with.

    Attributes
    ----------
    X, labels:
        ``(n, n_features)`` and ``(n,)``: values of each genre; columns are independent. The encoder's columns may
        be absent.
    tracks:
        ``(m, n_features)``: whole tracks, about as many of each genre.
    """

    X: Floats
    labels: Labels
    tracks: Floats

    def quartiles(self, genre: str) -> tuple[Floats, bool]:
        """Return quartiles ``(3, n_signal)`` of a genre, or of all clips if it has too few (False)."""
        X = self.X[:, : len(SIGNAL_NAMES)]
        own = X[self.labels == genre]
        known = len(own) >= ENOUGH
        return np.nanquantile(own if known else X, (0.25, 0.5, 0.75), axis=0), known


def first_per_genre(X: Floats, labels: Labels, n: int = PER_GENRE) -> Floats:
    """Return the first ``n`` rows of each genre."""
    return np.vstack([X[:0], *(X[labels == genre][:n] for genre in np.unique(labels))])


def explain(model: Model, row: Floats, genre: str, baseline: Baseline) -> Explanation:
    """Return reasons for and against ``genre``, strongest first.

    Parameters
    ----------
    row:
        ``(n_features,)`` of the song, in contract order.
    """
    row = np.asarray(row, dtype=np.float64)[: len(model.feature_names)]
    method: Method = "contributions"
    found = attributions.of_model(model, row)
    if found is None:
        found, method = by_replacing(model, row, baseline), "replacing"
    own = found[model.classes.index(genre)]
    quartiles, known = baseline.quartiles(genre)
    overall = baseline.quartiles("")[0]
    reasons = [
        _reason(topic, columns, own, row, quartiles, overall)
        for topic, columns in _topics(len(row))
        if abs(own[list(columns)].sum()) > _MIN_WEIGHT
    ]
    pro = _strongest([reason for reason in reasons if reason.weight > 0])
    contra = _strongest([reason for reason in reasons if reason.weight < 0])
    tags = _tag_log_odds(row)
    described = () if tags is None else listener_tags.describe(tags)
    return Explanation(genre, model.family, method, pro, contra, known, described, unlike(model, row))


def unlike(model: Model, row: Floats) -> tuple[str, ...]:
    """Return the properties by which an unusual song differs most from the training rows; empty for others."""
    if model.novelty is None or not model.unusual(row[None])[0]:
        return ()
    deviations = model.novelty.deviations(row[None])[0]
    by_topic = {topic.key: deviations[list(columns)].mean() for topic, columns in _topics(len(deviations))}
    return tuple(sorted(by_topic, key=lambda key: -by_topic[key]))[:TOP_UNLIKE]


def by_replacing(model: Model, row: Floats, baseline: Baseline) -> Floats:
    """Approximate :func:`.attributions.of_model` for any model by replacing one topic at a time.

    Within a topic, contributions are distributed by how unusual the columns are; evenly where the baseline
    does not have them.
    """
    tracks, topics = _tracks(row, baseline), _topics(len(row))
    replaced = np.tile(row, (len(topics), len(tracks), 1))
    for line, (_, columns) in enumerate(topics):
        replaced[line][:, list(columns)] = tracks[:, list(columns)]
    there = _scores(model, replaced.reshape(-1, len(row))).reshape(*replaced.shape[:2], -1).mean(axis=1)
    lost = _scores(model, row[None])[0] - there
    X, odd = baseline.X[:, : len(SIGNAL_NAMES)], np.ones(len(row))
    low, middle, high = np.nanquantile(X, (0.25, 0.5, 0.75), axis=0)
    odd[: len(middle)] = np.abs(row[: len(middle)] - middle) / (high - low + _TINY) + _TINY
    found = np.zeros((len(model.classes), len(row)))
    for line, (_, columns) in enumerate(topics):
        part = odd[list(columns)] / odd[list(columns)].sum()
        found[:, list(columns)] = np.outer(lost[line], part)
    return found


def _tracks(row: Floats, baseline: Baseline) -> Floats:
    """Return whole tracks to replace parts of a row by; with the encoder's columns where the row has them."""
    tracks = baseline.tracks if len(baseline.tracks) else first_per_genre(baseline.X, baseline.labels)
    tracks = widen(tracks)
    encoded = has_encoding(tracks)
    if encoded.any() and has_encoding(widen(row)):
        return tracks[encoded]
    return tracks


def _scores(model: Model, X: Floats) -> Floats:
    """Return log-probabilities ``(n, n_classes)`` relative to the average genre."""
    logs = np.log(model.predict_proba(X) + _FLOOR)
    return np.asarray(logs - logs.mean(axis=1, keepdims=True))


def _topics(n_columns: int) -> list[tuple[FeatureGroup, tuple[int, ...]]]:
    """Return the groups whose columns are among the first ``n_columns``, with these."""
    columns = feature_group_columns()
    return [(topic, columns[topic.key]) for topic in TOPICS if max(columns[topic.key]) < n_columns]


def _strongest(reasons: list[Reason]) -> tuple[Reason, ...]:
    ranked = sorted(reasons, key=lambda reason: -abs(reason.weight))
    tags = [reason for reason in ranked if tag_of(reason.topic)]
    return (*tags[:TOP_TAGS], *[reason for reason in ranked if reason not in tags][:TOP])


def _tag_log_odds(row: Floats) -> Floats | None:
    tags = row[len(SIGNAL_NAMES) :][: len(TAG_NAMES)]
    return tags if len(tags) == len(TAG_NAMES) and np.isfinite(tags).all() else None


def _reason(
    topic: FeatureGroup,
    columns: tuple[int, ...],
    own: Floats,
    row: Floats,
    quartiles: Floats,
    overall: Floats,
) -> Reason:
    weight = float(own[list(columns)].sum())
    best = max(columns, key=lambda column: own[column] * np.sign(weight))
    if topic.together:
        return Reason(topic.key, weight, NAMES[best])
    if tag_of(topic.key):
        tags = _tag_log_odds(row)
        scores = None if tags is None else listener_tags.tag_reference().standard_scores(tags)
        standing = 0.0 if scores is None else float(scores[best - len(SIGNAL_NAMES)])
        return Reason(topic.key, weight, NAMES[best], standing=standing)
    feature = FEATURES[best]
    low, middle, high = quartiles[:, best]
    standing = _standing(row[best], low, middle, high)
    among_all = (weight > 0) == (abs(standing) > USUAL)  # it would contradict the weight
    if among_all:
        low, middle, high = overall[:, best]
        standing = _standing(row[best], low, middle, high)
    value, low, high = (_displayed(feature, float(number)) for number in (row[best], low, high))
    return Reason(topic.key, weight, feature.name, _unit(feature), value, low, high, standing, among_all)


def _standing(value: float, low: float, middle: float, high: float) -> float:
    return float((value - middle) / ((high - low) / _QUARTILES + _TINY))


def _displayed(feature: Feature, number: float) -> float:
    return max(number, 0.0) ** 0.5 if feature.statistic == "var" else number


def _unit(feature: Feature) -> str:
    return feature.unit.removesuffix("²") if feature.statistic == "var" else feature.unit
