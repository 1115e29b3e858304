"""Drift detection: compare the analysed music with the champion's training data.

Evidently compares each feature twice with the reference, which is weighted to the genres that are played:
its values, and its partial residuals (:mod:`.evidently_check`). ``docs/drift.md`` describes the alternatives,
measured by ``benchmarks/drift.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.store.drift_checks import DriftCheck, FeatureDrift, Picture
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.drift import decision, ks_test, label_shift
from genre_desktop.ml.drift.comparison import Comparison, DriftThresholds
from genre_desktop.ml.drift.reference import Reference

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


@dataclass(frozen=True, slots=True, eq=False)
class DriftWindow:
    """The clips of a check.

    Attributes
    ----------
    X:
        ``(n, n_columns)`` feature rows.
    genres:
        Names of the columns of ``probabilities``.
    probabilities:
        ``(n, n_genres)`` of any model.
    confidence:
        ``(n,)`` top probability of predictions by the champion, else NaN.
    names:
        Columns of ``X``: at least those of the reference.
    """

    X: Floats
    genres: tuple[str, ...]
    probabilities: Floats
    confidence: Floats
    names: tuple[str, ...]

    def having_columns_of(self, reference: Reference) -> DriftWindow:
        """Return the clips that have a value in each column of the reference."""
        kept = np.isfinite(self.X[:, reference.columns_among(self.names)]).all(axis=1)
        return replace(
            self, X=self.X[kept], probabilities=self.probabilities[kept], confidence=self.confidence[kept]
        )


@dataclass(frozen=True, slots=True, eq=False)
class DriftResult:
    """A check, and the comparison with the largest share of drifted features, for the full report."""

    check: DriftCheck
    comparison: Comparison


def detect(reference: Reference, clips: DriftWindow, rule: DriftThresholds | None = None) -> DriftResult:
    """Compare a window of clips with the reference.

    Returns
    -------
    DriftResult
        In its check, ``features`` are sorted by p-value and include :data:`.comparison.CONFIDENCE` and
        :data:`.comparison.CODING` where known.

    Raises
    ------
    AppError
        ``too-few-clips`` below the minimum, ``drift-rows`` for missing features or values that are
        not finite, ``drift-check-failed`` as :func:`.decision.decide`.
    """
    rule = rule or DriftThresholds()
    X = _rows(reference, clips, rule)
    shares = _shares(reference, clips)
    unexplained = reference.residual_model.residuals(X)
    blend, weights = _best(reference, shares, (X, unexplained))
    comparison = Comparison(reference, weights, X, unexplained, clips.confidence, rule)
    found = decision.decide(comparison)
    features = sorted(found.features, key=_most_drifted_first)
    check = DriftCheck(
        model_version="",
        n_reference=reference.n_clips,
        n_current=len(X),
        drifted_share=found.share,
        threshold=rule.share,
        drift=found.level == "strong",
        level=found.level,
        features=tuple(features),
        pictures=_pictures(reference, weights, X, [feature.name for feature in features]),
        mix=tuple(sorted(shares.items(), key=lambda item: -item[1])),
        own_share=blend.own,
    )
    return DriftResult(check, comparison)


def detect_both(
    signal: Reference, encoder: Reference | None, clips: DriftWindow, rule: DriftThresholds | None = None
) -> DriftResult:
    """Compare a window with the references of the signal features and of the encoder's; either can be a drift.

    The encoder's features are compared where enough clips have them. They never make a window mild: what changes
    only the recordings shows in the signal features. Raises as :func:`detect`.
    """
    rule = rule or DriftThresholds()
    first = detect(signal, clips, rule)
    encoded = clips.having_columns_of(encoder) if encoder is not None else None
    if encoder is None or encoded is None or len(encoded.X) < rule.minimum:
        return first
    second = detect(encoder, encoded, replace(rule, mild=math.inf))
    larger = max((first, second), key=lambda result: result.check.drifted_share)
    return DriftResult(_joined(first.check, second.check), larger.comparison)


def _joined(signal: DriftCheck, encoder: DriftCheck) -> DriftCheck:
    drift = signal.drift or encoder.drift
    features = sorted(signal.features + encoder.features, key=_most_drifted_first)
    pictures = {picture.name: picture for picture in signal.pictures + encoder.pictures}
    return replace(
        signal,
        drift=drift,
        level="strong" if drift else signal.level,
        encoder_share=encoder.drifted_share,
        features=tuple(features),
        pictures=tuple([pictures[f.name] for f in features if f.name in pictures][:PICTURES]),
    )


def _most_drifted_first(feature: FeatureDrift) -> tuple[float, float]:
    return feature.score, -feature.distance


def _rows(reference: Reference, clips: DriftWindow, rule: DriftThresholds) -> Floats:
    """Return the columns of the reference ``(n, n_features)``."""
    n = len(clips.X)
    if n < rule.minimum:
        raise AppError("too-few-clips", n=n, minimum=rule.minimum)
    X = np.asarray(clips.X[:, reference.columns_among(clips.names)])
    broken = ~np.isfinite(X)
    if broken.any():
        name = reference.names[int(np.argmax(broken.any(axis=0)))]
        raise AppError("drift-rows/not-finite", n=int(broken.any(axis=1).sum()), name=name)
    return X


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
) -> tuple[ReferenceMix, label_shift.Weights]:
    """Return the allowed mix of sketch and own clips with the least distance, and its weights."""
    n = len(current[0])
    samples = [
        ks_test.SortedSamples(*pair)
        for pair in ((reference.raw, current[0]), (reference.unexplained, current[1]))
    ]
    found = []
    for blend in BLENDS if reference.own.any() and not reference.own.all() else BLENDS[:1]:
        weights = weigh(reference, shares, blend)
        # A few own clips could hide any drift: their effective number must reach that of the window.
        if blend.own == 0 or weights.effective >= n:
            raw, unexplained = (float(pair.distances(weights.rows).mean()) for pair in samples)
            found.append((raw + unexplained, blend, weights))
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
