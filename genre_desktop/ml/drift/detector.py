"""Drift detection: compare the analysed music with the champion's training data.

Each feature is compared twice with the reference, which is weighted to the genres that are played: its
values, and its partial residuals. ``docs/drift.md`` describes the alternatives, measured by
``benchmarks/drift.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.drift_checks import DriftCheck, FeatureDrift, Picture
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.drift import ks_test, label_shift
from genre_desktop.ml.drift.reference import Reference

CONFIDENCE = "confidence"
"""Name of the column of top probabilities, for drift of the predictions."""

CODING = "coding"
"""Name of the column of projections on the feature changes of strong compression."""

MILD = 0.05
"""Share of features with drifted residuals that indicates another way of recording."""
PICTURES = 12
BINS = 24


@dataclass(frozen=True, slots=True)
class ReferenceMix:
    """Share of the user's own clips in the reference, and whether they too are weighted by genre.

    On unfamiliar music the predicted genres are unreliable, and weights from wrong predictions would
    leave few clips to compare with.
    """

    own: float
    by_genre: bool = True


BLENDS = (
    ReferenceMix(0.0),
    *(ReferenceMix(own, by_genre) for own in (0.25, 0.5, 0.75, 1.0) for by_genre in (True, False)),
)
"""Mixes to try; the closest one is used."""


@dataclass(frozen=True, slots=True)
class DriftThresholds:
    """Thresholds of the decision.

    Attributes
    ----------
    p_value:
        A feature has drifted when its p-value is below this.
    share:
        Least share of drifted features of a drift.
    minimum:
        Least number of clips.
    """

    p_value: float = 0.001
    share: float = 0.3
    minimum: int = 30


@dataclass(frozen=True, slots=True, eq=False)
class DriftWindow:
    """The clips of a check.

    Attributes
    ----------
    X:
        ``(n, n_features)`` feature rows.
    genres:
        Names of the columns of ``probabilities``.
    probabilities:
        ``(n, n_genres)`` of any model.
    confidence:
        ``(n,)`` top probability of predictions by the champion, else NaN.
    """

    X: Floats
    genres: tuple[str, ...]
    probabilities: Floats
    confidence: Floats


@dataclass(frozen=True, slots=True, eq=False)
class DriftResult:
    """A check, and the weights ``(m,)`` of the reference's rows in it."""

    check: DriftCheck
    weights: Floats


def detect(reference: Reference, clips: DriftWindow, rule: DriftThresholds | None = None) -> DriftResult:
    """Compare a window of clips with the reference.

    Returns
    -------
    DriftResult
        In its check, ``features`` are sorted by p-value and include :data:`CONFIDENCE` and
        :data:`CODING` where known; ``level`` is ``strong`` for a drift, ``mild`` where only the
        recordings differ, else ``none``.

    Raises
    ------
    AppError
        ``too-few-clips`` below the minimum, ``drift-rows`` for other features or values that are
        not finite.
    """
    rule = rule or DriftThresholds()
    _check(reference, clips, rule)
    shares = _shares(reference, clips)
    current = clips.X, reference.residual_model.residuals(clips.X)
    blend, weights, raw, unexplained = _best(reference, shares, current)
    n = len(clips.X)
    p_raw = ks_test.p_values(raw, weights.effective, n)
    p_unexplained = ks_test.p_values(unexplained, weights.effective, n)
    p = np.minimum(p_raw, p_unexplained)
    features = [
        FeatureDrift(name, float(p[i]), bool(p[i] < rule.p_value), float(max(raw[i], unexplained[i])))
        for i, name in enumerate(reference.names)
    ]
    coding = _coding(reference, weights, current[1], rule)
    features += _confidence(reference, weights, clips, rule) + coding
    features.sort(key=lambda feature: (feature.score, -feature.distance))
    share = float(np.mean(p < rule.p_value))
    mild = float(np.mean(p_unexplained < rule.p_value)) >= MILD or any(column.drifted for column in coding)
    drift = share >= rule.share
    found = DriftCheck(
        model_version="",
        n_reference=reference.n_clips,
        n_current=n,
        drifted_share=share,
        threshold=rule.share,
        drift=drift,
        level="strong" if drift else "mild" if mild else "none",
        features=tuple(features),
        pictures=_pictures(reference, weights, clips.X, [f.name for f in features]),
        mix=tuple(sorted(shares.items(), key=lambda item: -item[1])),
        own_share=blend.own,
    )
    return DriftResult(found, weights.rows)


def _check(reference: Reference, clips: DriftWindow, rule: DriftThresholds) -> None:
    n = len(clips.X)
    if n < rule.minimum:
        raise AppError("too-few-clips", n=n, minimum=rule.minimum)
    if clips.X.shape[1] != len(reference.names):
        raise AppError("drift-rows", columns=clips.X.shape[1], known=len(reference.names))
    broken = ~np.isfinite(clips.X)
    if broken.any():
        name = reference.names[int(np.argmax(broken.any(axis=0)))]
        raise AppError("drift-rows/not-finite", n=int(broken.any(axis=1).sum()), name=name)


def _shares(reference: Reference, clips: DriftWindow) -> dict[str, float]:
    """Estimate the shares of the reference's genres."""
    known = set(reference.labels.tolist())
    columns = [i for i, genre in enumerate(clips.genres) if genre in known]
    if not columns:
        return {}
    found = label_shift.estimate_priors(_normalised(clips.probabilities[:, columns]))
    return {clips.genres[i]: float(share) for i, share in zip(columns, found, strict=True)}


def _normalised(probabilities: Floats) -> Floats:
    sums = probabilities.sum(axis=1, keepdims=True)
    uniform = np.full_like(probabilities, 1 / probabilities.shape[1])
    return np.where(sums > 0, probabilities / np.where(sums > 0, sums, 1.0), uniform)


def _best(
    reference: Reference, shares: dict[str, float], current: tuple[Floats, Floats]
) -> tuple[ReferenceMix, label_shift.Weights, Floats, Floats]:
    """Return the allowed mix of sketch and own clips with the least distance, and its weights."""
    n = len(current[0])
    found = []
    for blend in BLENDS if reference.own.any() and not reference.own.all() else BLENDS[:1]:
        weights = weigh(reference, shares, blend)
        # A few own clips could hide any drift: their effective number must reach that of the window.
        if blend.own == 0 or weights.effective >= n:
            raw = ks_test.distances(reference.raw, weights.rows, current[0])
            unexplained = ks_test.distances(reference.unexplained, weights.rows, current[1])
            found.append((float(raw.mean() + unexplained.mean()), blend, weights, raw, unexplained))
    return min(found, key=lambda entry: entry[0])[1:]


def weigh(reference: Reference, shares: dict[str, float], blend: ReferenceMix) -> label_shift.Weights:
    """Return weights for shares of genres and a mix of sketch and own clips."""
    genres = sorted(set(reference.labels.tolist()))
    strata = np.searchsorted(genres, reference.labels)
    strata = np.where(reference.own, len(genres) + blend.by_genre * strata, strata)
    present = np.bincount(strata, minlength=2 * len(genres)) > 0
    wanted = np.zeros(2 * len(genres))
    for i, genre in enumerate(genres):
        share, sketched = shares.get(genre, 0.0), present[i]
        own = len(genres) + blend.by_genre * i
        part = blend.own if sketched and present[own] else float(not sketched)
        wanted[i] += share * (1 - part)
        wanted[own] += share * part
    return label_shift.importance_weights(strata, reference.clips, wanted)


def _confidence(
    reference: Reference, weights: label_shift.Weights, clips: DriftWindow, rule: DriftThresholds
) -> list[FeatureDrift]:
    """Compare the champion's confidence on these clips with that on its training clips."""
    current = clips.confidence[np.isfinite(clips.confidence)]
    known = np.isfinite(reference.confidence)
    weight = weights.rows[known]
    if len(current) < rule.minimum or weight.sum() < 0.5:
        return []
    distance = ks_test.distances(reference.confidence[known, None], weight, current[:, None])
    score = float(ks_test.p_values(distance, weights.effective, len(current))[0])
    return [FeatureDrift(CONFIDENCE, score, score < rule.p_value, float(distance[0]))]


def _coding(
    reference: Reference, weights: label_shift.Weights, unexplained: Floats, rule: DriftThresholds
) -> list[FeatureDrift]:
    """Test one-sidedly for the feature changes of strong compression."""
    if not reference.coding.any():
        return []
    usual, current = reference.coded, reference.along_coding(unexplained)
    distance = ks_test.distances(usual[:, None], weights.rows, current[:, None])
    score = float(ks_test.p_values(distance, weights.effective, len(current))[0])
    further = bool(np.median(current) > _weighted_median(usual, weights.rows))
    # Two tests can make a window mild: this one gets half of the p-value.
    return [FeatureDrift(CODING, score, further and score < rule.p_value / 2, float(distance[0]))]


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(share, share[-1] / 2)])


def _pictures(
    reference: Reference, weights: label_shift.Weights, X: Floats, names: Sequence[str]
) -> tuple[Picture, ...]:
    found = []
    for name in [name for name in names if name in reference.names][:PICTURES]:
        column = reference.names.index(name)
        both = np.concatenate([reference.raw[:, column], X[:, column]])
        low, high = np.quantile(both, (0.005, 0.995))
        edges = np.linspace(low, high if high > low else low + 1.0, BINS + 1)
        inside = np.clip(reference.raw[:, column], edges[0], edges[-1])
        before, _ = np.histogram(inside, edges, weights=weights.rows)
        now, _ = np.histogram(np.clip(X[:, column], edges[0], edges[-1]), edges)
        found.append(
            Picture(name, tuple(edges.tolist()), tuple(before.tolist()), tuple((now / len(X)).tolist()))
        )
    return tuple(found)
