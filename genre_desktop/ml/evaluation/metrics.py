"""Metrics of evaluations, training runs and promotions.

All functions take true labels ``y`` ``(n,)`` as text, probabilities ``proba`` ``(n, n_classes)``
and ``classes``, the labels of the columns. A true label outside ``classes`` (a user's own genre,
unknown to the model) is allowed and always counts as missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from imblearn.metrics import geometric_mean_score
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from genre_desktop.ml.arrays import Floats, Labels

GMEAN_CORRECTION = 0.001
"""Replaces a recall of 0 (imbalanced-learn's ``correction``).

With 0 a single missed genre makes the geometric mean 0 and hides every other difference, which is
useless for choosing between models on few rows; with 0.001 it halves the score of ten genres.
"""

_FLOOR = 1e-15


@dataclass(frozen=True, slots=True)
class GenreScores:
    """Recall, precision and number of clips of one genre."""

    recall: float
    precision: float
    n: int

    def to_dict(self) -> dict[str, float | int]:
        """Return the ``per_genre`` entry of ``evaluate --json``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Scores:
    """All metrics on one set of clips; shares 0 to 1, log-loss in nats.

    ``confusion[i, j]`` counts clips of ``labels[i]`` predicted as ``labels[j]``.
    """

    n: int
    accuracy: float
    gmean: float
    macro_f1: float
    top3: float
    log_loss: float
    ece: float
    labels: tuple[str, ...]
    per_genre: dict[str, GenreScores] = field(repr=False)
    confusion: NDArray[np.int64] = field(repr=False)

    def summary(self) -> dict[str, float]:
        """Return the scalar metrics by name, as logged in a run."""
        names = ("accuracy", "gmean", "macro_f1", "top3", "log_loss", "ece")
        return {name: float(getattr(self, name)) for name in names}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON; the confusion matrix as ``{truth: {prediction: count}}`` without zeros."""
        return {
            "n": self.n,
            **self.summary(),
            "per_genre": {genre: scores.to_dict() for genre, scores in self.per_genre.items()},
            "confusion": {
                truth: {a: int(c) for a, c in zip(self.labels, row, strict=True) if c}
                for truth, row in zip(self.labels, self.confusion, strict=True)
                if row.any()
            },
        }


def score(y: Sequence[str] | Labels, proba: Floats, classes: Sequence[str]) -> Scores:
    """Compute all metrics.

    Raises
    ------
    ValueError
        No clips, or shapes that do not fit together.
    """
    truth, predicted = _checked(y, proba, classes)
    labels = tuple(sorted({*classes, *truth.tolist()}))
    counts = confusion(truth, predicted, labels)
    return Scores(
        n=len(truth),
        accuracy=accuracy(truth, predicted),
        gmean=gmean(truth, predicted),
        macro_f1=macro_f1(truth, predicted),
        top3=top_k(truth, proba, classes, 3),
        log_loss=log_loss(truth, proba, classes),
        ece=expected_calibration_error(truth, proba, classes),
        labels=labels,
        per_genre=_per_genre(counts, labels),
        confusion=counts,
    )


def accuracy(y: Labels, predicted: Labels) -> float:
    """Return the share of correct predictions."""
    return float(np.mean(np.asarray(y) == np.asarray(predicted)))


def gmean(y: Labels, predicted: Labels) -> float:
    """Return the geometric mean of the recalls of the genres in ``y`` (imbalanced-learn)."""
    truth = np.asarray(y, dtype=str)
    labels = np.asarray(predicted, dtype=str)
    present = np.unique(truth)
    if len(present) == 1:  # imbalanced-learn needs two classes; the mean of one recall is that recall
        return float(max(np.mean(truth == labels), GMEAN_CORRECTION))
    return float(geometric_mean_score(truth, labels, labels=present, correction=GMEAN_CORRECTION))


def macro_f1(y: Labels, predicted: Labels) -> float:
    """Return the mean F1 over the genres in ``y``; a genre that is never predicted counts 0."""
    truth = np.asarray(y, dtype=str)
    labels = np.asarray(predicted, dtype=str)
    return float(f1_score(truth, labels, labels=np.unique(truth), average="macro", zero_division=0))


def top_k(y: Labels, proba: Floats, classes: Sequence[str], k: int) -> float:
    """Return the share of clips whose genre is among the ``k`` most probable."""
    best = np.argsort(-proba, axis=1, kind="stable")[:, :k]
    names = np.asarray(classes, dtype=str)[best]
    return float(np.mean((names == np.asarray(y, dtype=str)[:, None]).any(axis=1)))


def log_loss(y: Labels, proba: Floats, classes: Sequence[str]) -> float:
    """Return the log-loss in nats; an unknown genre has probability 1e-15."""
    return float(-np.mean(np.log(np.clip(truth_probability(y, proba, classes), _FLOOR, 1.0))))


def truth_probability(y: Labels, proba: Floats, classes: Sequence[str]) -> Floats:
    """Return ``(n,)`` probabilities of the true genres; 0 for genres unknown to the model."""
    column = {name: i for i, name in enumerate(classes)}
    where = np.array([column.get(str(label), -1) for label in y])
    return np.where(where >= 0, proba[np.arange(len(where)), where], 0.0)


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Predictions of similar confidence: mean confidence, accuracy, number of clips."""

    low: float
    high: float
    confidence: float
    accuracy: float
    n: int


def reliability(
    y: Labels, proba: Floats, classes: Sequence[str], bins: int = 10
) -> tuple[ReliabilityBin, ...]:
    """Return the reliability diagram: equal-width bins of the top probability, without empty ones.

    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
    """
    confidence = proba.max(axis=1)
    right = np.asarray(classes, dtype=str)[proba.argmax(axis=1)] == np.asarray(y, dtype=str)
    index = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    found = []
    for b in range(bins):
        inside = index == b
        if inside.any():
            means = float(confidence[inside].mean()), float(right[inside].mean())
            found.append(ReliabilityBin(b / bins, (b + 1) / bins, *means, int(inside.sum())))
    return tuple(found)


def expected_calibration_error(y: Labels, proba: Floats, classes: Sequence[str], bins: int = 10) -> float:
    """Return the mean gap of confidence and accuracy over :func:`reliability`'s bins, weighted by clips."""
    table = reliability(y, proba, classes, bins)
    return float(sum(b.n * abs(b.confidence - b.accuracy) for b in table) / sum(b.n for b in table))


def confusion(y: Labels, predicted: Labels, labels: Sequence[str]) -> NDArray[np.int64]:
    """Count predictions as ``(n_labels, n_labels)``: rows are the truth, columns the prediction."""
    row = {name: i for i, name in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for truth, prediction in zip(y, predicted, strict=True):
        counts[row[str(truth)], row[str(prediction)]] += 1
    return counts


def _per_genre(counts: NDArray[np.int64], labels: Sequence[str]) -> dict[str, GenreScores]:
    right, truths, predictions = counts.diagonal(), counts.sum(axis=1), counts.sum(axis=0)
    return {
        name: GenreScores(
            recall=float(right[i] / truths[i]) if truths[i] else 0.0,
            precision=float(right[i] / predictions[i]) if predictions[i] else 0.0,
            n=int(truths[i]),
        )
        for i, name in enumerate(labels)
        if truths[i] or predictions[i]
    }


def _checked(y: Sequence[str] | Labels, proba: Floats, classes: Sequence[str]) -> tuple[Labels, Labels]:
    truth = np.asarray(y, dtype=str)
    if proba.shape != (len(truth), len(classes)):
        raise ValueError(f"{proba.shape} probabilities for {len(truth)} clips and {len(classes)} genres")
    if not len(truth):
        raise ValueError("no clips to measure")
    return truth, np.asarray(classes, dtype=str)[proba.argmax(axis=1)]
