"""What a drift check compares, its thresholds and its result."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.core.store.drift_checks import FeatureDrift, Level
from genre_desktop.ml.arrays import Floats
from genre_desktop.ml.drift.label_shift import Weights
from genre_desktop.ml.drift.reference import Reference

CONFIDENCE = "confidence"
"""Name of the column of top probabilities, for drift of the predictions."""

CODING = "coding"
"""Name of the column of projections on the feature changes of strong compression."""


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
    mild:
        Least share of features with drifted residuals that indicates another way of recording.
    """

    p_value: float = 0.001
    share: float = 0.35
    minimum: int = 30
    mild: float = 0.05


@dataclass(frozen=True, slots=True)
class Decision:
    """Evidently's decision on a window of clips.

    Attributes
    ----------
    level:
        ``strong`` for a drift, ``mild`` where only the recordings differ, else ``none``.
    share:
        Share of drifted features, 0 to 1.
    features:
        Result of each feature, and of :data:`CODING` and :data:`CONFIDENCE` where known.
    """

    level: Level
    share: float
    features: tuple[FeatureDrift, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A window of clips and the reference weighted to its genres.

    Attributes
    ----------
    weights:
        Of the reference's rows.
    X, unexplained:
        ``(n, n_features)``: the clips' values of the reference's columns, and their partial residuals.
    confidence:
        ``(n,)`` top probability of predictions by the champion, else NaN.
    """

    reference: Reference
    weights: Weights
    X: Floats
    unexplained: Floats
    confidence: Floats
    rule: DriftThresholds
