"""Has the music changed that somebody plays, against what the champion learned from?

Each feature is compared twice with the reference, weighted to the genres that are played: as
measured, and the part that the other features do not explain. What was tried, and why this
way, stands in ``docs/drift.md``; the figures are made by ``benchmarks/drift.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.drift_checks import DriftCheck, FeatureDrift, Picture
from genre_desktop.ml.drift import ks_test, label_shift
from genre_desktop.ml.drift.reference import Reference

Array = NDArray[np.float64]

CONFIDENCE = "confidence"
"""Name of the column that holds the top probability: drift of the predictions themselves."""

CODING = "coding"
"""Name of the column that says how far clips lie the way that strong compression moves them."""

MILD = 0.05
"""Share of features whose unexplained part differs that tells of another way of recording."""
PICTURES = 12
BINS = 24


@dataclass(frozen=True, slots=True)
class ReferenceMix:
    """How much of the reference are the person's own clips, and whether they too follow the mix of genres.

    On music that sounds unlike anything before, the genres are hard to tell, and a mix made of
    wrong answers would leave few clips to compare with.
    """

    own: float
    by_genre: bool = True


BLENDS = (
    ReferenceMix(0.0),
    *(ReferenceMix(own, by_genre) for own in (0.25, 0.5, 0.75, 1.0) for by_genre in (True, False)),
)
"""What is tried; the one that fits best is taken."""


@dataclass(frozen=True, slots=True)
class DriftThresholds:
    """When a window has drifted.

    Attributes
    ----------
    p_value:
        A feature has drifted when its p-value is below this.
    share:
        Share of features that makes a drift.
    minimum:
        Fewer clips are not judged.
    """

    p_value: float = 0.001
    share: float = 0.3
    minimum: int = 30


@dataclass(frozen=True, slots=True, eq=False)
class DriftWindow:
    """What is judged.

    Attributes
    ----------
    X:
        ``(n, n_features)`` feature rows.
    genres:
        Names of the columns of ``probabilities``.
    probabilities:
        ``(n, n_genres)`` answers of whichever model.
    confidence:
        ``(n,)`` top probability where the champion itself answered, else NaN.
    """

    X: Array
    genres: tuple[str, ...]
    probabilities: Array
    confidence: Array


@dataclass(frozen=True, slots=True, eq=False)
class DriftResult:
    """A check, and the weights ``(m,)`` of the reference's rows that it was made with."""

    check: DriftCheck
    weights: Array


def detect(reference: Reference, clips: DriftWindow, rule: DriftThresholds | None = None) -> DriftResult:
    """Compare a window of clips with the reference.

    Returns
    -------
    Verdict
        In its check, ``features`` come most drifted first, with :data:`CONFIDENCE` and
        :data:`CODING` among them where they are known; ``level`` is ``strong`` for a drift, ``mild``
        where only the recordings differ, else ``none``.

    Raises
    ------
    AppError
        ``too-few-clips`` with fewer clips than the rule asks for, ``drift-rows`` when they hold
        other features, or values that are no numbers.
    """
    rule = rule or DriftThresholds()
    _check(reference, clips, rule)
    shares = _shares(reference, clips)
    current = clips.X, reference.lens.residuals(clips.X)
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


def check(reference: Reference, clips: DriftWindow, rule: DriftThresholds | None = None) -> DriftCheck:
    """The check of :func:`detect`."""
    return detect(reference, clips, rule).check


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
    """The mix of genres, of those that the reference knows."""
    known = set(reference.labels.tolist())
    columns = [i for i, genre in enumerate(clips.genres) if genre in known]
    if not columns:
        return {}
    found = label_shift.estimate_priors(_rows_to_one(clips.probabilities[:, columns]))
    return {clips.genres[i]: float(share) for i, share in zip(columns, found, strict=True)}


def _rows_to_one(probabilities: Array) -> Array:
    sums = probabilities.sum(axis=1, keepdims=True)
    uniform = np.full_like(probabilities, 1 / probabilities.shape[1])
    return np.where(sums > 0, probabilities / np.where(sums > 0, sums, 1.0), uniform)


def _best(
    reference: Reference, shares: dict[str, float], current: tuple[Array, Array]
) -> tuple[ReferenceMix, label_shift.Weights, Array, Array]:
    """The allowed blend of sketch and own clips under which the reference comes closest."""
    n = len(current[0])
    found = []
    for blend in BLENDS if reference.own.any() and not reference.own.all() else BLENDS[:1]:
        weights = weigh(reference, shares, blend)
        # A handful of own clips would excuse anything: they must be worth as many as are judged.
        if blend.own == 0 or weights.effective >= n:
            raw = ks_test.distances(reference.raw, weights.rows, current[0])
            unexplained = ks_test.distances(reference.unexplained, weights.rows, current[1])
            found.append((float(raw.mean() + unexplained.mean()), blend, weights, raw, unexplained))
    return min(found, key=lambda entry: entry[0])[1:]


def weigh(reference: Reference, shares: dict[str, float], blend: ReferenceMix) -> label_shift.Weights:
    """Weights for a mix of genres and a blend."""
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
    """Drift of the predictions: is the champion as sure of these clips as it was of its own?"""
    current = clips.confidence[np.isfinite(clips.confidence)]
    known = np.isfinite(reference.confidence)
    weight = weights.rows[known]
    if len(current) < rule.minimum or weight.sum() < 0.5:
        return []
    distance = ks_test.distances(reference.confidence[known, None], weight, current[:, None])
    score = float(ks_test.p_values(distance, weights.effective, len(current))[0])
    return [FeatureDrift(CONFIDENCE, score, score < rule.p_value, float(distance[0]))]


def _coding(
    reference: Reference, weights: label_shift.Weights, unexplained: Array, rule: DriftThresholds
) -> list[FeatureDrift]:
    """Do the clips lie further along the way that strong compression moves them? Only that side counts."""
    if not reference.coding.any():
        return []
    usual, current = reference.coded, reference.along_coding(unexplained)
    distance = ks_test.distances(usual[:, None], weights.rows, current[:, None])
    score = float(ks_test.p_values(distance, weights.effective, len(current))[0])
    further = bool(np.median(current) > _weighted_median(usual, weights.rows))
    # Two tests may make a window mild: this one gets half of the chance that a feature gets.
    return [FeatureDrift(CODING, score, further and score < rule.p_value / 2, float(distance[0]))]


def _weighted_median(values: Array, weights: Array) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(share, share[-1] / 2)])


def _pictures(
    reference: Reference, weights: label_shift.Weights, X: Array, names: Sequence[str]
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
